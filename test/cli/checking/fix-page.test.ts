// Tests that fixes change what they say and no other byte, once and for all.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mend } from '../../../src/cli/checking/fix-page.ts';
import { loadRunbookText } from '../../../src/cli/load/load-runbook.ts';
import { Rig } from '../../e2e/rig.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const fix = (text: string) => mend('page.md', loadRunbookText('page.md', encode(text)));

const slips: readonly (readonly [string, string])[] = [
  ['timout=3s', 'timeout=3s'],
  ['Retries=3', 'retries=3'],
  ['on_failure=stop', 'on-failure=stop'],
  ['confrim', 'confirm'],
];

test('slips are mended, and every other byte stays', () => {
  const words = fc.constantFrom(...slips.map((_, index) => index));
  const newline = fc.constantFrom('\n', '\r\n');
  const between = fc.constantFrom(
    '',
    'Größe 😀 of `timout`.',
    '| a | b |',
    '> quoted timout=3s',
    '<!-- x -->',
  );
  const block = fc.record({ word: words, text: between, code: fc.constantFrom('true', 'echo timout=3s') });
  fc.assert(
    fc.property(newline, fc.boolean(), fc.array(block, { maxLength: 6 }), (end, hasMark, blocks) => {
      const page = (side: 0 | 1) =>
        (hasMark ? '\ufeff' : '') +
        [
          '# T',
          '',
          '## Steps',
          '',
          ...blocks.flatMap(({ word, text, code }) => [
            text,
            '',
            `\`\`\`sh {${slips[word]?.[side]}}`,
            code,
            '```',
            '',
          ]),
        ].join(end);
      const { bytes, done } = fix(page(0));
      expect(decode(bytes)).toBe(page(1));
      expect(done.length).toBe(blocks.length);
      expect(fix(decode(bytes))).toEqual({ bytes, done: [] });
    }),
    { numRuns: 60 },
  );
});

test('what is not certain is left alone', () => {
  const pages = [
    '```sh {timout=3s timeout=5s}\ntrue\n```\n',
    '```sh {tmot=3s}\ntrue\n```\n',
    '```sh {retry=3}\ntrue\n```\n',
    '```sh {timout=soon}\ntrue\n```\n',
  ].map((block) => `# T\n\n## Steps\n\n${block}`);
  expect(pages.map((page) => fix(page).done)).toEqual([[], [], [], ['5: `timout` is `timeout` now']]);
});

test('a comment that silences nothing goes with its line, where no text is joined by that', () => {
  const comment = '<!-- runsheet-ignore needs-terminal -->\n';
  const page = (first: string, second: string) =>
    `# T\n\n## Steps\n\nSome words.\n\n${first}\`\`\`sh\ntrue\n\`\`\`\n\nMore words.\n${second}And more.\n`;
  const { bytes, done } = fix(page(comment, comment));
  expect([decode(bytes), done]).toEqual([
    page('', comment),
    ['7: `<!-- runsheet-ignore needs-terminal -->` is gone'],
  ]);
});

test('`--fix` writes and says what it did; `--dry-run` shows it and writes nothing', async () => {
  const rig = await Rig.create();
  const page = '# T\n\n## Steps\n\n```sh {timout=3s}\ntrue\n```\n';
  await rig.write('a.md', page);
  await rig.write('b.md', '# T\n\n## Steps\n\n```sh\ntrue\n```\n');
  const shown = await rig.run(['check', '--fix', '--dry-run', '.']);
  expect([shown.exitCode, shown.stdout, await rig.file('a.md')]).toEqual([
    2,
    '--- a.md\n+++ a.md\n@@ -2,6 +2,6 @@\n \n ## Steps\n \n-```sh {timout=3s}\n+```sh {timeout=3s}\n true\n ```\n',
    page,
  ]);
  const { exitCode, stderr } = await rig.run(['check', '--fix', '.']);
  expect([exitCode, stderr.split('\n')[0], await rig.file('a.md')]).toEqual([
    0,
    'fixed: a.md:5: `timout` is `timeout` now',
    page.replace('timout', 'timeout'),
  ]);
  const refused = await Promise.all([
    rig.run(['check', '--fix', '-']),
    rig.run(['check', '--dry-run', 'a.md']),
  ]);
  expect(refused.map((one) => [one.exitCode, one.stderr])).toEqual([
    [2, 'error: `--fix` changes files, and standard input is none\n'],
    [2, 'error: `--dry-run` shows what `--fix` would do, and goes with it\n'],
  ]);
});

test('comments that stand directly below one another go, each that silences nothing', () => {
  const page = (comments: string): string => `# T\n\n## Steps\n\n${comments}\n\`\`\`sh\ntop\n\`\`\`\n`;
  const ignore = (code: string): string => `<!-- runsheet-ignore ${code} -->\n`;
  const before = page(`${ignore('needs-terminal')}${ignore('endless-wait')}${ignore('cyclic-anything')}`);
  expect(decode(fix(before).bytes)).toBe(page(`${ignore('needs-terminal')}${ignore('cyclic-anything')}`));
  const words = page(`Some words.\n${ignore('endless-wait')}`);
  expect(decode(fix(words).bytes)).toBe(words);
});
