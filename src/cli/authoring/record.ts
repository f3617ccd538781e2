// Owns `runsheet record`: a session in the author's own shell becomes a page.
import { randomBytes } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { makeRunId } from '../../basics/address.ts';
import { errorMessage } from '../../basics/coded-error.ts';
import type { RecordedShell } from '../../engine/recording/hooked-start.ts';
import { recordShell } from '../../engine/recording/record-shell.ts';
import { type KeptSession, RecordingStore } from '../../engine/recording/recording-store.ts';
import { SessionRecord } from '../../engine/recording/session-record.ts';
import type { SessionEntry } from '../../run/drafting/session-entry.ts';
import { canPassTerminal, passTerminal } from '../../surfaces/pass-terminal.ts';
import { visibleText } from '../../text/visible-text.ts';
import { exitCode } from '../exit-code.ts';
import { chosenStateFolder } from '../load/open-run-store.ts';
import { complain } from '../report-diagnostics.ts';
import { writeMessage } from '../write-result.ts';
import { finishSession } from './finish-session.ts';

/** What `runsheet record` was given beside the file. */
export interface RecordOptions {
  readonly stateDir?: string;
  readonly title?: string;
  /** Values that are to be inputs of the page. */
  readonly input: Readonly<Record<string, string>>;
  /** Takes up the session of this folder that became no page. */
  readonly resume?: boolean;
  /** The run whose changed commands and recorded shells are to become a page; no shell is opened. */
  readonly from?: string;
}

/** Set in a shell that is recorded. */
const recordedVariable = 'RUNSHEET_RECORDING';

/** Records a session and makes a page of it; gives the exit code. */
export async function record(file: string | undefined, options: RecordOptions): Promise<number> {
  const terminal = { input: process.stdin, output: process.stdout };
  if (options.from !== undefined) {
    const { recordFromRun } = await import('./record-from-run.ts');
    return recordFromRun(options.from, file, options, canPassTerminal(terminal));
  }
  if (!canPassTerminal(terminal)) {
    complain(
      '`record` opens your shell, and needs a terminal for it',
      'run it in a terminal, its output not redirected',
    );
    return exitCode.usage;
  }
  if (process.env[recordedVariable] !== undefined) {
    complain('this shell is being recorded already', 'leave it with Ctrl-D or `exit` first');
    return exitCode.usage;
  }
  const store = new RecordingStore(chosenStateFolder(options.stateDir));
  const run = process.env.RUNSHEET_RUN;
  const left = store.list().filter(({ start }) => start.folder === process.cwd() && start.run === run);
  const [newest] = left;
  if (options.resume && newest === undefined) {
    complain('there is no unfinished session in this folder');
    return exitCode.usage;
  }
  const chosen = chooseShell(options.resume ? newest?.start.shell : undefined);
  const session = options.resume && newest !== undefined ? newest : newSession(chosen.shell, file, run);
  // In a run it is one of several that its page is made of.
  if (!options.resume && left.length > 0 && run === undefined)
    writeMessage('There is an unfinished session in this folder: `runsheet record --resume` continues it.\n');
  if (chosen.remark !== undefined) writeMessage(`${chosen.remark}\n`);

  const entries = await runSession(terminal, session, store, chosen);
  if (entries === undefined) return exitCode.failed;
  return finish({ ...session, entries }, store, file, options);
}

/** What was done in a run is a page only where its author wants one now: there is a run to go on with. */
function finish(
  { start, entries }: KeptSession,
  store: RecordingStore,
  named: string | undefined,
  options: RecordOptions,
): Promise<number> | number {
  const file = named ?? start.page;
  const isForLater = start.run !== undefined && file === undefined;
  if (isForLater && entries.length > 0) {
    writeMessage(`Kept for \`runsheet record --from ${start.run}\`, which makes steps of it.\n`);
    return exitCode.succeeded;
  }
  const again =
    start.run === undefined
      ? '`runsheet record --resume` in this folder continues the session.'
      : `\`runsheet record --from ${start.run}\` makes steps of it.`;
  const { shell, folder } = start;
  return finishSession(
    { shell, folder, entries, again, done: () => store.remove(start) },
    { ...options, ...(file !== undefined && { file }) },
  );
}

interface ChosenShell {
  readonly shell: RecordedShell;
  readonly command: string;
  readonly remark?: string;
}

/** The author's own shell where it can tell what is typed, else bash. */
function chooseShell(asBefore: RecordedShell | undefined): ChosenShell {
  const own = process.env.SHELL ?? '';
  const name = basename(own);
  if (asBefore !== undefined && asBefore !== name) return { shell: asBefore, command: asBefore };
  if (name === 'bash' || name === 'zsh') return { shell: name, command: own };
  const remark =
    name === '' ? undefined : `\`${visibleText(name)}\` cannot be recorded; this is bash (zsh can be, too).`;
  return { shell: 'bash', command: 'bash', ...(remark !== undefined && { remark }) };
}

function newSession(shell: RecordedShell, file: string | undefined, run: string | undefined): KeptSession {
  const now = new Date();
  const start = {
    v: 1 as const,
    id: makeRunId(now, randomBytes(8)),
    shell,
    folder: process.cwd(),
    startedAt: now.toISOString(),
    ...(file !== undefined && { page: resolve(file) }),
    ...(run !== undefined && { run }),
  };
  return { start, entries: [] };
}

const greeting = [
  'Your shell, recorded. What you type becomes a page when you leave with Ctrl-D or `exit`.',
  '`# text` becomes prose; `undo: …`, `check: …` and `verify: …` belong to the last command and are not run.',
].join('\n');

async function runSession(
  terminal: {
    readonly input: NodeJS.ReadStream;
    readonly output: NodeJS.WriteStream & { readonly fd: number };
  },
  session: KeptSession,
  store: RecordingStore,
  { shell, command }: ChosenShell,
): Promise<readonly SessionEntry[] | undefined> {
  let keep: ReturnType<RecordingStore['begin']>;
  try {
    keep = store.begin(session);
  } catch (error) {
    complain(`the session cannot be kept: ${errorMessage(error)}`);
    return undefined;
  }
  const kept = new SessionRecord(session.entries, keep.keep);
  const last = session.entries.findLast((entry) => entry.kind === 'command');
  try {
    const isOpen = await passTerminal(
      terminal,
      ({ columns, rows, attach }) =>
        recordShell({
          ...{ shell, command, columns, rows, attach },
          // Their own terminal shows them what it always would.
          onBytes: (bytes) => terminal.output.write(bytes),
          cwd: last?.folder ?? session.start.folder,
          env: { ...process.env, [recordedVariable]: session.start.id },
          onTold: (telling) => kept.tell(telling),
          now: () => performance.now(),
        }),
      greeting,
    );
    if (isOpen || kept.entries.length > 0) return kept.entries;
    complain(`\`${visibleText(command)}\` could not be recorded`);
  } catch (error) {
    complain(`\`${visibleText(command)}\` could not be recorded: ${errorMessage(error)}`);
  }
  store.remove(session.start);
  return undefined;
}
