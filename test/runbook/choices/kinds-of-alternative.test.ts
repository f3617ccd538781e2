import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  asciiNumber,
  kindsOfHeading,
  modes,
  number,
  wordsOfModes,
} from '../../../src/runbook/choices/kinds-of-alternative.ts';

it('takes numbers off titles in ASCII as off all others', () => {
  const title = fc.string({ unit: fc.constantFrom(...'019.):-#*( aZ`~^$'), maxLength: 12 });
  fc.assert(
    fc.property(title, (written) => {
      expect([written, written.replace(asciiNumber, '')]).toEqual([written, written.replace(number, '')]);
    }),
    { numRuns: 20_000, seed: 1 },
  );
});

it('looks for a word of each mode before the pattern of them all', () => {
  const word = fc.constantFrom(
    ...'semi|automatic|automatically|automated|manually|on|online|offline|in place|blue green|non|no|zero|with|without|downtime'.split(
      '|',
    ),
    ...'interactive|single node|multi node|high availability|ha|standalone|clustered|graceful|不停机|手動|オンライン|upgrade'.split(
      '|',
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), (words) => {
      const title = words.join(' ');
      const hasMode = title.replace(modes, '') !== title;
      if (hasMode)
        expect([title, wordsOfModes.some((known) => title.includes(known))]).toEqual([title, true]);
    }),
    { numRuns: 10_000, seed: 1 },
  );
});

it('tells modes from jobs, and members of sets in whatever letter case', () => {
  expect(
    ['Automatic Upgrade', 'Manual upgrade', 'Upgrade', 'Upgrade with High Availability'].map((title) =>
      kindsOfHeading(title).at(-1),
    ),
  ).toEqual(['job upgrade', 'job upgrade', 'job upgrade', 'job upgrade with']);
  const sets = (title: string) => kindsOfHeading(title).filter((kind) => kind.startsWith('set '));
  expect(sets('Installing on Ubuntu 22.04 (LTS)')).toEqual(sets('ubuntu'));
  expect(sets('2. On CentOS hosts')).toEqual(sets('centos'));
  expect(sets('Ubuntu').length).toBeGreaterThan(0);
});
