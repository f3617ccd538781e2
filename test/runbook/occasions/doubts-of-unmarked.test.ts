import { describe, expect, test } from 'vitest';
import { findDoubts } from '../../../src/runbook/find-doubts.ts';
import { ofText } from '../regions/result-laws.ts';
import { textAt } from '../runbook-of.ts';

const block = '```sh\ntrue\n```\n';
const list = '1. Do it:\n\n   ```sh\n   true\n   ```\n\n2. Again:\n\n   ```sh\n   false\n   ```\n';

const page = (...headings: readonly (readonly [heading: string, below: string])[]): string =>
  headings.map(([heading, below]) => `${heading}\n\n${below}`).join('\n');

const told = (text: string): readonly string[] => {
  const runbook = ofText(text);
  return findDoubts(runbook).flatMap(({ code, text: said, span }) =>
    code === 'unmarked' ? [`${textAt(runbook, span)}: ${said}`] : [],
  );
};

const threeHeadings = page(['# Tool', ''], ['## Pods', block], ['## Nodes', block], ['## Zones', block]);

test('it is told once, and holds for all that would run, checks included', () => {
  const text = `${threeHeadings}\n## Verification\n\n${block}`;
  expect(told(text)).toEqual([
    '## Pods: nothing says that this heading and 2 more are the steps of one procedure',
  ]);
  const { steps } = ofText(text);
  expect(steps.map(({ name, doubts }) => [name, doubts?.map(({ code }) => code)])).toEqual([
    ['pods', ['unmarked']],
    ['nodes', ['unmarked']],
    ['zones', ['unmarked']],
    ['verification', ['unmarked']],
  ]);
});

describe('it is told', () => {
  test.each([
    [
      'of what stands beside marked steps',
      page(['## Step 1', block], ['## Step 2', block], ['## Tuning it', block]),
    ],
    [
      'of a small part of a page that is read',
      page(['# Tool', ''], ['## Pods', 'Words.\n'], ['## Zones', 'Words.\n'], ['## Nodes', block]),
    ],
    [
      'of the numbers of chapters',
      page(['## 1. Idea', 'W.\n'], ['## 2. Data', 'W.\n'], ['## 3. Zones', 'W.\n'], ['## 4. Nodes', block]),
    ],
    ['of two procedures', page(['# Tool', ''], ['## Turn it around', block], ['## How to resync it', block])],
    ['of two lists below two headings', page(['# Tool', ''], ['## Use', list], ['## Contribute', list])],
  ])('%s', (_, text) => {
    expect(told(text).length).toBe(1);
  });
});

describe('it is not told', () => {
  test.each([
    ['of a small page', page(['# Tool', ''], ['## Pods', block], ['## Nodes', block])],
    ['beside a heading to read', page(['# Tool', ''], ['## Pods', 'Words.\n'], ['## Nodes', block])],
    [
      'of numbers, some of them to be read',
      page(['## 1. Pods', block], ['## 2. Ask', 'Call them.\n'], ['## 3. Nodes', block]),
    ],
    ['of one list', page(['# Tool', ''], ['## Use', list])],
    [
      'below Steps',
      page(['## Steps', block], ['### Pods', block], ['### Nodes', block], ['### Zones', block]),
    ],
    [
      'of phases with lists in them',
      page(
        ['# Tool', ''],
        ['## Phase 1: prepare', list],
        ['## Phase 2: upgrade', list],
        ['## Phase 3', block],
      ),
    ],
    ['of numbers', page(['## 1. Pods', block], ['## 2. Nodes', block], ['## 3. Zones', block])],
    ['where a heading has attributes', threeHeadings.replace('## Pods', '## Pods {run}')],
    ['where a block has attributes', threeHeadings.replace('```sh', '```sh {name=pods}')],
    ['where Runme knows its blocks', threeHeadings.replace('```sh', '```sh {"id":"01HY"}')],
    [
      'where Innovation Engine runs it',
      `---\nms.custom: devx-track, innovation-engine\n---\n\n${threeHeadings}`,
    ],
  ])('%s', (_, text) => {
    expect(told(text)).toEqual([]);
  });
});
