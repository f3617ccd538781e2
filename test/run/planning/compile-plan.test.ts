import { describe, expect, test } from 'vitest';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { selectItems } from '../../../src/run/planning/select-items.ts';
import { ofText } from '../../runbook/regions/result-laws.ts';

const page = (...headings: readonly string[]): string =>
  headings
    .map((heading) => `${heading}\n\n${heading.startsWith('# ') ? '' : '```sh\ntrue\n```\n'}`)
    .join('\n');

const chosenOf = (text: string, ...steps: readonly string[]): readonly string[] => {
  const { plan } = compilePlan(ofText(text));
  const chosen = selectItems(plan, { steps, tags: [] });
  return plan.items.filter((_, index) => chosen[index]).map(({ address }) => address);
};

describe('what stands aside of a run', () => {
  test.each([
    ['context', page('# Move', '## Background', '## Steps'), 'background'],
    ['an example beside the steps', page('# Move', '## Backup', '## Steps'), 'backup'],
    [
      'a problem, even before the steps',
      page('# Move', '## Troubleshooting', '### Disk full', '## Steps').replace(
        '## Troubleshooting\n\n```sh\ntrue\n```',
        '## Troubleshooting',
      ),
      'disk-full',
    ],
  ])('%s runs when it is named, and not by itself', (_, text, name) => {
    expect(chosenOf(text)).toEqual(['steps']);
    expect(chosenOf(text, name)).toEqual([name]);
  });

  test('a page of nothing but problems is run', () => {
    expect(chosenOf('# Move\n\n## Troubleshooting\n\n### Disk full\n\n```sh\ndf\n```\n')).toEqual([
      'disk-full',
    ]);
  });
});
