// Tests that a variable stands where its value stood, quoted as the place needs it.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { placeholderOf, putVariable } from '../../../src/run/drafting/put-variable.ts';

const put = (code: string): string => putVariable(code, '1.2.3', 'VERSION');

test.each([
  ['echo 1.2.3', 'echo "$VERSION"'],
  ['echo app-1.2.3.tar.gz', 'echo app-${VERSION}.tar.gz'],
  ['echo "of 1.2.3"', 'echo "of ${VERSION}"'],
  ["sed 's/1.2.3/x/' f", "sed 's/'\"${VERSION}\"'/x/' f"],
  ["printf $'1.2.3\\n'", "printf $''\"${VERSION}\"$'\\n'"],
  ['cat <<EOF\nv 1.2.3\nEOF', 'cat <<EOF\nv ${VERSION}\nEOF'],
  ["cat <<'EOF'\nv 1.2.3\nEOF", "cat <<'EOF'\nv <version>\nEOF"],
])('%j becomes %j', (code, expected) => {
  expect(put(code)).toBe(expected);
});

test.each(['echo 11.2.3', 'echo 1.2.34', 'echo 1.2.3.4', 'echo 0.1.2.3', '# of 1.2.3', 'echo'])(
  '%j stays',
  (code) => {
    expect(put(code)).toBe(code);
  },
);

test('what bash reads is the same', () => {
  const code = "echo 1.2.3 a-1.2.3.b \"x 1.2.3\" 'y 1.2.3 z' $'1.2.3'";
  const said = (text: string) =>
    execFileSync('bash', ['-c', text], { env: { VERSION: '1.2.3' }, encoding: 'utf8' });
  expect(put(code)).not.toContain('1.2.3');
  expect(said(put(code))).toBe(said(code));
});

test('a placeholder is named as its variable', () => {
  expect(placeholderOf('DB_PASSWORD')).toBe('db-password');
});
