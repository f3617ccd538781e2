// Tests gates that other people answer: real accounts that share a state folder, each by its own process.
import {
  appendFileSync,
  chmodSync,
  chownSync,
  linkSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { chown } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { address } from '../../src/basics/address.ts';
import { continueJournal } from '../../src/engine/journal/continue-journal.ts';
import { recoverJournal } from '../../src/engine/journal/recover-journal.ts';
import { type Account, makeAccounts, mayBeOthers } from './accounts.ts';
import { laterBy } from './fleet/moved-clock.ts';
import { Rig } from './rig.ts';
import { runsOf, storyOf } from './told-story.ts';

// Who is not root cannot be somebody else: these are run by continuous integration, which is.
describe.skipIf(!mayBeOthers)('an approval between accounts of a group', () => {
  let people: ReturnType<typeof makeAccounts>;
  beforeAll(() => {
    people = makeAccounts();
  });

  /** A page with one gated step, which says who let it through. */
  async function gated(attributes: string, frontMatter = '', code = 'echo switched >> log'): Promise<Rig> {
    const rig = await Rig.create();
    await rig.share(people.ada);
    const front = frontMatter === '' ? '' : `---\n${frontMatter}\n---\n\n`;
    const page = `${front}# Gate\n\n## Steps\n\n### Switch\n\nOff it goes.\n\n\`\`\`sh {${attributes}}\n${code}\n\`\`\`\n`;
    await chown(await rig.write('gate.md', page), people.ada.uid, people.ada.gid);
    return rig;
  }

  const log = (rig: Rig) => rig.file('log').catch(() => 'nothing');
  const idOf = async (rig: Rig) => (await runsOf(rig))[0]?.id ?? '';
  const noWait = ['--yes', '--no-wait'];
  const unwritten = [...noWait, '--log', 'none'];

  /** What is to be approved, as the page says that `approve` shows. */
  async function digestFor(rig: Rig, as: Account): Promise<string> {
    const { stdout } = await rig.run(['approve', await idOf(rig)], { as });
    return /has the digest ([0-9a-f]{12})\n$/.exec(stdout)?.[1] ?? `none in ${stdout}`;
  }

  /** Looks, then approves what was seen. */
  async function approve(rig: Rig, as: Account, ...more: readonly string[]) {
    const of = await digestFor(rig, as);
    return rig.run(['approve', await idOf(rig), '--of', of, ...more], { as });
  }

  const plain = async (rig: Rig, text: string) => text.replaceAll(await idOf(rig), 'RUN');

  it('waits for two others, takes each of them once and never the operator, and says who', async () => {
    const { ada, grace, linus } = people;
    const rig = await gated('approve=2');
    const run = rig.start(['run', 'gate.md', '--yes'], { as: ada });
    await run.waitFor('waits for 2 approvals');
    const answers = [];
    for (const as of [ada, grace, grace, linus]) {
      const { exitCode, stderr } = await approve(rig, as, '--comment', `says ${as.name}`);
      answers.push([as.name, exitCode, await plain(rig, stderr)]);
    }
    expect(answers).toEqual([
      ['rs-ada', 2, 'error: `rs-ada` runs this step and cannot approve it\n'],
      ['rs-grace', 0, 'approved `switch` of run RUN; it waits for 1 more approval\n'],
      ['rs-grace', 2, 'error: `rs-grace` has approved already\n'],
      ['rs-linus', 0, 'approved `switch` of run RUN\n'],
    ]);
    expect((await run.ended).exitCode).toBe(0);
    expect(await log(rig)).toBe('switched\n');
    const story = await storyOf(rig);
    expect(story.slice(2)).toEqual([
      '`switch` waits for 2 approvals',
      ...Array(2).fill('the approval of rs-ada was refused: `rs-ada` runs this step and cannot approve it'),
      '`switch` approved by rs-grace (says rs-grace)',
      ...Array(2).fill('the approval of rs-grace was refused: `rs-grace` has approved already'),
      '`switch` approved by rs-linus (says rs-linus)',
      '`switch` is what was approved',
      '`switch` started',
      '`switch` passed',
      'the run succeeded: every step that was to run has passed',
    ]);
    expect(await rig.file('gate.md')).toContain('says rs-linus');
  });

  it('shows what is approved, and takes nothing from who has not seen it', async () => {
    const { ada, grace } = people;
    const rig = await Rig.create();
    await rig.share(ada);
    await rig.write('token', 'c4nary\n');
    await rig.write(
      'gate.md',
      [
        '---\ninputs:\n  TARGET: { default: web1 }\n  TOKEN: { secret: { file: token } }',
        'approvals: { dba: { people: [rs-grace], timeout: 1h, on-timeout: deny } }\n---\n',
        '# Gate\n\n## Diagnosis\n\n```sh {name=look}\necho "$TARGET is slow"; exit 3\n```\n',
        '## Steps\n\n### Switch\n\nOff **it** goes.\n',
        '```sh {name=switch approve=dba risk=destructive}\necho "$TARGET $TOKEN"\n```\n',
        '#### Rollback\n\n```sh {name=back}\ntrue\n```\n',
      ].join('\n'),
    );
    const allowed = [...unwritten, '--allow-destructive'];
    expect((await rig.run(['run', 'gate.md', ...allowed], { as: ada })).exitCode).toBe(5);
    const shown = await rig.run(['approve', 'gate.md'], { as: grace });
    const [digest = ''] = /[0-9a-f]{12}(?=\n$)/.exec(shown.stdout) ?? [];
    const times = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC|\d\d:\d\d:\d\d|[\d.]+ min \d+ s|\d+ min|1 h/g;
    const same = (await plain(rig, shown.stdout)).replaceAll(digest, 'DIGEST').replace(/@[\w-]+/g, '');
    // Where its first sentence is broken depends on the name of this machine.
    const unbroken = same.replace(/^[\s\S]*?(?=\n`switch`)/, (head) => head.replaceAll('\n', ' '));
    expect(unbroken.replace(times, 'T').split('\n')).toEqual([
      'Run RUN of `Gate`, started by rs-ada at T, operated by rs-ada',
      '`switch` waits for 1 approval from rs-grace; T left, then denied',
      'asked for by rs-ada at T; until T, then denied',
      'risk: destructive',
      '',
      'Step 2 of 2  Switch ────────────────────────────────────────────────────── Steps',
      '',
      'Off **it** goes.',
      '',
      '    echo "$TARGET $TOKEN"',
      '',
      '  TARGET=web1',
      '  destructive · sh · needs approval from `dba` · undone by `back`',
      '',
      'With',
      '  TARGET=web1',
      '  TOKEN (a secret)',
      '',
      'Undo',
      '  its own: `back`',
      '',
      'So far',
      '  `look` exit 3',
      '      web1 is slow',
      '',
      'What is approved has the digest DIGEST',
      '',
    ]);
    expect([shown.exitCode, (await plain(rig, shown.stderr)).replaceAll(digest, 'DIGEST')]).toEqual([
      2,
      'error: there is no terminal to ask for the approval on\n  = help: `runsheet approve RUN switch --of DIGEST` approves exactly this\n',
    ]);
    const stale = await rig.run(['approve', 'gate.md', '--of', '000000000000'], { as: grace });
    expect([stale.exitCode, stale.stderr.replaceAll(digest, 'DIGEST')]).toEqual([
      2,
      'error: the answer is for another request; what `switch` waits for now is `DIGEST`\n',
    ]);
    expect(await rig.run(['approve', 'gate.md', '--of', digest], { as: grace })).toMatchObject({
      exitCode: 0,
    });
    expect(await rig.run(['resume', '--yes'], { as: ada })).toMatchObject({ exitCode: 0 });
  });

  it('asks on a terminal, and takes a no for no answer', async () => {
    const { ada } = people;
    const rig = await gated('approve=1', '', 'echo asked >> log');
    expect((await rig.run(['run', 'gate.md', ...unwritten], { as: ada })).exitCode).toBe(5);
    for (const [key, exitCode] of [
      ['n', 2],
      ['y', 0],
    ] as const) {
      const terminal = rig.terminal(['approve', 'gate.md']);
      await terminal.waitFor('Approve exactly this?');
      terminal.type(key);
      expect((await terminal.ended).exitCode).toBe(exitCode);
    }
    expect(await rig.run(['resume', '--yes'], { as: ada })).toMatchObject({ exitCode: 0 });
    expect((await storyOf(rig)).filter((line) => line.includes('approved by'))).toEqual([
      '`switch` approved by root',
    ]);
  });

  it('is denied by one of the people it names, and by nobody else', async () => {
    const { ada, grace, linus } = people;
    const rig = await gated('approve=dba', 'approvals: { dba: { people: [rs-grace] } }');
    const run = rig.start(['run', 'gate.md', '--yes'], { as: ada });
    await run.waitFor('waits for 1 approval');
    const id = await idOf(rig);
    const stranger = await rig.run(['deny', id], { as: linus });
    expect([stranger.exitCode, stranger.stderr]).toEqual([
      2,
      'error: `rs-linus` is not asked here; `dba` is `rs-grace`\n',
    ]);
    const denied = await rig.run(['deny', id, 'switch', '--comment', 'not on a Friday'], { as: grace });
    expect(denied.exitCode).toBe(0);
    expect((await run.ended).exitCode).toBe(1);
    expect(await log(rig)).toBe('nothing');
    expect((await storyOf(rig)).slice(2)).toEqual([
      '`switch` waits for 1 approval from rs-grace',
      'the denial of rs-linus was refused: `rs-linus` is not asked here; `dba` is `rs-grace`',
      '`switch` denied by rs-grace (not on a Friday)',
      'stop, without being asked',
      'the run failed: `switch` failed',
    ]);
  });

  it('goes by whose the file is, and by nothing that it or the environment says', async () => {
    const { ada, grace, linus } = people;
    const rig = await gated('approve=dba', 'approvals: { dba: { people: [rs-grace] } }');
    const run = rig.start(['run', 'gate.md', '--yes'], { as: ada });
    await run.waitFor('waits for 1 approval');
    const id = await idOf(rig);
    const of = await digestFor(rig, grace);
    const env = { RUNSHEET_USER: 'rs-grace', USER: 'rs-grace', LOGNAME: 'rs-grace' };
    for (const as of [ada, linus])
      expect(await rig.run(['approve', id, '--of', of], { as, env })).toMatchObject({ exitCode: 2 });
    const inbox = join(rig.stateFolder, 'runs', id, 'inbox');
    const good = { type: 'GiveApproval', run: id, address: 'switch', of, host: 'bastion' };
    const by = { user: 'rs-grace', uid: grace.uid, host: 'bastion' };
    /** A file, seen by nobody before it has its owner and its mode. */
    const leave = (name: string, value: object, { uid }: Account, mode = 0o640): void => {
      const draft = join(inbox, `${name}.part`);
      writeFileSync(draft, JSON.stringify(value));
      chownSync(draft, uid, ada.gid);
      chmodSync(draft, mode);
    };
    const post = async (name: string): Promise<void> => {
      await rig.exec('mv', [join(inbox, `${name}.part`), join(inbox, `${name}.command.json`)]);
    };
    leave('1', { ...good, by }, linus);
    leave('2', { ...good, by }, grace, 0o660);
    leave('own', good, grace);
    linkSync(join(inbox, 'own.part'), join(inbox, '3.part'));
    symlinkSync(join(inbox, 'own.part'), join(inbox, '4.part'));
    leave('5', { ...good, run: '20260101-000000-abcd' }, grace);
    for (const [index, name] of ['1', '2', '3', '4', '5'].entries()) {
      await post(name);
      // Two were refused before.
      await run.waitFor(new RegExp(`(?:was refused[^]*){${index + 3}}`));
    }
    await rig.run(['deny', id], { as: grace });
    await run.ended;
    expect((await storyOf(rig)).slice(3, -3)).toEqual([
      'the approval of rs-ada was refused: `rs-ada` runs this step and cannot approve it',
      'the approval of rs-linus was refused: `rs-linus` is not asked here; `dba` is `rs-grace`',
      'the approval of rs-linus@bastion was refused: `rs-linus` is not asked here; `dba` is `rs-grace`',
      'the answer was refused: `2.command.json` can be written by others than its owner: it is not known who wrote it',
      'the answer was refused: `3.command.json` has a second name, such as a hard link made by somebody else: it is not known who wrote it',
      'the answer of root was refused: `4.command.json` is a symbolic link: it is not known who wrote it',
      'the answer of rs-grace was refused: `5.command.json` is not an answer to this run',
    ]);
    expect(readdirSync(inbox).filter((name) => name.endsWith('.command.json'))).toEqual([]);
  });

  it('is never that of who took the run over, and is void when who gave it does', async () => {
    const { ada, grace, linus } = people;
    const rig = await gated('approve=1');
    expect((await rig.run(['run', 'gate.md', ...unwritten], { as: ada })).exitCode).toBe(5);
    const run = rig.start(['resume', '--yes'], { as: grace });
    await run.waitFor('waits for 1 approval');
    const own = await approve(rig, grace);
    expect([own.exitCode, own.stderr]).toEqual([
      2,
      'error: `rs-grace` runs this step and cannot approve it\n',
    ]);
    const before = await approve(rig, ada);
    expect([before.exitCode, before.stderr]).toEqual([
      2,
      'error: `rs-ada` has operated the run since this was asked for, and cannot approve it\n',
    ]);
    run.kill('SIGTERM');
    expect((await run.ended).exitCode).toBe(5);
    expect(await approve(rig, linus)).toMatchObject({ exitCode: 0 });
    // Whoever has approved it may not run it.
    expect(await rig.run(['resume', ...noWait], { as: linus })).toMatchObject({ exitCode: 5 });
    expect(await log(rig)).toBe('nothing');
    expect((await storyOf(rig)).slice(-4)).toEqual([
      'resumed by rs-linus',
      'the approval of `switch` no longer holds: `rs-linus`, who had approved, has taken the run over',
      '`switch` waits for 1 approval',
      'paused at `switch`: `switch` waits for approval',
    ]);
    expect(await approve(rig, grace)).toMatchObject({ exitCode: 0 });
    expect(await rig.run(['resume', ...noWait], { as: linus })).toMatchObject({ exitCode: 0 });
  });

  it('is void when the page is edited after it was given, and is asked for with the page as it is then', async () => {
    const { ada, grace } = people;
    const rig = await gated('approve=1');
    expect((await rig.run(['run', 'gate.md', ...unwritten], { as: ada })).exitCode).toBe(5);
    const before = await digestFor(rig, grace);
    expect(await rig.run(['approve', 'gate.md', '--of', before], { as: grace })).toMatchObject({
      exitCode: 0,
    });
    appendFileSync(rig.path('gate.md'), '\nMore words.\n');
    expect(await rig.run(['resume', ...noWait], { as: ada })).toMatchObject({ exitCode: 5 });
    expect(await log(rig)).toBe('nothing');
    const stale = await rig.run(['approve', 'gate.md', '--of', before], { as: grace });
    expect(stale.exitCode).toBe(2);
    expect(await approve(rig, grace)).toMatchObject({ exitCode: 0 });
    expect(await rig.run(['resume', ...noWait], { as: ada })).toMatchObject({ exitCode: 0 });
    expect((await storyOf(rig)).filter((line) => /approv|changed/.test(line))).toEqual([
      '`switch` waits for 1 approval',
      'paused at `switch`: `switch` waits for approval',
      '`switch` approved by rs-grace',
      'the runbook has changed: its prose only',
      'the approval of `switch` no longer holds: the page `gate.md` has changed',
      '`switch` waits for 1 approval',
      'paused at `switch`: `switch` waits for approval',
      expect.stringMatching(/^the approval of rs-grace was refused: the answer is for another request; /),
      '`switch` approved by rs-grace',
      '`switch` is what was approved',
    ]);
  });

  it('is void when the new text of its block, or a linked page, is taken', async () => {
    const { ada, grace } = people;
    const rig = await gated('approve=1');
    await rig.write('linked.md', '# Linked\n\n## Steps\n\n```sh {name=in}\necho in >> log\n```\n');
    appendFileSync(rig.path('gate.md'), '\n### [Linked](linked.md) {name=link approve=1}\n');
    expect((await rig.run(['run', 'gate.md', ...unwritten], { as: ada })).exitCode).toBe(5);
    expect(await approve(rig, grace)).toMatchObject({ exitCode: 0 });
    await rig.write('gate.md', (await rig.file('gate.md')).replace('echo switched', 'echo other'));
    expect(await rig.run(['resume', ...noWait, '--changed', 'take'], { as: ada })).toMatchObject({
      exitCode: 5,
    });
    expect(await log(rig)).toBe('nothing');
    expect(await approve(rig, grace)).toMatchObject({ exitCode: 0 });
    expect(await rig.run(['resume', ...noWait], { as: ada })).toMatchObject({ exitCode: 5 });
    expect(await log(rig)).toBe('other\n');
    expect(await approve(rig, grace)).toMatchObject({ exitCode: 0 });
    await rig.write('linked.md', '# Linked\n\n## Steps\n\n```sh {name=in}\necho changed >> log\n```\n');
    expect(await rig.run(['resume', ...noWait, '--changed', 'keep'], { as: ada })).toMatchObject({
      exitCode: 5,
    });
    expect(await log(rig)).toBe('other\n');
    expect((await storyOf(rig)).filter((line) => line.includes('no longer holds'))).toEqual([
      'the approval of `switch` no longer holds: its code has changed',
      'the approval of `link` no longer holds: the page `linked.md` has changed',
    ]);
  });

  it('comes too late while the run rests, is recorded, and the step has failed', async () => {
    const { ada, grace } = people;
    const rig = await gated(
      'approve=g',
      'approvals: { g: { people: [rs-grace], timeout: 1h, on-timeout: deny } }',
    );
    expect((await rig.run(['run', 'gate.md', ...unwritten], { as: ada })).exitCode).toBe(5);
    const of = await digestFor(rig, grace);
    const env = laterBy(2 * 3_600_000, rig.path());
    const late = await rig.run(['approve', 'gate.md', '--of', of], { as: grace, env });
    expect([late.exitCode, late.stderr.replace(/at \S+Z/, 'at T')]).toEqual([
      2,
      'error: the time to answer `switch` was over at T\n',
    ]);
    expect(await rig.run(['resume', ...noWait], { as: ada, env })).toMatchObject({ exitCode: 1 });
    expect((await storyOf(rig)).slice(3).map((line) => line.replace(/at \S+Z/, 'at T'))).toEqual([
      'paused at `switch`: `switch` waits for approval',
      'nobody answered for `switch` in time: denied',
      'the approval of rs-grace was refused: the time to answer `switch` was over at T',
      'resumed by rs-ada',
      'stop, without being asked',
      'the run failed: `switch` failed',
    ]);
    expect(await log(rig)).toBe('nothing');
  });

  it('is not shown, and cannot be given, where the folder of the run holds another plan than was asked for', async () => {
    const { ada, grace } = people;
    const rig = await gated('approve=1');
    expect((await rig.run(['run', 'gate.md', ...unwritten], { as: ada })).exitCode).toBe(5);
    const plan = join(rig.stateFolder, 'runs', await idOf(rig), 'plan.json');
    writeFileSync(plan, readFileSync(plan, 'utf8').replace('echo switched', 'echo nothing'));
    const shown = await rig.run(['approve', 'gate.md'], { as: grace });
    expect([shown.exitCode, shown.stdout, await plain(rig, shown.stderr)]).toEqual([
      1,
      '',
      'error: run `RUN`: `plan.json` is not the plan that the run was started with\n  = help: `runsheet verify RUN` says what else is not as it was recorded\n',
    ]);
  });

  it('is void where the journal tells of it and no file of who gave it is kept', async () => {
    const { ada, grace } = people;
    const rig = await gated('approve=1');
    expect((await rig.run(['run', 'gate.md', ...unwritten], { as: ada })).exitCode).toBe(5);
    const of = await digestFor(rig, grace);
    const path = join(rig.stateFolder, 'runs', await idOf(rig), 'journal.ndjson');
    const journal = continueJournal(path, recoverJournal(path).end, { now: () => new Date() });
    const by = { user: 'rs-grace', uid: grace.uid, host: 'desk' };
    journal.append([{ type: 'ApprovalGiven', address: address('switch'), by, of, file: '1.command.json' }]);
    journal.close();
    expect(await rig.run(['verify'])).toMatchObject({ exitCode: 0 });
    expect(await rig.run(['resume', ...noWait], { as: ada })).toMatchObject({ exitCode: 5 });
    expect(await log(rig)).toBe('nothing');
    expect((await storyOf(rig)).slice(-3)).toEqual([
      'the approval of `switch` no longer holds: no answer of `rs-grace` is kept',
      '`switch` waits for 1 approval',
      'paused at `switch`: `switch` waits for approval',
    ]);
  });

  it('that is denied while the run rests is told as a failure by who denies it, and not again when it is taken up', async () => {
    const { ada, grace } = people;
    const rig = await gated('approve=1', 'notify: [{ on: [failure], to: ops }]');
    await rig.write('runsheet.yaml', 'channels: { ops: { command: [sh, -c, cat >> told] } }\n');
    expect((await rig.run(['run', 'gate.md', ...unwritten], { as: ada })).exitCode).toBe(5);
    expect(await rig.run(['deny', await idOf(rig)], { as: grace })).toMatchObject({ exitCode: 0 });
    const told = await rig.file('told');
    expect(JSON.parse(told)).toMatchObject({
      about: 'denial of switch',
      text: expect.stringMatching(/^Gate: `switch` denied by rs-grace@/),
    });
    expect(await rig.run(['resume', ...noWait], { as: ada })).toMatchObject({ exitCode: 1 });
    expect(await rig.file('told')).toBe(told);
  });

  it('fails when it was denied while it rested, and is asked for anew only when the failed run is taken up', async () => {
    const { ada, grace } = people;
    const rig = await gated('approve=rs-grace', 'approvals: { rs-grace: { people: [rs-grace] } }');
    expect((await rig.run(['run', 'gate.md', ...unwritten], { as: ada })).exitCode).toBe(5);
    const id = await idOf(rig);
    expect(await rig.run(['deny', id], { as: grace })).toMatchObject({ exitCode: 0 });
    expect(await rig.run(['resume', ...noWait], { as: ada })).toMatchObject({ exitCode: 1 });
    expect(await rig.run(['resume', id, ...noWait], { as: ada })).toMatchObject({ exitCode: 5 });
    expect(await approve(rig, grace)).toMatchObject({ exitCode: 0 });
    expect(await rig.run(['resume', ...noWait], { as: ada })).toMatchObject({ exitCode: 0 });
    expect((await storyOf(rig)).slice(3)).toEqual([
      'paused at `switch`: `switch` waits for approval',
      '`switch` denied by rs-grace',
      'resumed by rs-ada',
      'stop, without being asked',
      'the run failed: `switch` failed',
      'resumed by rs-ada',
      'run again, decided by rs-ada',
      '`switch` waits for 1 approval from rs-grace',
      'paused at `switch`: `switch` waits for approval',
      '`switch` approved by rs-grace',
      'resumed by rs-ada',
      '`switch` is what was approved',
      '`switch` started',
      '`switch` passed',
      'the run succeeded: every step that was to run has passed',
    ]);
  });
});

describe('a gate that nobody answers in time', () => {
  async function gated(onTimeout: string, attributes = ''): Promise<Rig> {
    const rig = await Rig.create();
    await rig.write(
      'gate.md',
      `---\napprovals: { dba: { people: [rs-grace], timeout: 1s, on-timeout: ${onTimeout} } }\n---\n\n# Gate\n\n## Steps\n\n\`\`\`sh {name=switch approve=dba ${attributes}}\necho switched >> log\n\`\`\`\n`,
    );
    return rig;
  }
  const passes = [
    '`switch` is what was approved',
    '`switch` started',
    '`switch` passed',
    'the run succeeded: every step that was to run has passed',
  ];
  const fails = ['stop, without being asked', 'the run failed: `switch` failed'];

  it.each([
    ['deny', '', 1, ['denied', ...fails]],
    ['approve', '', 0, ['approved', ...passes]],
    ['approve', 'risk=destructive', 1, ['denied', ...fails]],
  ])(
    'ends as it says: %s, but no clock approves what destroys %s',
    async (action, attributes, exit, [first, ...rest]) => {
      const rig = await gated(action, attributes);
      const run = await rig.run(['run', 'gate.md', '--yes', '--allow-destructive']);
      expect(run.exitCode).toBe(exit);
      expect(await rig.file('log').catch(() => 'nothing')).toBe(exit === 0 ? 'switched\n' : 'nothing');
      expect((await storyOf(rig)).slice(3)).toEqual([
        `nobody answered for \`switch\` in time: ${first}`,
        ...rest,
      ]);
    },
  );
});
