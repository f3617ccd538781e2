import { describe, expect, test } from 'vitest';
import { clearResults } from '../../../src/runbook/regions/plan-write-back.ts';
import type { Part, Runbook } from '../../../src/runbook/runbook.ts';
import { ofText, textOf } from '../regions/result-laws.ts';

const list = [
  '- [ ] Announce it',
  '- [ ] Drain it',
  '',
  '  It takes a while:',
  '',
  '  ```sh',
  '  drain',
  '  ```',
  '- [x] Look',
  '  - [ ] at its left half',
  '- [ ] Reboot it',
  '  ```sh',
  '  reboot',
  '  ```',
];

const page = (...lines: readonly string[]): string =>
  `${['# Drain', '', '## Steps', '', ...lines].join('\n')}\n`;

/** What the step asks and runs, in its order. */
function order({ steps, source }: Runbook): readonly string[] {
  const show = (part: Part): string => {
    if (part.type === 'block') return `${part.block.address}: ${part.block.code.trim()}`;
    if (part.type === 'checklist')
      return `${part.checklist.address}: ${part.checklist.items.map(({ text, ticked }) => `[${ticked ? 'x' : ' '}] ${text}`).join(', ')}`;
    if (part.type === 'prose') return source.text.slice(part.span.start, part.span.end);
    return part.link.address;
  };
  return steps.flatMap((step) => step.parts.map(show));
}

describe('a list of tasks that something is run in', () => {
  test('is asked and run in the order in which it is written', () => {
    expect(order(ofText(page(...list, '- [ ] Say so')))).toEqual([
      'steps: [ ] Announce it, [ ] Drain it',
      'It takes a while:',
      'steps/2: drain',
      'steps/tasks-2: [x] Look, [ ] at its left half, [ ] Reboot it',
      'steps/3: reboot',
      'steps/tasks-3: [ ] Say so',
    ]);
  });

  test('is one checklist where nothing is run between its items', () => {
    expect(
      order(ofText(page('- [ ] One', '  ```text', '  shown', '  ```', '- [ ] Two', '', '```sh', 'a', '```'))),
    ).toEqual(['steps: [ ] One, [ ] Two', 'steps/text-1: shown', 'steps/2: a']);
  });

  test('a result of all of it still says whose the ticks are', () => {
    const author = page(...list, '', 'Behind it.');
    const ticked = author.replaceAll('[ ]', '[x]');
    const old = ticked.replace(
      '\n\nBehind it.',
      [
        '',
        '',
        '<!-- runsheet:result steps run=20260101-000000-aaaa marks=__x__ -->',
        '> ✔ **done** · 2026-01-01 00:00:00 UTC · ada',
        '<!-- /runsheet:result -->',
        '',
        'Behind it.',
      ].join('\n'),
    );
    const runbook = ofText(old);
    expect(order(runbook).filter((line) => line.includes('['))).toEqual([
      'steps: [ ] Announce it, [ ] Drain it',
      'steps/tasks-2: [x] Look, [ ] at its left half, [ ] Reboot it',
    ]);
    expect(textOf(clearResults(runbook))).toBe(author);
  });
});
