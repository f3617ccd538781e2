import { expect, test } from 'vitest';
import { isShellForm } from '../../../src/languages/recognition/is-shell-form.ts';
import { judgeCode } from '../../../src/languages/recognition/judge-code.ts';

test.each([
  '[ "$1" = "!=" -o "$2" = "<" ]',
  '[ "${1:-}" ] || die "no action given"',
  '[[ -z "$dir" ]] && dir=.',
  '[ "$(readlink a)" = "$b" ] || \\',
  ': ${TMPDIR:=/tmp}',
  ':',
  '{ echo "Copying file $3"; cp "$1" b; }',
  ') | sort -u >list',
  '} >out',
  '"$EXE_PATH/tool"',
  'do_$action',
  'usage="Usage: $0 [OPTION]... [FILE]...',
  'pids+=("$!")',
  'echo Please create the directory and set the path',
  'true; wait',
  'break;;',
  'serve &',
  'while :',
  '>"$out"',
])('%j is what only a shell reads so', (line) => {
  expect(isShellForm(line)).toBe(true);
});

test.each([
  '[ "a", "b" ]',
  '["a"]',
  '[ 1, 2 ]',
  '[Unit]',
  'key: value',
  'Note; this is it',
  'Ready.',
  '+ echo',
])('%j may be something else', (line) => {
  expect(isShellForm(line)).toBe(false);
});

test.each([
  'true # it will deal with the rest of it',
  'debug_echo "autoclean (error)"',
  'Run "$VISUAL" "$@" && exit 1',
  'usage="Usage: $0 [OPTION]... [FILE]...\nPrint it."\necho "$usage"',
])('%j is commands', (code) => {
  expect(judgeCode(code).is).toBe('commands');
});
