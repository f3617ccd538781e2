// Owns how a command from another process reaches a live run: a folder of files, answered by files beside them.
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { address as addressOf } from '../../basics/address.ts';
import type { Rejection, RunCommand } from '../../run/command.ts';
import { makeStateFolder, writeStateFile } from '../files/write-state-file.ts';

/** What may come from outside: answers to gates, and a request to pause. Everything else is the operator's. */
export type RemoteCommand = Extract<RunCommand, { type: 'GiveApproval' | 'DenyApproval' | 'PauseRun' }>;

/** How a live run answered; `unreachable` when it said nothing in time. */
export type RemoteAnswer = 'taken' | 'unreachable' | Rejection;

/** What a file of an answer holds. */
interface Answer {
  readonly rejection: Rejection | null;
}

/** A poster waits five times as long. */
const pollMs = 1000;
const commandEnding = '.command.json';
const answerEnding = '.answer.json';

const inboxOf = (runFolder: string): string => join(runFolder, 'inbox');

/**
 * Takes in what other processes post until the returned function is called. A file that is no command of ours is
 * answered as such and removed, so that it cannot be taken twice.
 */
export function openInbox(
  runFolder: string,
  take: (command: RemoteCommand) => Rejection | undefined,
): () => void {
  const folder = inboxOf(runFolder);
  makeStateFolder(folder);
  const empty = (): void => {
    for (const name of listed(folder)) if (name.endsWith(commandEnding)) answer(folder, name, take);
  };
  const unwatch = watchFolder(folder, empty);
  const timer = setInterval(empty, pollMs);
  timer.unref();
  empty();
  return () => {
    clearInterval(timer);
    unwatch();
  };
}

/** The names in the folder; none where somebody has removed it, for then nobody can reach the run through it. */
function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Notices are quicker than polling where there are any; network file systems send none, and full systems refuse. */
function watchFolder(folder: string, onChange: () => void): () => void {
  try {
    const watcher = watch(folder, onChange);
    watcher.on('error', () => watcher.close());
    watcher.unref();
    return () => watcher.close();
  } catch {
    return () => {};
  }
}

function answer(folder: string, name: string, take: (command: RemoteCommand) => Rejection | undefined): void {
  let command: RemoteCommand | undefined;
  try {
    command = parseRemoteCommand(readFileSync(join(folder, name), 'utf8'));
    rmSync(join(folder, name));
  } catch {
    // Somebody else took it between the listing and now.
    return;
  }
  const rejection = command
    ? take(command)
    : { code: 'not-a-command', message: 'the run did not understand the command' };
  const said: Answer = { rejection: rejection ?? null };
  try {
    write(join(folder, name.replace(commandEnding, answerEnding)), said);
  } catch {
    // Who posted it hears nothing and says so; what became of it stands in the journal.
  }
}

/** Posts a command to a live run and waits for its answer. */
export async function postCommand(
  runFolder: string,
  command: RemoteCommand,
  timeoutMs = 5_000,
): Promise<RemoteAnswer> {
  const folder = inboxOf(runFolder);
  makeStateFolder(folder);
  const id = `${Date.now()}-${randomBytes(6).toString('hex')}`;
  const answerPath = join(folder, id + answerEnding);
  write(join(folder, id + commandEnding), command);
  const endsAt = performance.now() + timeoutMs;
  while (performance.now() < endsAt) {
    if (existsSync(answerPath)) {
      const { rejection } = JSON.parse(readFileSync(answerPath, 'utf8')) as Answer;
      rmSync(answerPath);
      return rejection ?? 'taken';
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  // Nobody will answer: the command is taken back, so that it cannot surprise a later resume.
  rmSync(join(folder, id + commandEnding), { force: true });
  return 'unreachable';
}

/** Written under another name first, so that a reader never sees half of it. */
function write(path: string, value: unknown): void {
  writeStateFile(`${path}.part`, JSON.stringify(value));
  renameSync(`${path}.part`, path);
}

/** A command of the kinds that may come from outside, or undefined; every field is checked. */
function parseRemoteCommand(text: string): RemoteCommand | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || !isRecord(value.by)) return undefined;
  const { type, address, comment, by } = value;
  if (typeof by.user !== 'string' || typeof by.host !== 'string') return undefined;
  const actor = { user: by.user, host: by.host };
  if (type === 'PauseRun') return { type, reason: 'operator', by: actor };
  if ((type !== 'GiveApproval' && type !== 'DenyApproval') || typeof address !== 'string') return undefined;
  const said = typeof comment === 'string' ? { comment } : {};
  return { type, address: addressOf(address), by: actor, ...said };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
