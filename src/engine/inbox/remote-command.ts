// Owns how a command from another process reaches a run: a folder of files, answered by files beside them.
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, watch } from 'node:fs';
import { basename, join } from 'node:path';
import { address as addressOf } from '../../basics/address.ts';
import { errorMessage } from '../../basics/coded-error.ts';
import type { Rejection, RunCommand } from '../../run/command.ts';
import type { Actor, RunEvent } from '../../run/event.ts';
import { nodeFileOperations, removeIfPossible, systemErrorCode } from '../files/file-operations.ts';
import { requireSafeFolder, UnsafeFolder } from '../files/require-safe-folder.ts';
import { makeSharedFolder, writeOwnFile } from '../files/write-state-file.ts';
import { answersOf } from './is-kept-answer.ts';
import { type OnBehalf, type PostedCommand, parsePostedCommand } from './posted-command.ts';
import { readPostedFile } from './read-posted-file.ts';

/** What may come from outside: answers, a request to pause, and from the operator's own account an end and a note. */
export type RemoteCommand = Extract<
  RunCommand,
  { type: 'GiveApproval' | 'DenyApproval' | 'AnswerQuestion' | 'PauseRun' | 'StopRun' | 'AddNote' }
>;

/** How a run answered; `unreachable` when it said nothing in time. */
export type RemoteAnswer = 'taken' | 'unreachable' | Rejection;

/** The run that commands are for. */
export interface InboxOwner {
  readonly take: (command: RemoteCommand) => Rejection | undefined;
  /** Records a file that is nobody's command. */
  readonly record: (event: Extract<RunEvent, { type: 'AnswerRefused' }>) => void;
  readonly now: () => Date;
  /** Says once why nobody can reach the run yet; it is tried again and again. */
  readonly tellUnreachable: (why: string) => void;
}

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
 * Takes in what other processes post until the returned function is called, which resolves when nothing is being taken
 * any more. A file that is no command of ours is answered as such and removed, so that it cannot be taken twice.
 */
export function openInbox(runFolder: string, owner: InboxOwner): () => Promise<void> {
  const folder = inboxOf(runFolder);
  let isOpen = true;
  let taking: Promise<void> = Promise.resolve();
  // One after the other, for who an account is may have to be asked of a server.
  const empty = (): void => {
    taking = taking.then(() => (isOpen ? takeAll(runFolder, owner) : undefined));
  };
  let unwatch: (() => void) | undefined;
  const look = (): string | undefined => {
    const problem = unwatch === undefined ? whyNotMade(folder) : undefined;
    if (problem !== undefined) return problem;
    unwatch ??= watchFolder(folder, empty);
    empty();
    return undefined;
  };
  const timer = setInterval(look, pollMs);
  timer.unref();
  const problem = look();
  if (problem !== undefined) owner.tellUnreachable(problem);
  return async () => {
    isOpen = false;
    clearInterval(timer);
    unwatch?.();
    await taking;
  };
}

/** Makes the folder; in words, why it cannot be. */
function whyNotMade(folder: string): string | undefined {
  try {
    requireSafeFolder(folder);
    makeSharedFolder(folder);
    return undefined;
  } catch (error) {
    if (!(error instanceof UnsafeFolder) && systemErrorCode(error) === undefined) throw error;
    return errorMessage(error);
  }
}

/** Takes what lies in the inbox of a run now, oldest first. */
export async function takeAll(runFolder: string, owner: InboxOwner): Promise<void> {
  const folder = inboxOf(runFolder);
  for (const name of listed(folder)) if (name.endsWith(commandEnding)) await takeOne(runFolder, name, owner);
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

async function takeOne(runFolder: string, name: string, owner: InboxOwner): Promise<void> {
  const folder = inboxOf(runFolder);
  const kept = join(answersOf(runFolder), name);
  let read: ReturnType<typeof readPostedFile>;
  try {
    read = readPostedFile(join(folder, name));
    makeSharedFolder(answersOf(runFolder));
    renameSync(join(folder, name), kept);
  } catch {
    // Somebody else took it between the listing and now.
    return;
  }
  const uid = read.ok ? read.value.uid : read.error.uid;
  // Hardly any run is answered by others, and what asks the system is slow to load.
  const { accountName } = await import('../processes/account-name.ts');
  const user = uid === undefined ? undefined : await accountName(uid);
  const rejection = judge(read, basename(runFolder), name, user, owner);
  if (rejection !== undefined) discard(kept);
  const said: Answer = { rejection: rejection ?? null };
  try {
    write(join(folder, name.replace(commandEnding, answerEnding)), said);
  } catch {
    // Who posted it hears nothing and says so; what became of it stands in the journal.
  }
}

/** What cannot be removed is in nobody's way: only what the journal names is looked at again. */
function discard(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
  }
}

