// Tests one run through the hands of three accounts: one starts it, one takes it over, one approves; and its record.
import { appendFileSync, chmodSync, chownSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Account, makeAccounts, mayBeOthers } from './accounts.ts';
import { Rig } from './rig.ts';
import { runsOf } from './told-story.ts';

const page = `---
approvals: { dba: { people: [rs-ada, rs-grace, rs-linus], timeout: 1h, on-timeout: deny } }
inputs: { POOL: { default: main } }
---

# Exhausted pool

## Diagnosis

\`\`\`sh {name=look}
echo "98 of 100 connections of $POOL"
\`\`\`

## Steps

### Drop the idle ones

They hold the pool, and nobody waits for them.

\`\`\`sh {name=drop approve=dba risk=destructive}
echo "dropped in $POOL" >> log
\`\`\`

#### Rollback

\`\`\`sh
true
\`\`\`

## Validation

\`\`\`sh {name=free}
test -s log
\`\`\`
`;

/** What the record says of people and gates, without what differs from run to run. */
async function recordOf(rig: Rig, run: string): Promise<unknown[]> {
  const { stdout } = await rig.run(['show', run, '--json']);
  const digests = new Map<string, string>();
  /** The same digest has the same letter everywhere. */
  const letter = (digest: string): string => {
    const known = digests.get(digest) ?? `DIGEST-${'ABCDEFGHIJ'[digests.size]}`;
    digests.set(digest, known);
    return known;
  };
  const told = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).event)
    .filter(({ type }) => /^(?:RunStarted|RunResumed|RunPaused|RunEnded|Block|Answer|Approval)/.test(type))
    .map(({ type, address, answer, by, message, changed, of, expiresAt, comment, reason }) => ({
      type,
      ...{ address, answer, by, message, changed, of, comment, reason },
      ...(expiresAt && { expiresAt: 'LATER' }),
    }));
  const text = JSON.stringify(told)
    .replaceAll(run, 'RUN')
    .replaceAll(hostname(), 'HOST')
    .replace(/\b[0-9a-f]{12}\b/g, letter);
  return JSON.parse(text);
}

