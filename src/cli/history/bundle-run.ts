// Owns handing a run over to another machine: the run itself in one file, and the mark that it goes on here no more.
import { dirname, resolve } from 'node:path';
import { isCodedError } from '../../basics/coded-error.ts';
import { systemWords } from '../../basics/system-words.ts';
import { markHandedOver, readHandedOver, takeMarkBack } from '../../engine/journal/handed-over.ts';
import { JournalWriteFailure } from '../../engine/journal/journal-write-failure.ts';
import type { ListedRun } from '../../engine/journal/run-store.ts';
import {
  type BundleDoubt,
  BundleFailure,
  draftOf,
  NotBundled,
  writeBundle,
} from '../../engine/record/write-bundle.ts';
import { typedWord } from '../../languages/shell/shell-quote.ts';
import { canBeTakenUp } from '../../run/state.ts';
import { currentActor } from '../current-actor.ts';
import { exitCode } from '../exit-code.ts';
import { type Complaint, refuse } from '../refusal.ts';
import { openRun } from '../session/open-run.ts';
import { systemClock } from '../system-clock.ts';
import { writeMessage } from '../write-result.ts';

const nothing = 'nothing was handed over';

/** Puts a run that nobody works on into a file; gives the exit code. */
export function bundleRun(run: ListedRun, file: string): number {
  const opened = openRun(run);
  if (!opened.ok) return opened.error;
  const { journal, lock, state } = opened.value;
  journal.close();
  let doubt: BundleDoubt | undefined;
  try {
    const put = putInto(run, file);
    if ('message' in put) return refuse(put);
    doubt = put.doubt;
  } finally {
    lock.release();
  }
  const { id } = run;
  if (doubt?.about === 'content')
    return refuse({
      message: `\`${file}\` could be neither written to its end nor removed: ${doubt.why}`,
      help: `remove it; \`runsheet handover ${id} --take-back\` has the run go on here, where it counts as handed over`,
      status: exitCode.failed,
    });
  const isOver = state.lifecycle === 'ended' && !canBeTakenUp(state);
  writeMessage(
    [
      `run \`${id}\` is in \`${file}\`; ${isOver ? 'it has ended, and nothing is done with it here any more' : 'it does not go on here any more'}\n`,
      `  \`runsheet takeover ${typedWord(file)}\` takes it over on the other machine\n`,
      '  the file holds what the run has printed, and what its shells carry from block to block, with the key to it;\n',
      '  values of secret inputs are not in it, and are asked for again\n',
      ...(doubt === undefined
        ? []
        : [`warning: it is not known whether all of \`${file}\` would outlast a power cut: ${doubt.why}\n`]),
    ].join(''),
  );
  return exitCode.succeeded;
}

/**
 * Marks the run and has the file there, or neither. A run that has ended is marked, too: it could be taken up or rolled
 * back at both places.
 */
function putInto(
  { id, folder }: ListedRun,
  file: string,
): { readonly doubt: BundleDoubt | undefined } | Complaint {
  const { user, host } = currentActor();
  const [from, at, path] = [`${user}@${host}`, systemClock.now().toISOString(), resolve(file)];
  let isMarked = false;
  const beforeItIsThere = (): void => {
    isMarked = true;
    markHandedOver(folder, { by: from, at, bundle: path });
  };
  try {
    return { doubt: writeBundle(folder, path, { from, at, beforeItIsThere }) };
  } catch (error) {
    if (isMarked) {
      try {
        takeMarkBack(folder);
      } catch (refused) {
        if (!isCodedError(refused)) throw refused;
        return {
          message: `cannot hand over run \`${id}\`: ${systemWords(refused)}`,
          help: `it still counts as handed over, though \`${file}\` was not made; \`runsheet handover ${id} --take-back\` ends that`,
        };
      }
    }
    const why = whyNot(id, file, error);
    if (why === undefined) throw error;
    return why;
  }
}

/** What is said of a failure; undefined for a bug. */
function whyNot(id: string, file: string, error: unknown): Complaint | undefined {
  if (error instanceof NotBundled)
    return { message: `run \`${id}\` cannot be handed over: ${error.message}`, help: nothing };
  if (error instanceof BundleFailure) {
    const { code, isOfDraft } = error;
    if (code === 'EEXIST' && isOfDraft)
      return {
        message: `cannot write \`${draftOf(file)}\`: it is there already`,
        help: `${nothing}; an earlier try has left it: remove it where nobody writes \`${file}\` just now`,
      };
    const words =
      code === 'EEXIST'
        ? 'it is there already'
        : code === 'ENOENT'
          ? `there is no folder \`${dirname(file)}\``
          : systemWords(error);
    return { message: `cannot write \`${file}\`: ${words}`, help: nothing };
  }
  return isCodedError(error)
    ? { message: `cannot hand over run \`${id}\`: ${systemWords(error)}`, help: nothing }
    : undefined;
}

/**
 * Has a run go on here that was handed over; gives the exit code. Its journal says so before the mark goes: from then on
 * what was handed over is another run than the one that is here.
 */
export async function takeBack(run: ListedRun): Promise<number> {
  const { id, folder } = run;
  const opened = openRun(run, { evenElsewhere: true });
  if (!opened.ok) return opened.error;
  const { journal, lock, state } = opened.value;
  try {
    const handed = readHandedOver(folder);
    if (handed === undefined)
      return refuse({ message: `run \`${id}\` was not handed over`, help: '`--bundle FILE` hands it over' });
    // Nothing comes behind the seal of a run that has ended.
    if (state.lifecycle !== 'ended') {
      const text = `taken back here, after ${handed.by} had handed it over at ${handed.at}`;
      journal.append([{ type: 'NoteAdded', text, by: currentActor() }]);
      await journal.sync();
    }
    takeMarkBack(folder);
    const goesOn = state.lifecycle === 'ended' ? 'can be taken up here again' : 'goes on here';
    writeMessage(`run \`${id}\` ${goesOn}; do not take it over from \`${handed.bundle}\` any more\n`);
    return exitCode.succeeded;
  } catch (error) {
    if (!(error instanceof JournalWriteFailure) && !isCodedError(error)) throw error;
    return refuse({
      message: `cannot take back run \`${id}\`: ${error instanceof JournalWriteFailure ? error.message : systemWords(error)}`,
      help: 'it still counts as handed over; try again',
    });
  } finally {
    journal.close();
    lock.release();
  }
}
