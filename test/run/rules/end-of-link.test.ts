import { describe, expect, it, test } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import { expandLinks } from '../../../src/run/links/expand-links.ts';
import type { RunOptions } from '../../../src/run/run-options.ts';
import { parse } from '../../runbook/runbook-of.ts';
import { ada, Scenario, type Script } from '../scenario.ts';

const block = (name: string): string => `\`\`\`sh {name=${name}}\ntouch ${name}\n\`\`\`\n`;

/** A page that is a step of another one; in it one block works, another one changes something, and both are undone. */
const child = (heading: string): string =>
  `# Child\n\n## Requirements\n\n${block('ready')}\n## Steps\n\n### Work\n\n${block('work')}\n#### Rollback\n\n${block('unwork')}\n### Flaky${heading}\n\n${block('flaky')}\n## Validation\n\n${block('check')}\n## Rollback\n\n${block('restore')}`;

function run(
  mode: 'guided' | 'unattended',
  {
    heading = '',
    script = {},
    options = {},
  }: { heading?: string; script?: Script; options?: Partial<RunOptions> },
): Scenario {
  const { runbook } = parse(`# Parent\n\n## Steps\n\n### [Drain](child.md)\n\n### Next\n\n${block('next')}`);
  const load = () => ({ ...parse(child(heading)), digest: '0' });
  return new Scenario(expandLinks(runbook, load).plan, script).start(mode, options);
}

const undone = (one: Scenario): readonly string[] =>
  one.trail().filter((event) => /^(?:BlockPassed|BlockSkipped) drain\/(?:unwork|restore)/.test(event));

const all = ['BlockPassed drain/unwork', 'BlockPassed drain/restore'];

describe('a linked page that ended badly and was gone on from is undone', () => {
  const fails = { exits: { 'drain/flaky': [1] } };
  test.each<[string, Parameters<typeof run>[1]]>([
    ['by the word of its step', { heading: ' {on-failure=continue}', script: fails }],
    ['by the word of the run', { options: { onFailure: 'continue' }, script: fails }],
    [
      'after its validation has failed',
      { options: { onFailure: 'continue' }, script: { exits: { 'drain/check': [1] } } },
    ],
  ])('%s', (_, how) => {
    const one = run('unattended', how);
    one.drive();
    expect(one.trail().at(-1)).toBe('RunEnded failed');
    one.record({ type: 'RunResumed', by: ada, mode: 'unattended', runbookDigest: '1' });
    expect(one.send({ type: 'RequestRollback', by: ada })).toBe('taken');
    one.drive();
    expect(undone(one)).toEqual(all);
    expect(one.trail().at(-1)).toBe('RunEnded rolled-back');
  });

  it('where a later step fails and rolls back', () => {
    const exits = { ...fails.exits, next: [1] };
    const one = run('unattended', {
      heading: ' {on-failure=continue}',
      script: { exits },
      options: { onFailure: 'rollback' },
    });
    one.drive();
    expect(undone(one)).toEqual(all);
    expect(one.trail().at(-1)).toBe('RunEnded rolled-back');
  });

  it('in a guided run', () => {
    const one = run('guided', { heading: ' {on-failure=continue}', script: fails });
    one.record({ type: 'AutoRunChosen', by: ada, until: 'end' });
    one.drive();
    expect(one.trail().at(-1)).toBe('RunEnded failed');
    one.record({ type: 'RunResumed', by: ada, mode: 'guided', runbookDigest: '1' });
    one.send({ type: 'RequestRollback', by: ada });
    one.send({ type: 'StartRollback', excluded: [], by: ada });
    one.record({ type: 'AutoRunChosen', by: ada, until: 'end' });
    one.drive();
    expect(undone(one)).toEqual(all);
  });
});

it('a linked page that was skipped has nothing to undo', () => {
  const one = run('guided', {});
  one.drive();
  const skipped = { type: 'SkipItem', address: address('drain'), note: 'drained', by: ada } as const;
  expect(one.send(skipped)).toBe('taken');
  one.drive();
  one.record({ type: 'AutoRunChosen', by: ada, until: 'end' });
  one.drive();
  one.record({ type: 'RunResumed', by: ada, mode: 'guided', runbookDigest: '1' });
  expect(one.send({ type: 'RequestRollback', by: ada })).toBe('nothing-to-roll-back');
});
