// Tests whether a result says anything new.
import { describe, expect, it } from 'vitest';
import { tellsTheSame } from '../../../src/runbook/regions/tells-the-same.ts';

const region = (run: string, header: string, ...rest: readonly string[]) => [
  `<!-- runsheet:result drain run=${run} code=07c2ad5d7a22 -->`,
  `> ${header}`,
  ...rest,
  '<!-- /runsheet:result -->',
];
const monday = '2026-11-23 02:13:22 UTC · ada@bastion';
const tuesday = '2026-11-24 09:00:00 UTC · grace@laptop';

describe('a result tells the same', () => {
  it.each([
    [
      'at another time, in another time, by somebody else',
      '✔ **passed** in 4 ms · exit 0',
      '✔ **passed** in 1.3 s · exit 0',
      [],
    ],
    [
      'with the same output',
      '○ **exit 3** in 4 ms',
      '○ **exit 3** in 5 ms',
      ['', '```text', 'in 5 ms', '```'],
    ],
    [
      'without a duration',
      '↷ **skipped** · it has to be done by a person',
      '↷ **skipped** · it has to be done by a person',
      [],
    ],
  ])('%s', (_, before, now, rest) => {
    expect(
      tellsTheSame(
        region('20261123-021322-aaaa', `${before} · ${monday}`, ...rest),
        region('20261124-090000-bbbb', `${now} · ${tuesday}`, ...rest),
      ),
    ).toBe(true);
  });

  it('on hosts and of linked runbooks, whatever they took', () => {
    const lines = (took: string) => [
      '>',
      `> - ✔ \`web1\` passed in ${took} · exit 0`,
      `> - ✔ passed \`a/b\` in ${took}`,
    ];
    const head = '✔ **passed** in 4 ms · exit 0';
    expect(
      tellsTheSame(
        region('20261123-021322-aaaa', `${head} · ${monday}`, ...lines('5 ms')),
        region('20261124-090000-bbbb', `${head} · ${tuesday}`, ...lines('3 min 5 s')),
      ),
    ).toBe(true);
  });
});

describe('a result tells something else', () => {
  const passed = '✔ **passed** in 4 ms · exit 0';
  it.each([
    ['that failed again', '✘ **failed** in 4 ms · exit 1', '✘ **failed** in 4 ms · exit 1', [], []],
    ['that nobody saw end', '◌ **in doubt**', '◌ **in doubt**', [], []],
    ['another exit code', passed, '✔ **passed** in 4 ms · exit 3', [], []],
    ['another reason', `${passed}`, '✔ **passed** in 4 ms · in the background', [], []],
    [
      'another output',
      passed,
      passed,
      ['', '```text', 'passed in 5 ms', '```'],
      ['', '```text', 'passed in 6 ms', '```'],
    ],
    ['a note', passed, passed, [], ['>', '> - note: so']],
    ['another text of an item', passed, passed, ['>', '> - ✔ wait in 5 ms'], ['>', '> - ✔ wait in 6 ms']],
  ])('%s', (_, before, now, first, other) => {
    expect(
      tellsTheSame(
        region('20261123-021322-aaaa', `${before} · ${monday}`, ...first),
        region('20261124-090000-bbbb', `${now} · ${tuesday}`, ...other),
      ),
    ).toBe(false);
  });

  it('of other code', () => {
    const before = region('20261123-021322-aaaa', `${passed} · ${monday}`);
    const now = before.map((line) => line.replace('07c2ad5d7a22', '000000000000'));
    expect([tellsTheSame(before, before), tellsTheSame(before, now)]).toEqual([true, false]);
  });
});
