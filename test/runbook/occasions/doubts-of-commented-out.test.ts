import { describe, expect, test } from 'vitest';
import { findDoubts } from '../../../src/runbook/find-doubts.ts';
import { ofText } from '../regions/result-laws.ts';
import { textAt } from '../runbook-of.ts';

const block = '```sh\ntrue\n```\n';

const told = (...parts: readonly string[]): readonly string[] => {
  const runbook = ofText(`## Steps\n\n${parts.join('\n')}`);
  return findDoubts(runbook).map(({ code, text, span }) => `${code} at ${textAt(runbook, span)}: ${text}`);
};

const inComment = 'it stands in a comment, which the site of the page leaves out';
const never = 'it stands under a condition that never holds, and the site of the page leaves it out';

describe('a block is left out by the site of a page', () => {
  test.each([
    ['{/* Old:', '*/}', inComment],
    ['{{/* Old:', '*/}}', inComment],
    ['{{- /*', '*/ -}}', inComment],
    ['{% comment %}', '{% endcomment %}', inComment],
    ['{%- comment "Old" -%}', '{%- endcomment -%}', inComment],
    ['{# Old:', '#}', inComment],
    ['{#- Old:', '-#}', inComment],
    ['{{!-- Old:', '--}}', inComment],
    ['{{% comment %}}', '{{% /comment %}}', inComment],
    ['%%', '%%', inComment],
    ['%% Old:', 'until here %%', inComment],
    ['{% if false %}', '{% endif %}', never],
    ['{%- unless true -%}', '{%- endunless -%}', never],
    ['{% if false %}{% if x %}a{% endif %}', '{% else %}', never],
    ['<del>', '</del>', 'it is struck out'],
    ['<s>', '</s>', 'it is struck out'],
    ['<template>', '</template>', 'it stands in `<template>`, which a page does not show'],
  ])('%s … %s', (opens, closes, says) => {
    expect(told(block, `${opens}\n`, block, closes, '\nNext:\n', block)).toEqual([
      `condition at ${opens}: ${says}`,
    ]);
  });

  test('whatever else is doubtful of it, and whatever its guards say', () => {
    expect(
      told('{% comment %}\n\nOptionally:\n', '```sh {when="true"}\ntrue\n```\n', '{% endcomment %}'),
    ).toEqual([`condition at {% comment %}: ${inComment}`]);
  });

  test('but for one that says that it is run', () => {
    expect(told('{/*\n', '```sh {run}\ntrue\n```\n', '*/}')).toEqual([]);
  });

  test('and so is a link to a page', () => {
    expect(told(block, '{% comment %}\n', '1. [Drain](drain.md)\n', '{% endcomment %}\n')).toEqual([
      `condition at {% comment %}: ${inComment}`,
    ]);
  });
});

describe('a block is no part of a comment', () => {
  test.each([
    ['which is never closed', '{/*', ''],
    ['which ends in its line', '{/* Old */}', '{/* Older */}'],
    ['which is named between backticks', '`{% comment %}`', '`{% endcomment %}`'],
    ['which stands in another block', '```jsx\n{/*\n```', '```jsx\n*/}\n```'],
    ['but in what is shown as it is written', '{% raw %}', '{% endraw %}'],
    ['but under a condition of the site', '{% if page.beta %}', '{% endif %}'],
    ['but behind what divides a condition', '{% if false %}Old{% else %}', '{% endif %}'],
    ['but below an anchor', '### Flush it {#flush}', '{#rest}'],
    ['but in a container of tabs', '<template #npm>', '</template>'],
  ])('%s', (_, opens, closes) => {
    expect(told(`${opens}\n`, block, `${closes}\n`)).toEqual([]);
  });
});
