import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import { openInbox, postCommand, type RemoteCommand } from '../../../src/engine/inbox/remote-command.ts';

describe('command inbox', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runsheet-inbox-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const approve: RemoteCommand = {
    type: 'GiveApproval',
    address: address('deploy'),
    by: { user: 'grace', host: 'laptop' },
    comment: 'looks right',
  };

  it('hands a posted command to the run and brings its answer back', async () => {
    const taken: RemoteCommand[] = [];
    const close = openInbox(folder, (command) => {
      taken.push(command);
      return taken.length === 1 ? undefined : { code: 'answered-already', message: 'twice' };
    });
    expect(await postCommand(folder, approve)).toBe('taken');
    expect(await postCommand(folder, approve)).toEqual({ code: 'answered-already', message: 'twice' });
    close();
    expect(taken).toEqual([approve, approve]);
    expect(readdirSync(join(folder, 'inbox'))).toEqual([]);
  });

  it('takes the command back when nobody answers', async () => {
    expect(await postCommand(folder, approve, 50)).toBe('unreachable');
    expect(readdirSync(join(folder, 'inbox'))).toEqual([]);
  });

  it('does not take what is no command from outside', async () => {
    const taken: RemoteCommand[] = [];
    openInbox(folder, () => undefined)();
    writeFileSync(join(folder, 'inbox', '1.command.json'), '{"type":"StopRun","by":{"user":"x","host":"y"}}');
    writeFileSync(join(folder, 'inbox', '2.command.json'), 'not JSON');
    openInbox(folder, (command) => {
      taken.push(command);
      return undefined;
    })();
    expect(taken).toEqual([]);
    expect(readdirSync(join(folder, 'inbox')).sort()).toEqual(['1.answer.json', '2.answer.json']);
  });
});
