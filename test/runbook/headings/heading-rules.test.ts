import { describe, expect, test } from 'vitest';
import { ofText } from '../regions/result-laws.ts';
import { sectionsOf } from '../runbook-of.ts';

const block = '```sh\ntrue\n```\n';
const page = (...headings: readonly string[]): string =>
  headings.map((heading) => `${heading}\n\n${heading.startsWith('# ') ? '' : block}`).join('\n');
const read = (...headings: readonly string[]) => sectionsOf(ofText(page(...headings)));

describe('what a heading means in its place', () => {
  test('a check is a validation behind work, and a step before it', () => {
    expect(read('# Move', '## Verify the pods', '## Deploy', '## Check the pods')).toEqual([
      '## Check the pods: validation by "check …"',
    ]);
  });

  test('what only makes ready for work is none', () => {
    expect(read('# Move', '## Connect to the cluster', '## Check the nodes', '## Drain')).toEqual([]);
  });

  test('a check in a diagnosis is part of it', () => {
    expect(read('# Slow', '## Restart', '## Diagnosis', '### Check the logs')).toEqual([
      '## Diagnosis: diagnosis by "diagnosis"',
    ]);
  });

  test('a check on the way stays there, one at the end of a step validates it', () => {
    const onTheWay = page('## Step 1: Move', '### Verify the copy', '### Switch', '## Step 2: End');
    expect(sectionsOf(ofText(onTheWay))).toEqual([]);
    const atTheEnd = page('## Step 1: Move', '### Switch', '### Verify the copy', '## Step 2: End');
    expect(sectionsOf(ofText(atTheEnd))).toEqual([
      '### Verify the copy: validation by "verify …" of step-1-move',
    ]);
  });

  test('a validation behind other steps stays in its place', () => {
    const { steps } = ofText(page('# Move', '## Work', '### Copy', '### Verification'));
    expect(steps.map(({ section, name, validation }) => [section, name, validation.length])).toEqual([
      ['steps', 'work', 0],
      ['steps', 'copy', 0],
      ['validation', 'verification', 0],
    ]);
  });

  test.each([
    ['## Prerequisites', '### Roll back the tool'],
    ['## Validation', '### Roll back'],
    ['## Clean up', '### Undo'],
    ['## Notes', '### Roll back'],
    ['## Diagnosis', '### Revert the change'],
  ])('below %s, %s opens a rollback', (section, heading) => {
    expect(read('# Move', '## Do', section, heading).at(-1)).toContain('rollback by');
  });

  test.each([
    [['# Undo', '## Steps', '### One', '#### Rollback'], '#### Rollback: rollback by "rollback" of one'],
    [['# Undo', '## One', '### Rollback'], '### Rollback: rollback by "rollback" of one'],
    [['# Undo', '## Steps', '### One', '## Rollback'], '## Rollback: rollback by "rollback"'],
  ])('on a page about going back, %j goes back from its steps', (headings, expected) => {
    expect(read(...headings).at(-1)).toBe(expected);
  });

  test('a page about going back does so in its steps', () => {
    const { sections, steps } = ofText(page('# Roll back a release', '## Roll back the database'));
    expect(sections).toEqual([]);
    expect(steps.map(({ section, name }) => [section, name])).toEqual([['steps', 'roll-back-the-database']]);
  });

  test('where a page only backs up, restoring goes back', () => {
    expect(read('# Backups', '## Back up', '## Restore the data')).toEqual([
      '## Restore the data: rollback by "restore …"',
    ]);
    expect(read('# Backup and restore', '## Back up', '## Restore the data')).toEqual([]);
  });

  test('prose of an undo that stands outside of its step leads to no other step', () => {
    const text = `# Move\n\n## Copy\n\n${block}\n### Roll back\n\n${block}\nThat is all of it.\n\n## Switch\n\n${block}`;
    expect(ofText(text).steps.map(({ name, leadIn }) => [name, leadIn])).toEqual([
      ['copy', undefined],
      ['switch', undefined],
    ]);
  });
});
