import { describe, expect, test } from 'vitest';
import { applySplices } from '../../../src/text/splice.ts';
import { outlineOf, parse, problems, textAt } from '../runbook-of.ts';

/** A region as it is inserted behind a line that ends before a newline. */
const region = (address: string, prefix = '', newline = '\n') =>
  [
    '',
    prefix.trimEnd(),
    `${prefix}<!-- runsheet:result ${address} -->`,
    `${prefix}> ✔ **passed** in 1.3 s`,
    prefix.trimEnd(),
    `${prefix}\`\`\`text`,
    `${prefix}# not a heading`,
    `${prefix}\`\`\``,
    `${prefix}<!-- /runsheet:result -->`,
  ].join(newline);

function expectInvisible(author: string, filled: string): void {
  const plain = parse(author);
  const { runbook, diagnostics } = parse(filled);
  expect(diagnostics).toEqual(plain.diagnostics);
  expect(outlineOf(runbook)).toEqual(outlineOf(plain.runbook));
  expect(runbook.steps.map(({ leadIn }) => leadIn?.map((span) => textAt(runbook, span)))).toEqual(
    plain.runbook.steps.map(({ leadIn }) => leadIn?.map((span) => textAt(plain.runbook, span))),
  );
  const removed = applySplices(
    runbook.source.bytes,
    runbook.regions.map(({ span }) => ({ span, bytes: new Uint8Array(0) })),
  );
  expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(removed)).toBe(author);
}

describe('regions', () => {
  test('are no part of the runbook, and are taken out to the byte', () => {
    const author = '# T\n\n## Steps\n\n```sh\na\n```\n\nprose\n\n### B\n\ntell them\n';
    const filled = author
      .replace('a\n```', `a\n\`\`\`${region('steps')}`)
      .replace('tell them', `tell them${region('b')}`);
    expectInvisible(author, filled);
    expect(
      parse(filled).runbook.regions.map((one) => (one.type === 'result' ? one.address : one.type)),
    ).toEqual(['steps', 'b']);
  });

  test('stand in lists and quotes', () => {
    const author = '## Steps\n\n1. x\n\n   > ```sh\n   > a\n   > ```\n2. y\n   ```sh\n   b\n   ```';
    const filled = author
      .replace('> a\n   > ```', `> a\n   > \`\`\`${region('x', '   > ')}`)
      .replace(/b\n {3}```$/, `b\n   \`\`\`${region('y', '   ')}`);
    expectInvisible(author, filled);
  });

  test('keep the newlines, the mark and the end of their file', () => {
    const author = '\ufeff## Steps\r\n\r\n```sh\r\na\r\n```';
    expectInvisible(author, `${author}${region('steps', '', '\r\n')}`);
  });

  test('hold the run log, whose heading takes no name', () => {
    const author = '## Steps\n\n```sh\na\n```\n\n## Run log\n\nmine\n\n## A\n';
    const log =
      '\n\n<!-- runsheet:log -->\n## Run log\n\n| Started |\n| --- |\n| now |\n<!-- /runsheet:log -->';
    expectInvisible(author, author.replace('```\n\n## Run', `\`\`\`${log}\n\n## Run`));
    expectInvisible('x\n', `x${log}\n`);
    expectInvisible('', log);
  });

  test('remember the marks that a checklist had', () => {
    const text =
      '## Steps\n\n- [x] a\n- [ ] b\n- [X] c\n\n<!-- runsheet:result steps marks=_xX -->\n> done\n<!-- /runsheet:result -->\n';
    expect(outlineOf(parse(text).runbook)).toEqual([
      'steps section steps: Steps',
      '  checklist steps [ ] a; [x] b; [x] c',
    ]);
  });

  test('are only what the tool wrote', () => {
    const open = '<!-- runsheet:result a -->';
    const close = '<!-- /runsheet:result -->';
    const regions = (text: string) => parse(text).runbook.regions.length;
    expect(regions(`\`\`\`html\n${open}\n${close}\n\`\`\`\n`)).toBe(0);
    expect(regions(`text ${open}\n\n${close}\n`)).toBe(0);
    expect(regions(`${open} more\n${close}\n`)).toBe(0);
    expect(regions(`- ${open}\n  ${close}\n`)).toBe(0);
    expect(regions(`> ${open}\n\n${close}\n`)).toBe(0);
    expect(regions(`${open}\n<!-- /runsheet:log -->\n`)).toBe(0);
    expect(regions(`x\n\n${open}\n${close}\n`)).toBe(1);
  });

  test('that are torn are said to be, and left alone', () => {
    const text =
      '# T\n\n<!-- runsheet:result a -->\nlost\n\n<!-- runsheet:result b -->\n<!-- /runsheet:result -->\n';
    expect(parse(text).runbook.regions.length).toBe(1);
    expect(problems(text)).toBe(
      [
        'warning[torn-region]: this result region is never closed, so it is read as text',
        ' --> book.md:3:1',
        '  |',
        '3 | <!-- runsheet:result a -->',
        '  | ^^^^^^^^^^^^^^^^^^^^^^^^^^',
        '  = help: remove what is left of it',
      ].join('\n'),
    );
  });
});
