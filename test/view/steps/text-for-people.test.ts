import { expect, test } from 'vitest';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { decodeSource } from '../../../src/text/source-file.ts';
import { indexItems } from '../../../src/view/steps/index-items.ts';
import { textForPeople } from '../../../src/view/steps/text-for-people.ts';

const page = `# Welcome

## Steps

### Meet people

- [ ] Coffee with \`$BUDDY\`
- [ ] Lunch

### Read {confirm="Does $BOSS know?"}

Read this.

And show it to \`$BUDDY\`.

### Run

\`\`\`sh {confirm="Greet $BUDDY?"}
echo "$BUDDY"
\`\`\`
`;

test('what a person reads is the text of a checklist or an instruction and what is asked, and code is none of it', () => {
  const { runbook } = parseRunbook(decodeSource('a.md', Buffer.from(page)).source);
  const { plan } = compilePlan(runbook);
  const places = indexItems(runbook, plan);
  const texts = plan.items.map((item) => [item.address, textForPeople(item, places.get(item.address))]);
  expect(texts).toEqual([
    ['meet-people', 'Coffee with $BUDDY\nLunch'],
    ['read', 'Read this.\n\nAnd show it to `$BUDDY`.\nDoes $BOSS know?'],
    ['run', 'Greet $BUDDY?'],
  ]);
  // What is linked may call something else so.
  const within = { within: 'link' } as unknown as object;
  expect(plan.items.map((item) => textForPeople({ ...item, ...within }, undefined))).toEqual(['', '', '']);
});
