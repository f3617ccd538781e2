import { expect, test } from 'vitest';
import { expandLinks } from '../../../src/run/links/expand-links.ts';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { decodeSource } from '../../../src/text/source-file.ts';

const address = 'git+https://h/r@v1//drain.md';
const drain = `---
inputs:
  NODE: { required: true }
  GRACE: { required: true, default: 5s }
  TOKEN: { secret: true }
outputs: [GONE]
---
# Drain

## Steps

\`\`\`sh {capture=GONE}
echo "$NODE"
\`\`\`
`;

/** What is wrong with a page whose steps these are. */
function problems(steps: string, head = '', target = address): readonly string[] {
  const parse = (path: string, text: string) =>
    parseRunbook(decodeSource(path, new TextEncoder().encode(text)).source);
  const { runbook } = parse('top.md', `${head}# Top\n\n## Steps\n\n${steps.replaceAll('MODULE', target)}`);
  const load = (path: string) => ({ ...parse(path, drain), digest: 'd' });
  return expandLinks(runbook, load).diagnostics.map(
    ({ code, message, help }) => `${code}: ${message}; ${help}`,
  );
}

const link = '### [Drain](MODULE) {with.NODE=n1}\n\n';
const code = (text: string, label = 'sh') => `### Use\n\n\`\`\`${label}\n${text}\n\`\`\`\n`;

test.each<[string, string, readonly string[]]>([
  ['what is required is given', link, []],
  [
    'nobody gives what is required',
    '### [Drain](MODULE)\n',
    [
      `link-input: \`drain\` runs \`${address}\`: nothing gives its input \`NODE\`, which it requires; write \`with.NODE=…\`, or declare an input \`NODE\` in this page`,
    ],
  ],
  [
    'an input that it does not have',
    '### [Drain](MODULE) {with.NODE=n1 with.GRCE=1s}\n',
    [
      `link-input: \`drain\` runs \`${address}\`: it has no input \`GRCE\`; did you mean \`with.GRACE\`?; undefined`,
    ],
  ],
  [
    'a secret that stands in the page',
    '### [Drain](MODULE) {with.NODE=n1 with.TOKEN=hunter2}\n',
    [
      `link-input: \`drain\` runs \`${address}\`: the value of the secret \`TOKEN\` is in the document; hand on a secret of this runbook instead: \`with.TOKEN=$TOKEN\``,
    ],
  ],
  ['an output that it declares', `${link}${code('echo "$drain_GONE"')}`, []],
  [
    'an output that it does not declare, in code',
    `${link}${code('echo "$drain_GON"')}`,
    [
      `link-output: \`GON\` of \`drain\` is used, and \`${address}\` has no such output; did you mean \`GONE\`?; undefined`,
    ],
  ],
  [
    'the same in the value of another link',
    `${link}### [Again](MODULE) {name=again with.NODE="\${drain.OTHER}"}\n`,
    [`link-output: \`OTHER\` of \`drain\` is used, and \`${address}\` has no such output; undefined`],
  ],
  ['a variable that may be missing', `${link}${code(`echo "\${drain_LATER:-none}"`)}`, []],
])('%s', (_, steps, expected) => {
  expect(problems(steps)).toEqual(expected);
});

test('inputs of the page above are given by their names', () => {
  expect(problems('### [Drain](MODULE)\n', '---\ninputs: { NODE: { default: n1 } }\n---\n')).toEqual([]);
});

test('pages beside a page may leave inputs to the run, and hand on what they like', () => {
  expect(problems(`### [Drain](MODULE)\n\n${code('echo "$drain_LOOSE"')}`, '', 'drain.md')).toEqual([]);
});
