import { expect, test } from 'vitest';
import { checkedPlaces } from '../../src/runbook/checked-places.ts';
import { resultPlaces } from '../../src/runbook/regions/result-place.ts';
import { ofText } from './regions/result-laws.ts';

const addresses = (text: string) => {
  const runbook = ofText(text);
  return { all: [...resultPlaces(runbook).keys()], proven: [...checkedPlaces(runbook).keys()] };
};

test('blocks in no container are taken without another parse', () => {
  const runbook = ofText('# A\n\n```sh {name=a}\ntrue\n```\n\n```sh {name=b}\ntrue\n```\n');
  const places = resultPlaces(runbook);
  expect(checkedPlaces(runbook, places)).toBe(places);
});

test('tidy lists, quotes and checklists keep all their places', () => {
  const text =
    '## Steps\n\n1. Go\n\n   ```sh {name=a}\n   true\n   ```\n\n   > ```sh {name=b}\n   > true\n   > ```\n\n2. Then\n\n- [ ] one\n- [ ] two\n';
  const { all, proven } = addresses(text);
  expect(all.length).toBeGreaterThan(3);
  expect(proven).toEqual(all);
});

test('a place at which a result would show what was hidden is left out', () => {
  // The parser takes `10.` behind the code for text, and for a list item once a region stands between.
  const broken =
    '- 10.  ```sh\n       ```\n      ```sh\n      ```\n  10. ```sh\n      ```\n      # Prerequisites\n  drain\n';
  const { all, proven } = addresses(`${broken}\nText.\n\n\`\`\`sh {name=good}\ntrue\n\`\`\`\n`);
  expect(all).toEqual(['text/text-1', 'text/text-2', 'text/text-3', 'good']);
  expect(proven).toEqual(['text/text-1', 'text/text-2', 'good']);
});
