// Tests what is proposed for pages that were written for no tool, and that nothing of them is taken away.
import { expect, test } from 'vitest';
import { proposeAdditions } from '../../../src/runbook/importing/propose-additions.ts';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { decodeSource } from '../../../src/text/source-file.ts';
import { readCorpus } from '../../corpus.ts';

const runbookOf = (text: string | Uint8Array) => {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return parseRunbook(decodeSource('page.md', bytes).source).runbook;
};
const added = (text: string): string => new TextDecoder().decode(proposeAdditions(runbookOf(text)).bytes);

/** The page without what was added to it. */
function withoutAdditions(bytes: Uint8Array, additions: readonly { offset: number; text: string }[]): Buffer {
  const parts: Uint8Array[] = [];
  let [at, taken] = [0, 0];
  for (const { offset, text } of [...additions].sort((one, other) => one.offset - other.offset)) {
    const length = Buffer.byteLength(text);
    parts.push(bytes.subarray(at, offset + taken));
    at = offset + taken + length;
    taken += length;
  }
  return Buffer.concat([...parts, bytes.subarray(at)]);
}

test('blocks get the labels that their words and lines tell', () => {
  const page = `# Failover

## Steps

1. Stop the old one:

\`\`\`
systemctl stop app
\`\`\`

Output:

\`\`\`
stopped
\`\`\`

2. Look at the disks:

\`\`\`
$ df -h /
Filesystem  Size
\`\`\`

\`\`\`
{ "state": "up" }
\`\`\`
`;
  const labels = added(page).match(/^```\w+$/gm);
  expect(labels).toEqual(['```sh', '```output', '```console', '```text']);
});

test('steps that nothing says to be some get a section, or a mark where there is no level for it', () => {
  const chapter = (title: string, level: string): string =>
    `${level} ${title}\n\nSome words.\n\n\`\`\`sh\ntouch ${title.toLowerCase()}\n\`\`\`\n\n`;
  const three = (level: string): string =>
    ['Alpha', 'Beta', 'Gamma', 'Delta'].map((title) => chapter(title, level)).join('');
  const deep = `# Page\n\n## Work\n\n${three('###')}`;
  const flat = `# Page\n\n${three('##')}`;
  expect(added(deep).replace('## Steps\n\n', '')).toBe(deep);
  expect(added(flat).replaceAll(' {run}', '')).toBe(flat);
  for (const page of [deep, flat]) {
    const { doubts } = proposeAdditions(runbookOf(page));
    expect(doubts.after).toBeLessThan(doubts.before);
  }
});

test('what is doubtful in another way stays so', () => {
  const chapter = (title: string, words = ''): string =>
    `## ${title}\n\n${words}\`\`\`sh\nrm -rf cache\n\`\`\`\n\n`;
  const page = [
    '# Restart\n\n',
    chapter('Restart it'),
    chapter('If the restart fails'),
    chapter('Clear it', 'If you use redis, run:\n\n'),
    chapter('Falls der Neustart scheitert'),
    chapter('Look'),
  ].join('');
  const marked = added(page).match(/^## .*/gm);
  expect(marked).toEqual([
    ...['## Restart it {run}', '## If the restart fails', '## Clear it {run}'],
    ...['## Falls der Neustart scheitert', '## Look {run}'],
  ]);
});

test('a page that says all of itself is left as it is', () => {
  const page = '# Page\n\n## Steps\n\n```sh\ntouch a\n```\n';
  expect(proposeAdditions(runbookOf(page))).toMatchObject({ additions: [], doubts: { before: 0, after: 0 } });
});

test('of real pages nothing is lost, and none becomes more doubtful', { timeout: 120_000 }, () => {
  const all = { before: 0, after: 0 };
  for (const { bytes } of readCorpus()) {
    const { source, diagnostics } = decodeSource('page.md', bytes);
    if (diagnostics.length > 0) continue;
    const proposal = proposeAdditions(parseRunbook(source).runbook);
    expect(withoutAdditions(proposal.bytes, proposal.additions).equals(bytes)).toBe(true);
    expect(proposal.doubts.after).toBeLessThanOrEqual(proposal.doubts.before);
    all.before += proposal.doubts.before;
    all.after += proposal.doubts.after;
  }
  expect(all.after).toBeLessThanOrEqual(all.before);
});
