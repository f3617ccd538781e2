import { describe, expect, test } from 'vitest';
import { findDoubts } from '../../../src/runbook/find-doubts.ts';
import { ofText } from '../regions/result-laws.ts';

/** What is said of the only block of a page. */
const told = (page: string): readonly string[] =>
  findDoubts(ofText(`## Steps\n\n${page}`)).flatMap(({ code, text }) => (code === 'condition' ? [text] : []));

const block = (info: string, code = 'true') => `\`\`\`${info}\n${code}\n\`\`\`\n`;

describe('a comment before a block says that it is not run', () => {
  test.each([
    ['<!-- no-run -->', 'no-run'],
    ['<!-- $MDX skip -->', '$MDX skip'],
    ['<!--pytest-codeblocks:skip-->', 'pytest-codeblocks:skip'],
    ['<!--pytest.mark.skip-->', 'pytest.mark.skip'],
    ['<!-- byexample: +skip -->', 'byexample: +skip'],
    ['<!-- doctest: skip -->', 'doctest: skip'],
    ['<!-- :skip: -->', ':skip:'],
    ['{/* skip */}', 'skip'],
    ['[//]: # (skip)\n', 'skip'],
    ['[comment]: <> (do not run)\n', 'do not run'],
  ])('%s', (comment, words) => {
    expect(told(`${comment}\n${block('sh')}`)).toEqual([`the comment before it says \`${words}\``]);
  });

  test.each([
    '<!-- prettier-ignore -->',
    '<!-- markdownlint-disable MD014 -->',
    '<!-- vale off -->',
    '<!-- cspell:disable -->',
    '<!-- we skip the header here -->',
  ])('%s is for others', (comment) => {
    expect(told(`${comment}\n${block('sh')}`)).toEqual([]);
  });

  test('another block is not meant', () => {
    expect(told(`[//]: # (skip)\n\nSome words.\n\n${block('sh')}`)).toEqual([]);
  });
});

describe('what stands behind its language says that it is not run', () => {
  test.each([
    ['bash skip', 'behind its language stands `skip`'],
    ['bash eval=no', 'behind its language stands `eval=no`'],
    ['bash run=false', 'behind its language stands `run=false`'],
    ['bash :eval no', 'behind its language stands `:eval no`'],
    ['bash :results output :noeval', 'behind its language stands `:noeval`'],
    ['{.bash .skip}', 'it has the class `.skip`'],
    ['bash tags=["skip-execution"]', 'it has the tag `skip-execution`'],
    ['bash {tags=["skip-execution"]}', 'it has the tag `skip-execution`'],
  ])('%s', (info, words) => {
    expect(told(block(info))).toEqual([words]);
  });

  test.each([
    'bash run',
    'bash eval=yes',
    'bash title="x" linenums',
    'bash skip=false',
    'bash :results output',
  ])('%s does not', (info) => {
    expect(told(block(info))).toEqual([]);
  });
});

test('an option at its top says that it is not run', () => {
  expect(told(block('sh', '#| eval: false\ntrue'))).toEqual(['`#| eval: false` says that it is not run']);
  expect(told(block('sh', 'true # byexample: +skip'))).toEqual([
    '`# byexample: +skip` says that it is not run',
  ]);
});
