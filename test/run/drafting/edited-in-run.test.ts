// Tests which commands that were changed in a run become steps, and why the others do not.
import { expect, test } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import { editedInRun } from '../../../src/run/drafting/edited-in-run.ts';
import type { RecordedEvent, RunEvent } from '../../../src/run/event.ts';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { decodeSource } from '../../../src/text/source-file.ts';
import { ada, emptyResult } from '../scenario.ts';

const page = `# Mend

## Steps

### On a heading {host=web1}

\`\`\`sh {name=on-heading}
one
\`\`\`

### One by one

1. Look:

   ~~~~bash {name=listed user=root timeout=5s}
   two
   ~~~~

2. Then:

   \`\`\`python {name=other}
   three
   \`\`\`

3. The file:

   \`\`\`ini {file=a.ini name=file}
   a = 1
   \`\`\`

#### Rollback

\`\`\`sh {name=back}
four
\`\`\`

### Never again

\`\`\`sh {name=failing}
five
\`\`\`

\`\`\`sh {name=as-it-was}
six
\`\`\`
`;

test('a command is one where it passed as it was changed last, and where it would do the same on its own', () => {
  const { runbook } = parseRunbook(decodeSource('mend.md', new TextEncoder().encode(page)).source);
  const { plan } = compilePlan(runbook);
  const edit = (name: string, code: string): RunEvent => ({
    type: 'CommandEdited',
    address: address(name),
    code,
    by: ada,
  });
  const pass = (name: string): RunEvent => ({
    type: 'BlockPassed',
    address: address(name),
    attempt: 1,
    result: emptyResult,
  });
  const names = ['other', 'listed', 'on-heading', 'file', 'back'];
  const told: readonly RunEvent[] = [
    edit('listed', 'first try\n'),
    pass('listed'),
    ...names.flatMap((name) => [edit(name, `better ${name}\n`), pass(name)]),
    pass('failing'),
    edit('failing', 'never passed\n'),
    edit('as-it-was', 'something\n'),
    edit('as-it-was', 'six\n'),
    pass('as-it-was'),
  ];
  const events = told.map(
    (event, index): RecordedEvent => ({
      seq: index + 1,
      at: `2026-01-01T00:00:${String(index).padStart(2, '0')}.000Z`,
      event,
    }),
  );
  const { edited, leftOut } = editedInRun(events, plan, page);
  expect(edited.map(({ line, info, code }) => [line, info, code])).toEqual([
    [21, 'python {name=other}', 'better other\n'],
    [15, 'bash {name=listed user=root timeout=5s}', 'better listed\n'],
  ]);
  expect(leftOut).toEqual([
    {
      code: 'better on-heading\n',
      why: 'changed at `on-heading`: what stands above its block says on which hosts it runs',
    },
    { code: 'better file\n', why: 'changed at `file`: it is the text of a file' },
    { code: 'better back\n', why: 'changed at `back`: it is an undo, which belongs below its step' },
    { code: 'never passed\n', why: 'changed at `failing`: it did not pass as it was changed' },
  ]);
});
