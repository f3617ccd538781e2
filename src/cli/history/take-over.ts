// Owns `runsheet takeover`: a run of another machine becomes one of this machine, once all of it was compared.
import { errorMessage, isCodedError } from '../../basics/coded-error.ts';
import { fail, type Result } from '../../basics/result.ts';
import { nodeFileOperations } from '../../engine/files/file-operations.ts';
import { continueJournal } from '../../engine/journal/create-journal.ts';
import { readHandedOver } from '../../engine/journal/handed-over.ts';
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import { readSummary } from '../../engine/journal/run-summary.ts';
import type { BundleHead } from '../../engine/record/bundle-head.ts';
import { checkRecord } from '../../engine/record/check-record.ts';
import { digestOfFile } from '../../engine/record/digest-of-file.ts';
import { type OpenBundle, openBundle, unpackBundle } from '../../engine/record/open-bundle.ts';
import { visibleText } from '../../text/visible-text.ts';
import { currentActor } from '../current-actor.ts';
import { exitCode } from '../exit-code.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { refuse } from '../refusal.ts';
import { systemClock } from '../system-clock.ts';
import { writeMessage } from '../write-result.ts';

/** Takes a run over from a file; gives the exit code. */
export async function takeOver(file: string, options: { readonly stateDir?: string }): Promise<number> {
  const bundle = opened(file);
  if (!bundle.ok) return refuse({ message: `\`${file}\` ${bundle.error}`, help: 'nothing was taken over' });
  const store = openRunStore(options.stateDir);
  const { run: id, from } = bundle.value.head;
  const folder = store.folder(id);
  const earlier = earlierForm(folder, bundle.value.head);
  if (earlier === 'same') {
    writeMessage(`run \`${id}\` is here already\n`);
    return exitCode.succeeded;
  }
  if (earlier === 'other' || (earlier !== 'none' && store.isLive(folder)))
    return refuse({
      message: `run \`${id}\` is here already, and has gone another way`,
      help: `nothing was taken over; \`runsheet show ${id}\` shows the one that is here`,
    });
  let flaw: string | undefined;
  const journal = store.adopt(id, (draft) => {
    flaw = unpackChecked(bundle.value, draft, earlier === 'none' ? undefined : folder);
    return flaw === undefined ? recordTakeOver(draft, bundle.value.head) : undefined;
  });
  if (journal === undefined)
    return refuse({ message: `\`${file}\` ${flaw}`, help: 'nothing was taken over' });
  writeMessage(`run \`${id}\` of ${visibleText(from)} is here; \`runsheet resume ${id}\` goes on with it\n`);
  return exitCode.succeeded;
}

function opened(file: string): Result<OpenBundle, string> {
  try {
    return openBundle(file);
  } catch (error) {
    if (error instanceof SyntaxError) return fail('is damaged: its head is not as it was written');
    if (!isCodedError(error)) throw error;
    return fail(`cannot be read: ${errorMessage(error)}`);
  }
}

/**
 * What there is of the run here: nothing, all of it, an earlier part of it that was handed over from here, or something
 * that is no part of it.
 */
function earlierForm(folder: RunFolder, { parts }: BundleHead): 'none' | 'same' | 'earlier' | 'other' {
  const size = nodeFileOperations.stat(folder.journal)?.size;
  if (size === undefined) return nodeFileOperations.stat(folder.path) === undefined ? 'none' : 'other';
  const bundled = parts.find(({ name }) => name === 'journal.ndjson');
  if (bundled === undefined) return 'other';
  const whole = digestOfFile(nodeFileOperations, folder.journal, { at: 0, end: bundled.bytes });
  const isHandedOver = readHandedOver(folder) !== undefined;
  if (whole === bundled.digest && bundled.bytes <= Number(size)) return isHandedOver ? 'other' : 'same';
  return isHandedOver && bundled.bytes > Number(size) ? 'earlier' : 'other';
}

/** Says in words what is wrong with what was in the bundle; undefined where it is the record of one whole run. */
function unpackChecked(
  bundle: OpenBundle,
  draft: RunFolder,
  earlier: RunFolder | undefined,
): string | undefined {
  const unpacked = unpackBundle(bundle, draft.path);
  if (!unpacked.ok) return unpacked.error;
  const { run } = bundle.head;
  try {
    const content = readJournal(draft.journal);
    const [first] = content.events;
    if (first?.event.type !== 'RunStarted' || first.event.run !== run)
      return 'holds another run than it says';
    if (readSummary(nodeFileOperations, draft.summary)?.id !== run) return 'holds another run than it says';
    const damage = checkRecord(draft, content).find(({ type }) => type === 'damage');
    if (damage !== undefined) return `holds a run whose record is damaged: ${damage.text}`;
  } catch (error) {
    if (!isCodedError(error)) throw error;
    return `holds a run that is not whole: ${errorMessage(error)}`;
  }
  if (earlier === undefined) return undefined;
  const end = Number(nodeFileOperations.stat(earlier.journal)?.size ?? 0);
  const before = digestOfFile(nodeFileOperations, draft.journal, { at: 0, end });
  return before === digestOfFile(nodeFileOperations, earlier.journal)
    ? undefined
    : 'holds a run that has gone another way than the one that is here';
}

/** The run says itself who has it now, and from whom. */
function recordTakeOver({ journal: path }: RunFolder, { from, at }: BundleHead): true {
  const { end } = readJournal(path);
  const journal = continueJournal(path, end, { now: systemClock.now });
  try {
    const text = `taken over from ${from}, who handed it over at ${at}`;
    journal.append([{ type: 'NoteAdded', text, by: currentActor() }]);
  } finally {
    journal.close();
  }
  return true;
}
