import { expect, it } from 'vitest';
import { renderChange } from '../../../src/run/files/render-change.ts';
import { createRedactor } from '../../../src/run/masking/redactor.ts';

const none = createRedactor();

it('shows what goes and what comes, with three lines around it', () => {
  const old = 'a\nb\nc\nd\ne\nf\n';
  expect(renderChange(old, 'a\nb\nc\nd\nE\nf\n', none)).toEqual({
    added: 1,
    removed: 1,
    lines: '@@ -2,5 +2,5 @@\n b\n c\n d\n-e\n+E\n f',
  });
});

it('shows nothing where nothing differs', () => {
  expect(renderChange('a\n', 'a\n', none)).toEqual({ added: 0, removed: 0 });
});

it('masks a secret of several lines, which no line of the difference holds whole', () => {
  const key = '-----BEGIN KEY-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n-----END KEY-----';
  const { lines = '' } = renderChange('', `# key\n${key}\nend\n`, createRedactor([key]));
  expect(lines).toBe('@@ -1,0 +1,3 @@\n+# key\n+***\n+end');
});

it('says that only what is masked differs by saying nothing', () => {
  const redactor = createRedactor(['hunter2-new', 'hunter2-old']);
  expect(renderChange('token hunter2-old\n', 'token hunter2-new\n', redactor)).toEqual({
    added: 0,
    removed: 0,
  });
});

it.each([
  'password: letmein',
  'DB_PASSWORD=letmein',
  'spring.datasource.password=letmein',
  '- api_key: "letmein"',
])('masks what a line says itself to be secret: %s', (line) => {
  const { lines = '' } = renderChange(`${line}\nport: 1\n`, 'port: 2\n', none);
  expect(lines).not.toContain('letmein');
  expect(lines).toContain('***');
});

it('is cut where it is too long for anybody', () => {
  const long = Array.from({ length: 1000 }, (_none, index) => `line ${index}\n`).join('');
  const { added, lines = '' } = renderChange('', long, none);
  expect([added, lines.split('\n').length, lines.split('\n').at(-1)]).toEqual([
    1000,
    401,
    '… 601 more lines',
  ]);
});
