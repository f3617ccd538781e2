import { describe, expect, test } from 'vitest';
import { findDoubts } from '../../../src/runbook/find-doubts.ts';
import { ofText } from '../regions/result-laws.ts';

const block = '\n\n```sh\ntrue\n```\n\n';

/** What is doubtful of a page of headings, each with a block below it but the title. */
const told = (...headings: readonly string[]): readonly string[] => {
  const text = headings.map((one) => `${one}${/^# |^## Steps$/.test(one) ? '\n\n' : block}`).join('');
  return findDoubts(ofText(text)).flatMap(({ code, text: said }) => (code === 'condition' ? [said] : []));
};

const remedy = (title: string): string =>
  `\`${title}\` reads as if it were for a failure of what stands before it`;

describe('what mends a failure of the page itself', () => {
  test.each([
    'Recovery',
    'Recovery procedure',
    'Emergency procedure',
    'Workaround',
    'Fix',
    'Mitigation steps',
    '恢复',
  ])('%s', (title) => {
    const [start, end] = [['# Upgrade the shop', '## Steps', '### Do it'], ['## Verification']];
    expect(told(...start, ...end, `## ${title}`)).toEqual([remedy(title)]);
    expect(told(...start, `### ${title}`, ...end)).toEqual([remedy(title)]);
    expect(told('# Shop', ...start.slice(1), `## ${title}`)).toEqual([remedy(title)]);
  });

  test.each<[string, readonly string[]]>([
    ['on a page about a failure', ['# The shop is down', '## Steps', '### Do it', '## Recovery']],
    ['behind what is wrong', ['# Shop', '## Symptoms', '## Steps', '### Do it', '## Resolution']],
    ['where it is the work', ['# Upgrade the shop', '## Fix', '## Verification']],
    ['one behind the other', ['# Shop', '## Containment', '## Eradication', '## Recovery']],
    ['where it says so', ['# Upgrade the shop', '## Do it', '## Recovery {run}']],
  ])('%s it is a step', (_, headings) => {
    expect(told(...headings)).toEqual([]);
  });
});

test('an appendix is looked up', () => {
  const said = '`Appendix: manual method` is looked up, and seldom done with the rest';
  expect(told('# Upgrade', '## Steps', '### Do it', '### Appendix: manual method')).toEqual([said]);
  expect(told('# Upgrade', '## Appendix A: Do it')).toEqual([said.replace(': manual method', ' A: Do it')]);
  expect(told('# Upgrade', '## Do it', '## Appendix C: Rollback')).toEqual([]);
});
