import {
  chmodSync,
  chownSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isKeptAnswer } from '../../../src/engine/inbox/is-kept-answer.ts';
import type { PostedCommand } from '../../../src/engine/inbox/posted-command.ts';
import {
  type InboxOwner,
  openInbox,
  postCommand,
  type RemoteCommand,
  takeAll,
} from '../../../src/engine/inbox/remote-command.ts';
import type { RunEvent } from '../../../src/run/event.ts';

const now = '2026-01-01T00:00:00.000Z';
const me = { user: userInfo().username, uid: process.geteuid?.(), host: 'laptop' };

describe('command inbox', () => {
  let folder: string;
  let taken: RemoteCommand[];
  let recorded: RunEvent[];
  let unreachable: string[];
  let owner: InboxOwner;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runsheet-inbox-'));
    taken = [];
    recorded = [];
    unreachable = [];
    owner = {
      take: (command) => {
        taken.push(command);
        return taken.length === 1 ? undefined : { code: 'answered-already', message: 'twice' };
      },
      record: (event) => recorded.push(event),
      now: () => new Date(now),
      tellUnreachable: (why) => unreachable.push(why),
    };
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const approve: PostedCommand = {
    type: 'GiveApproval',
    address: 'deploy',
    of: '0123456789ab',
    comment: 'looks right',
    host: 'laptop',
  };
  const file = (name: string): string => join(folder, 'inbox', name);
  const write = (name: string, value: unknown, mode = 0o600): void => {
    writeFileSync(file(name), typeof value === 'string' ? value : JSON.stringify(value), { mode });
    chmodSync(file(name), mode);
  };
  const run = (): string => folder.slice(folder.lastIndexOf('/') + 1);

  it('hands a posted command to the run as that of the account that owns its file, and brings the answer back', async () => {
    const close = openInbox(folder, owner);
    expect(await postCommand(folder, approve).answer()).toBe('taken');
    expect(await postCommand(folder, { type: 'PauseRun', host: 'laptop' }).answer()).toEqual({
      code: 'answered-already',
      message: 'twice',
    });
    await close();
    const { host: _host, ...said } = approve;
    expect(taken).toEqual([
      { ...said, by: me, at: now, file: expect.stringMatching(/^\d+-[0-9a-f]{12}\.command\.json$/) },
      { type: 'PauseRun', reason: 'operator', by: me },
    ]);
    expect(readdirSync(join(folder, 'inbox'))).toEqual([]);
  });

  it('keeps an answer that was taken, as the file of who gave it', async () => {
    const posted = postCommand(folder, approve);
    await takeAll(folder, owner);
    expect(await posted.answer()).toBe('taken');
    const [first] = taken;
    const { file = '', of = '' } = first?.type === 'GiveApproval' ? first : {};
    const by = { ...me, uid: me.uid ?? 0 };
    const kept = (more: object): boolean => isKeptAnswer(folder, 'deploy', { by, of, file, ...more });
    expect(kept({})).toBe(true);
    expect(isKeptAnswer(folder, 'another', { by, of, file })).toBe(false);
    expect([
      kept({ of: '000000000000' }),
      kept({ by: { ...by, uid: 4242 } }),
      kept({ file: 'none.command.json' }),
      kept({ file: `../answers/${file}` }),
      kept({ file: undefined }),
    ]).toEqual([false, false, false, false, false]);
    chmodSync(join(folder, 'answers', file), 0o666);
    expect(kept({})).toBe(false);
    // One that was not taken is not kept.
    const refused = postCommand(folder, approve);
    await takeAll(folder, owner);
    expect(await refused.answer()).toMatchObject({ code: 'answered-already' });
    expect(readdirSync(join(folder, 'answers'))).toEqual([file]);
  });

  it('says once why it cannot be reached, and is tried until it can', async () => {
    writeFileSync(join(folder, 'inbox'), 'in the way');
    const close = openInbox(folder, owner);
    expect(unreachable).toEqual([`\`${join(folder, 'inbox')}\` is not safe: it is not a folder`]);
    rmSync(join(folder, 'inbox'));
    const answer = await postCommand(folder, approve).answer();
    await close();
    expect(answer).toBe('taken');
    expect(unreachable).toHaveLength(1);
  });

  it('takes the command back when nobody answers', async () => {
    expect(await postCommand(folder, approve).answer(50)).toBe('unreachable');
    expect(readdirSync(join(folder, 'inbox'))).toEqual([]);
  });

  it('takes an end and a note from the account of the run alone', async () => {
    const sent = { run: run(), host: 'laptop' };
    postCommand(folder, approve).withdraw();
    write('1.command.json', { type: 'StopRun', reason: 'what started it is over', ...sent });
    write('2.command.json', { type: 'AddNote', text: 'what started it is over', ...sent });
    write('3.command.json', { type: 'AddNote', text: 'x'.repeat(2_001), ...sent });
    write('4.command.json', { type: 'StopRun', reason: '', ...sent });
    write('5.command.json', { type: 'AddNote', text: 'goes on', goesOn: true, ...sent });
    write('6.command.json', { type: 'PauseRun', drained: true, ...sent });
    write('7.command.json', { type: 'StopRun', reason: 'it is over', atRest: true, ...sent });
    await takeAll(folder, owner);
    expect(taken).toEqual([
      { type: 'StopRun', reason: 'what started it is over', by: me },
      { type: 'AddNote', text: 'what started it is over', by: me },
      { type: 'AddNote', text: 'goes on', goesOn: true, by: me },
      { type: 'PauseRun', reason: 'drained', by: me },
      { type: 'StopRun', reason: 'it is over', atRest: true, by: me },
    ]);
    const by = { ...me, host: '' };
    expect(recorded).toEqual(
      ['3', '4'].map((name) => ({
        type: 'AnswerRefused',
        by,
        message: `\`${name}.command.json\` is not an answer to this run`,
      })),
    );
  });

  it.skipIf(process.geteuid?.() !== 0)('takes neither from another account', async () => {
    postCommand(folder, approve).withdraw();
    for (const [name, said] of [
      ['1', { type: 'StopRun' }],
      ['2', { type: 'AddNote', text: 'x' }],
    ] as const) {
      write(`${name}.command.json`, { ...said, run: run(), host: 'laptop' });
      chownSync(file(`${name}.command.json`), 1, 1);
    }
    // Anybody may pause it; that a server of this account ends is not for them to say.
    write('3.command.json', { type: 'PauseRun', drained: true, run: run(), host: 'laptop' });
    chownSync(file('3.command.json'), 1, 1);
    await takeAll(folder, owner);
    expect(taken).toEqual([
      { type: 'PauseRun', reason: 'operator', by: { user: 'daemon', uid: 1, host: 'laptop' } },
    ]);
    const message = '`daemon` may neither stop the run nor write into its record';
    const by = { user: 'daemon', uid: 1, host: 'laptop' };
    expect(recorded).toEqual([1, 2].map(() => ({ type: 'AnswerRefused', by, message })));
  });

  it('does not take what is no command from outside, or is for another run', async () => {
    postCommand(folder, approve).withdraw();
    write('1.command.json', { type: 'SkipItem', address: 'deploy', run: run(), host: 'x' });
    write('2.command.json', 'not JSON');
    write('3.command.json', { ...approve, run: 'another' });
    // Who says who they are is not asked.
    write('4.command.json', {
      type: 'GiveApproval',
      address: 'deploy',
      by: { user: 'ada', host: 'bastion' },
    });
    await takeAll(folder, owner);
    expect(taken).toEqual([]);
    const by = { ...me, host: '' };
    expect(recorded).toEqual(
      ['1', '2', '3', '4'].map((name) => ({
        type: 'AnswerRefused',
        by,
        message: `\`${name}.command.json\` is not an answer to this run`,
      })),
    );
    expect(readdirSync(join(folder, 'inbox')).sort()).toEqual(
      [1, 2, 3, 4].map((name) => `${name}.answer.json`),
    );
  });

  it('does not take what others can have written', async () => {
    postCommand(folder, approve).withdraw();
    const good = { ...approve, run: run() };
    writeFileSync(join(folder, 'elsewhere'), JSON.stringify(good), { mode: 0o600 });
    symlinkSync(join(folder, 'elsewhere'), file('1.command.json'));
    linkSync(join(folder, 'elsewhere'), file('2.command.json'));
    write('3.command.json', good, 0o660);
    write('4.command.json', good, 0o602);
    write('5.command.json', `${' '.repeat(70_000)}${JSON.stringify(good)}`);
    await takeAll(folder, owner);
    expect(taken).toEqual([]);
    const by = { ...me, host: '' };
    const nobody = 'it is not known who wrote it';
    const open = 'can be written by others than its owner';
    expect(recorded.map((event) => event.type === 'AnswerRefused' && [event.message, event.by])).toEqual([
      [`\`1.command.json\` is a symbolic link: ${nobody}`, by],
      [
        `\`2.command.json\` has a second name, such as a hard link made by somebody else: ${nobody}`,
        undefined,
      ],
      [`\`3.command.json\` ${open}: ${nobody}`, undefined],
      [`\`4.command.json\` ${open}: ${nobody}`, undefined],
      [`\`5.command.json\` is longer than 65536 bytes: ${nobody}`, by],
    ]);
  });
});
