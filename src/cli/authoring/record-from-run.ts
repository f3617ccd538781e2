// Owns making a page of what people did in a run beside its page: commands that they changed, shells that they recorded.
import { basename, dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { RecordedShell } from '../../engine/recording/hooked-start.ts';
import { type KeptSession, RecordingStore } from '../../engine/recording/recording-store.ts';
import { SessionRecord } from '../../engine/recording/session-record.ts';
import { shellQuote } from '../../languages/shell/shell-quote.ts';
import { type EditedInRun, editedInRun } from '../../run/drafting/edited-in-run.ts';
import type { CommandEntry, SessionEntry } from '../../run/drafting/session-entry.ts';
import type { Plan } from '../../run/plan.ts';
import { exitCode } from '../exit-code.ts';
import { readRun } from '../history/read-run.ts';
import { chosenStateFolder, openRunStore } from '../load/open-run-store.ts';
import { complain } from '../report-diagnostics.ts';
import { findRun } from '../runs/find-run.ts';
import { writeMessage } from '../write-result.ts';
import { type FinishOptions, finishSession, printSession, tellWhy } from './finish-session.ts';

/** What is known before its author is asked. */
export interface FromRunOptions extends Omit<FinishOptions, 'file'> {
  readonly stateDir?: string;
}

/** Suggests steps; on a terminal their page is asked about and written, elsewhere it is printed. Gives the exit code. */
export async function recordFromRun(
  name: string,
  file: string | undefined,
  options: FromRunOptions,
  canAsk: boolean,
): Promise<number> {
  if (!canAsk && file !== undefined) {
    complain(
      '`record` asks before it writes a page, and needs a terminal for it',
      'without the name of a page it is printed',
    );
    return exitCode.usage;
  }
  const store = openRunStore(options.stateDir);
  const found = findRun(store, name);
  if (!found.ok) return found.error;
  const { folder } = found.value;
  const read = readRun(folder);
  if (read === undefined) return exitCode.failed;
  const started = read.history.find(({ event }) => event.type === 'RunStarted')?.event;
  if (started?.type !== 'RunStarted') {
    complain(`run \`${folder.id}\` has not begun`);
    return exitCode.usage;
  }
  const { plan } = read.state;
  const page = new TextDecoder().decode(store.readRunbook(folder));
  const { edited, leftOut } = editedInRun(read.history, plan, page);
  const sessions = new RecordingStore(chosenStateFolder(options.stateDir));
  const recorded = sessions.list().filter(({ start }) => start.run === folder.id);
  if (edited.length === 0 && leftOut.length === 0 && recorded.length === 0) {
    complain(
      `nothing was changed or recorded in run \`${folder.id}\``,
      'in a shell that `!` opens in a guided run, `runsheet record` records what you do there',
    );
    return exitCode.usage;
  }
  tellWhy(leftOut.map((one) => ({ ...one, code: typed(one.code, '').code })));
  const place = basename(started.runbook.path);
  const home = started.cwd ?? dirname(started.runbook.path);
  // A page has one shell; what was typed in another one is kept, and is the next page.
  const shell = edited.length === 0 && recorded.length > 0 ? recorded.at(-1)?.start.shell : shellOf(plan);
  const used = recorded.filter(({ start }) => start.shell === shell);
  if (used.length < recorded.length)
    writeMessage(`note: what was recorded in another shell than ${shell} is left for a page of its own\n`);
  const session = {
    shell: shell ?? 'bash',
    folder: home,
    entries: inOrder(edited, used, { place, home }),
    again: `\`runsheet record --from ${folder.id}\` makes the page again.`,
    // What was typed meanwhile is in no page yet.
    done: () => {
      const now = sessions.list();
      for (const one of used)
        if (now.some((kept) => isDeepStrictEqual(kept, one))) sessions.remove(one.start);
    },
  };
  const title = options.title ?? `From a run of ${plan.title}`;
  if (!canAsk) return printSession({ ...session, done: () => {} }, title, options.input);
  return finishSession(session, { ...options, ...(file !== undefined && { file }) });
}

/** All that was done, the oldest first; what a shell did elsewhere begins with the way there, and leads back. */
function inOrder(
  edited: readonly EditedInRun[],
  recorded: readonly KeptSession[],
  { place, home }: { readonly place: string; readonly home: string },
): readonly SessionEntry[] {
  const parts = [
    ...edited.map((one) => ({ at: one.at, entries: entriesOf(one, place, home), from: home, to: home })),
    ...recorded.map(({ start, entries }) => ({
      at: start.startedAt,
      entries: withTitle(entries),
      from: start.folder,
      to: entries.findLast((one) => one.kind === 'command')?.folder ?? start.folder,
    })),
  ].toSorted((one, other) => one.at.localeCompare(other.at));
  let here = home;
  return parts.flatMap(({ entries, from, to }) => {
    const [title, ...rest] = entries;
    const way = from === here ? [] : [typed(`cd ${shellQuote(from)}`, here)];
    here = to;
    return title === undefined ? [] : [title, ...way, ...rest];
  });
}

/** The shell of the run's blocks, where it is one that can be recorded. */
function shellOf({ shell }: Plan): RecordedShell {
  return shell === 'zsh' ? 'zsh' : 'bash';
}

/** A command that has passed, with the secrets in it masked: an editor is typed into as well as a shell. */
function typed(code: string, folder: string, milliseconds = 0): CommandEntry {
  const record = new SessionRecord([], () => {});
  record.tell({ type: 'started', code: code.replace(/\n$/, ''), folder, alias: '', isFunction: false });
  record.tell({ type: 'ended', exit: 0, milliseconds, printed: '', edited: [] });
  const [entry] = record.entries.filter((one): one is CommandEntry => one.kind === 'command');
  if (entry === undefined) throw new Error('a command that was told is not recorded');
  return entry;
}

/** What has no title of its own would be more of the step before. */
function withTitle(entries: readonly SessionEntry[]): readonly SessionEntry[] {
  return entries[0]?.kind === 'note' ? entries : [{ kind: 'note', text: 'Typed in the run' }, ...entries];
}

function entriesOf(
  { address, title, line, code, info, milliseconds }: EditedInRun,
  place: string,
  home: string,
): readonly SessionEntry[] {
  const where = `In the place of \`${address}\`, line ${line} of \`${place}\`, which was changed in the run.`;
  return [
    { kind: 'note', text: title },
    { kind: 'note', text: where },
    { ...typed(code, home, milliseconds), info },
  ];
}
