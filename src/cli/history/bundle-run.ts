// Owns handing a run over to another machine: the run itself in one file, and the mark that it goes on here no more.
import { resolve } from 'node:path';
import { isCodedError } from '../../basics/coded-error.ts';
import { markHandedOver, readHandedOver, takeMarkBack } from '../../engine/journal/handed-over.ts';
import type { ListedRun } from '../../engine/journal/run-store.ts';
import { StrangeFile, writeBundle } from '../../engine/record/write-bundle.ts';
import { currentActor } from '../current-actor.ts';
import { exitCode } from '../exit-code.ts';
import { refuse } from '../refusal.ts';
import { openRun } from '../session/open-run.ts';
import { systemClock } from '../system-clock.ts';
import { writeMessage } from '../write-result.ts';

/** Puts a run that nobody works on into a file; gives the exit code. */
export function bundleRun(run: ListedRun, file: string): number {
  const { id, folder, summary } = run;
  const opened = openRun(run);
  if (!opened.ok) return opened.error;
  const { journal, lock } = opened.value;
  journal.close();
  const { user, host } = currentActor();
  const [from, at, path] = [`${user}@${host}`, systemClock.now().toISOString(), resolve(file)];
  const isOver = summary?.status === 'ended';
  const beforeItIsThere = (): void => {
    // A run that is over goes on nowhere.
    if (!isOver) markHandedOver(folder, { by: from, at, bundle: path });
  };
  try {
    writeBundle(folder, path, { from, at, beforeItIsThere });
  } catch (error) {
    if (!isOver && readHandedOver(folder)?.at === at) takeMarkBack(folder);
    if (error instanceof StrangeFile)
      return refuse({ message: `run \`${id}\` cannot be handed over: ${error.message}` });
    if (!isCodedError(error) || error.path === undefined) throw error;
    const why = error.code === 'EEXIST' ? 'it is there already' : error.message;
    return refuse({ message: `cannot write \`${file}\`: ${why}`, help: 'nothing was handed over' });
  } finally {
    lock.release();
  }
  writeMessage(
    [
      `run \`${id}\` is in \`${file}\`; ${isOver ? 'it is over' : 'it does not go on here any more'}\n`,
      `  \`runsheet takeover ${file}\` takes it over on the other machine\n`,
      '  the file holds what the run has printed, and what its shells carry from block to block, with the key to it;\n',
      '  values of secret inputs are not in it, and are asked for again\n',
    ].join(''),
  );
  return exitCode.succeeded;
}

/** Has a run go on here that was handed over; gives the exit code. */
export async function takeBack(run: ListedRun): Promise<number> {
  const { id, folder } = run;
  const handed = readHandedOver(folder);
  if (handed === undefined)
    return refuse({ message: `run \`${id}\` was not handed over`, help: '`--bundle FILE` hands it over' });
  takeMarkBack(folder);
  const opened = openRun(run);
  if (!opened.ok) return opened.error;
  const { journal, lock } = opened.value;
  try {
    const text = `taken back here, after ${handed.by} had handed it over at ${handed.at}`;
    journal.append([{ type: 'NoteAdded', text, by: currentActor() }]);
    await journal.sync();
  } finally {
    journal.close();
    lock.release();
  }
  writeMessage(`run \`${id}\` goes on here; do not take it over from \`${handed.bundle}\` any more\n`);
  return exitCode.succeeded;
}