// Who is not root cannot be somebody else.
it.skipIf(!mayBeOthers)(
  'a run that one starts, one takes over and one approves tells all of it',
  async () => {
    const { ada, grace, linus } = makeAccounts();
    const rig = await Rig.create();
    await rig.share(ada);
    chownSync(await rig.write('pool.md', page), ada.uid, ada.gid);
    const options = ['--yes', '--allow-destructive'];
    const started = await rig.run(['run', 'pool.md', ...options, '--no-wait', '--log', 'none'], { as: ada });
    expect(started.exitCode).toBe(5);
    const id = (await runsOf(rig))[0]?.id ?? '';
    const answers: unknown[] = [];
    const say = async (as: Account, ...args: readonly string[]): Promise<void> => {
      const { exitCode, stderr } = await rig.run(args, { as });
      answers.push([
        as.name,
        args[0],
        exitCode,
        stderr.replaceAll(id, 'RUN').replace(/`[0-9a-f]{12}`/, '`DIGEST`'),
      ]);
    };
    const digest = async (): Promise<string> =>
      /has the digest (\w+)/.exec((await rig.run(['approve', id], { as: linus })).stdout)?.[1] ?? '';

    // Who started it, also by a name that is not theirs.
    await say(ada, 'approve', id, '--of', await digest());
    const taken = rig.start(['resume', id, '--yes', '--allow-destructive'], { as: grace });
    await taken.waitFor('resumed by rs-grace');
    // Who took it over, and who had it before.
    await say(grace, 'approve', id, '--of', await digest());
    await say(ada, 'approve', id, '--of', await digest());
    // A file that says that it is somebody else's.
    const inbox = join(rig.stateFolder, 'runs', id, 'inbox');
    const forged = { type: 'GiveApproval', run: id, address: 'drop', of: await digest(), host: 'HOST' };
    writeFileSync(join(inbox, 'forged'), JSON.stringify({ ...forged, by: { user: 'rs-linus' } }));
    chownSync(join(inbox, 'forged'), grace.uid, grace.gid);
    chmodSync(join(inbox, 'forged'), 0o640);
    renameSync(join(inbox, 'forged'), join(inbox, '1.command.json'));
    await taken.waitFor(/refused.*refused.*refused/s);
    // What was looked at is not what waits.
    await say(linus, 'approve', id, '--of', '000000000000');
    // The page is another one by now.
    appendFileSync(rig.path('pool.md'), '\nCall the owner of the pool.\n');
    await say(linus, 'approve', id, '--of', await digest(), '--comment', 'go');
    await taken.waitFor('no longer holds');
    await say(linus, 'approve', id, '--of', await digest(), '--comment', 'now really');
    expect((await taken.ended).exitCode).toBe(0);
    await say(linus, 'deny', id);
    expect(await rig.file('log')).toBe('dropped in main\n');

    expect(answers).toEqual([
      ['rs-ada', 'approve', 2, 'error: `rs-ada` runs this step and cannot approve it\n'],
      ['rs-grace', 'approve', 2, 'error: `rs-grace` runs this step and cannot approve it\n'],
      [
        'rs-ada',
        'approve',
        2,
        'error: `rs-ada` has operated the run since this was asked for, and cannot approve it\n',
      ],
      [
        'rs-linus',
        'approve',
        2,
        'error: the answer is for another request; what `drop` waits for now is `DIGEST`\n',
      ],
      ['rs-linus', 'approve', 0, 'approved `drop` of run RUN\n'],
      ['rs-linus', 'approve', 0, 'approved `drop` of run RUN\n'],
      ['rs-linus', 'deny', 2, 'error: run `RUN` waits for no approval\n'],
    ]);

    const person = ({ name, uid }: Account) => ({ user: name, uid, host: 'HOST' });
    const drop = { address: 'drop' };
    const code = 'echo "dropped in $POOL" >> log';
    const values = { POOL: 'main' };
    const refused = (by: Account, message: string) => ({
      type: 'AnswerRefused',
      ...drop,
      answer: 'approve',
      by: person(by),
      message,
    });
    const asked = (by: Account, of: string) => ({
      type: 'ApprovalRequested',
      ...drop,
      by: person(by),
      of: { code, values, how: 'DIGEST-A', pages: { 'pool.md': of }, shells: 0 },
      expiresAt: 'LATER',
    });
    expect(await recordOf(rig, id)).toEqual([
      { type: 'RunStarted', by: person(ada) },
      { type: 'BlockStarted', address: 'look' },
      { type: 'BlockPassed', address: 'look' },
      asked(ada, 'DIGEST-B'),
      { type: 'RunPaused', message: '`drop` waits for approval', reason: 'approval' },
      refused(ada, '`rs-ada` runs this step and cannot approve it'),
      { type: 'RunResumed', by: person(grace) },
      refused(grace, '`rs-grace` runs this step and cannot approve it'),
      refused(ada, '`rs-ada` has operated the run since this was asked for, and cannot approve it'),
      refused(grace, '`rs-grace` runs this step and cannot approve it'),
      refused(linus, 'the answer is for another request; what `drop` waits for now is `DIGEST-C`'),
      { type: 'ApprovalGiven', ...drop, by: person(linus), of: 'DIGEST-C', comment: 'go' },
      { type: 'ApprovalChecked', ...drop, changed: ['the page `pool.md` has changed'] },
      asked(grace, 'DIGEST-D'),
      { type: 'ApprovalGiven', ...drop, by: person(linus), of: 'DIGEST-E', comment: 'now really' },
      { type: 'ApprovalChecked', ...drop, changed: [] },
      { type: 'BlockStarted', ...drop },
      { type: 'BlockPassed', ...drop },
      { type: 'BlockStarted', address: 'free' },
      { type: 'BlockPassed', address: 'free' },
      { type: 'RunEnded', message: 'every step that was to run has passed' },
    ]);
    expect(await rig.run(['verify', id])).toMatchObject({ exitCode: 0 });
  },
);