function judge(
  read: ReturnType<typeof readPostedFile>,
  run: string,
  name: string,
  user: string | undefined,
  { take, record, now }: InboxOwner,
): Rejection | undefined {
  const refuse = (code: string, message: string, by: Actor | undefined): Rejection => {
    record({ type: 'AnswerRefused', ...(by && { by }), message });
    return { code, message };
  };
  const uid = read.ok ? read.value.uid : read.error.uid;
  const owner = user === undefined || uid === undefined ? undefined : { user, uid, host: '' };
  if (!read.ok)
    return refuse('not-owned', `\`${name}\` ${read.error.why}: it is not known who wrote it`, owner);
  const posted = parsePostedCommand(read.value.text, run);
  if (posted === undefined || owner === undefined)
    return refuse('not-a-command', `\`${name}\` is not an answer to this run`, owner);
  const { host, onBehalf, ...command } = posted;
  const by: Actor = onBehalf ? spokenFor(onBehalf, owner, host) : { ...owner, host };
  const isOwn = uid === process.geteuid?.();
  if (command.type === 'PauseRun')
    return take({ type: 'PauseRun', reason: command.drained && isOwn ? 'drained' : 'operator', by });
  if (command.type === 'StopRun' || command.type === 'AddNote') {
    // What others are asked they may answer; ending a run, and what stands in its record, is its operator's.
    return isOwn
      ? take({ ...command, by })
      : refuse('not-yours', `\`${owner.user}\` may neither stop the run nor write into its record`, by);
  }
  if (command.type === 'AnswerQuestion') return take({ ...command, by });
  return take({ ...command, address: addressOf(command.address), by, at: now().toISOString(), file: name });
}

/** The person, not the account: what that one may do is nothing that they may. */
function spokenFor(
  { person, way }: OnBehalf,
  { user, uid }: { readonly user: string; readonly uid: number },
  host: string,
): Actor {
  return { user: person, host, via: { way, account: user, uid } };
}

/** A command that lies in the inbox of a run. */
export interface Posted {
  /** Waits for the answer; where none comes in time the command is taken back, so that it cannot surprise a later resume. */
  answer(timeoutMs?: number): Promise<RemoteAnswer>;
  /** Takes it back. */
  withdraw(): void;
}

/** Posts a command to a run; its file belongs to the account of this process and says so whose it is. */
export function postCommand(runFolder: string, command: PostedCommand): Posted {
  const folder = inboxOf(runFolder);
  requireSafeFolder(folder);
  makeSharedFolder(folder);
  const id = `${Date.now()}-${randomBytes(6).toString('hex')}`;
  const answerPath = join(folder, id + answerEnding);
  write(join(folder, id + commandEnding), { ...command, run: basename(runFolder) });
  const withdraw = (): void => removeIfPossible(nodeFileOperations, join(folder, id + commandEnding));
  return {
    withdraw,
    answer: async (timeoutMs = 5_000) => {
      const endsAt = performance.now() + timeoutMs;
      do {
        if (existsSync(answerPath)) {
          const read = readPostedFile(answerPath);
          // One that stays is in nobody's way.
          removeIfPossible(nodeFileOperations, answerPath);
          if (!read.ok) return 'unreachable';
          return (JSON.parse(read.value.text) as Answer).rejection ?? 'taken';
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      } while (performance.now() < endsAt);
      withdraw();
      return 'unreachable';
    },
  };
}

/** Written under another name first, so that a reader never sees half of it. */
function write(path: string, value: unknown): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}.part`;
  writeOwnFile(draft, JSON.stringify(value));
  renameSync(draft, path);
}
