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

### Read

Read this.

And show it to \`$BUDDY\`.

### Run

\`\`\`sh
echo "$BUDDY"
\`\`\`
`;

test('what a person does is the whole text of a checklist or an instruction, and code is none of it', () => {
  const { runbook } = parseRunbook(decodeSource('a.md', Buffer.from(page)).source);
  const { plan } = compilePlan(runbook);
  const places = indexItems(runbook, plan);
  const texts = plan.items.map((item) => [item.address, textForPeople(item, places.get(item.address))]);
  expect(texts).toEqual([
    ['meet-people', 'Coffee with $BUDDY\nLunch'],
    ['read', 'Read this.\n\nAnd show it to `$BUDDY`.'],
    ['run', ''],
  ]);
  // What is linked may call something else so.
  const within = { within: 'link' } as unknown as object;
  expect(plan.items.map((item) => textForPeople({ ...item, ...within }, undefined))).toEqual(['', '', '']);
});
