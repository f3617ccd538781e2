import { expect, test } from 'vitest';
import { parse } from '../runbook-of.ts';

const told = (toml: string) =>
  parse(`+++\n${toml}\n+++\n\n# T\n\n\`\`\`sh\ntrue\n\`\`\`\n`).diagnostics.map(
    ({ severity, message }) => `${severity}: ${message}`,
  );

test.each([
  ['title = "Hugo page"', 'hint: front matter between `+++` lines is TOML, and is not read'],
  [
    'title = "x"\n[inputs.A]\ndefault = "1"',
    'error: front matter between `+++` lines is TOML and not read, so that `inputs` has no effect',
  ],
  [
    'concurrency = "forbid"',
    'error: front matter between `+++` lines is TOML and not read, so that `concurrency` has no effect',
  ],
])('%s', (toml, diagnostic) => {
  expect(told(toml)).toEqual([diagnostic]);
});

test('a line of plus signs alone is none', () => {
  expect(parse('+++\n\n# T\n').diagnostics).toEqual([]);
});
