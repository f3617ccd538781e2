// Owns making a page of what people did in a run beside its page: commands that they changed, shells that they recorded.
import { basename } from 'node:path';
import { type KeptSession, RecordingStore } from '../../engine/recording/recording-store.ts';
import { SessionRecord } from '../../engine/recording/session-record.ts';
import { type EditedInRun, editedInRun } from '../../run/drafting/edited-in-run.ts';
import type { CommandEntry, SessionEntry } from '../../run/drafting/session-entry.ts';
import { exitCode } from '../exit-code.ts';
import { readRun } from '../history/read-run.ts';
import { chosenStateFolder, openRunStore } from '../load/open-run-store.ts';
import { complain } from '../report-diagnostics.ts';
import { findRun } from '../runs/find-run.ts';
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
  tellWhy(leftOut);
  const place = basename(started.runbook.path);
  const typed = {
    shell: recorded[0]?.start.shell ?? ('bash' as const),
    folder: recorded[0]?.start.folder ?? process.cwd(),
    entries: inOrder(edited, recorded, place),
    again: `\`runsheet record --from ${folder.id}\` makes the page again.`,
    done: () => recorded.forEach(({ start }) => void sessions.remove(start)),
  };
  const title = options.title ?? `From a run of ${plan.title}`;
  if (!canAsk) return printSession({ ...typed, done: () => {} }, title, options.input);
  return finishSession(typed, { ...options, ...(file !== undefined && { file }) });
}

/** All that was done, the oldest first. */
function inOrder(
  edited: readonly EditedInRun[],
  recorded: readonly KeptSession[],
  place: string,
): readonly SessionEntry[] {
  return [
    ...edited.map((one) => ({ at: one.at, entries: entriesOf(one, place) })),
    ...recorded.map(({ start, entries }) => ({ at: start.startedAt, entries: withTitle(entries) })),
  ]
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .flatMap(({ entries }) => entries);
}

/** What has no title of its own would be more of the step before. */
function withTitle(entries: readonly SessionEntry[]): readonly SessionEntry[] {
  return entries[0]?.kind === 'note' ? entries : [{ kind: 'note', text: 'Typed in the run' }, ...entries];
}

function entriesOf(
  { address, title, line, code, info, milliseconds }: EditedInRun,
  place: string,
): readonly SessionEntry[] {
  // What was typed into an editor may hold secrets as well as what was typed into a shell.
  const record = new SessionRecord([], () => {});
  const folder = process.cwd();
  record.tell({ type: 'started', code: code.replace(/\n$/, ''), folder, alias: '', isFunction: false });
  record.tell({ type: 'ended', exit: 0, milliseconds, printed: '', edited: [] });
  const [entry] = record.entries.filter((one): one is CommandEntry => one.kind === 'command');
  const where = `In the place of \`${address}\`, line ${line} of \`${place}\`, which was changed in the run.`;
  return [
    { kind: 'note', text: title },
    { kind: 'note', text: where },
    ...(entry === undefined ? [] : [{ ...entry, info }]),
  ];
}
