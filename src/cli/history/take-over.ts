// Owns `runsheet takeover`: a run of another machine becomes one of this machine, once all of it was compared.
import { nodeFileOperations } from '../../engine/files/file-operations.ts';
import { continueJournal } from '../../engine/journal/continue-journal.ts';
import { readHandedOver } from '../../engine/journal/handed-over.ts';
import type { JournalContent } from '../../engine/journal/read-journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { BundleHead } from '../../engine/record/bundle-head.ts';
import { endedIn } from '../../engine/record/check-record.ts';
import { digestOfFile } from '../../engine/record/digest-of-file.ts';
import { digestOfPart, type OpenBundle, openBundle } from '../../engine/record/open-bundle.ts';
import { readPlan } from '../../engine/record/read-plan.ts';
import { unpackRun } from '../../engine/record/unpack-run.ts';
import { evolve, initialState } from '../../run/evolve.ts';
import { canBeTakenUp } from '../../run/state.ts';
import { currentActor } from '../current-actor.ts';
import { exitCode } from '../exit-code.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { type Complaint, refuse } from '../refusal.ts';
import { systemClock } from '../system-clock.ts';
import { writeMessage } from '../write-result.ts';

const nothing = 'nothing was taken over';

/** Takes a run over from a file; gives the exit code. */
export async function takeOver(file: string, options: { readonly stateDir?: string }): Promise<number> {
  const opened = openBundle(file);
  if (!opened.ok) return refuse({ message: `\`${file}\` ${opened.error}`, help: nothing });
  const bundle = opened.value;
  const { run: id, from } = bundle.head;
  let [isOver, isTakenUp] = [false, false];
  const refusal = await openRunStore(options.stateDir).adopt<Complaint | 'here'>(id, {
    refuse: (folder) => refusalOf(folder, bundle),
    busy: ({ process: { pid } }) => ({
      message: `run \`${id}\`, or the taking over of a run, is going on in process ${pid}`,
      help: `${nothing}; try again when it has ended`,
    }),
    fill: async (draft) => {
      const unpacked = unpackRun(bundle, draft);
      if (!unpacked.ok) return { message: `\`${file}\` ${unpacked.error}`, help: nothing };
      const { events } = unpacked.value;
      isOver = endedIn(events);
      isTakenUp = isOver && isTakenUpOf(draft, events);
      // The record of a run that has ended is sealed, and signed as far as it goes: nothing comes behind that until it is
      // taken up, which says who has done so.
      if (!isOver) await recordTakeOver(draft, bundle.head, unpacked.value);
      return undefined;
    },
  });
  if (refusal === 'here') writeMessage(`run \`${id}\` is here already\n`);
  else if (refusal !== undefined) return refuse(refusal);
  else {
    const ended = `it has ended; \`runsheet show ${id}\` tells of it`;
    const goesOn = `\`runsheet resume ${id}\` goes on with it`;
    const next = !isOver ? goesOn : isTakenUp ? `${ended}, and ${goesOn}` : ended;
    writeMessage(`run \`${id}\` of ${from} is here; ${next}\n`);
  }
  return exitCode.succeeded;
}

/** What cannot be read of its plan is told by what opens it. */
function isTakenUpOf(folder: RunFolder, events: JournalContent['events']): boolean {
  const plan = readPlan(folder, events);
  return plan.ok && canBeTakenUp(events.reduce(evolve, initialState(plan.value)));
}

/** Why a bundle does not go to where its run has its place; `here` where all of it is there already. */
function refusalOf(folder: RunFolder, bundle: OpenBundle): Complaint | 'here' | undefined {
  const { id } = folder;
  switch (earlierForm(folder, bundle)) {
    case 'none':
    case 'earlier':
      return undefined;
    case 'here':
      return 'here';
    case 'own':
      return {
        message: `run \`${id}\` was handed over from here, and the file has nothing that came after`,
        help: `\`runsheet handover ${id} --take-back\` has it go on here, where nobody has taken it over elsewhere`,
      };
    case 'other':
      return {
        message: `run \`${id}\` is here already, and has gone another way`,
        help: `${nothing}; \`runsheet show ${id}\` shows the one that is here`,
      };
  }
}

/**
 * What there is of the run here: nothing; all of it; all of it, handed over from here; an earlier part of it that was
 * handed over from here; or something that is no part of it.
 */
function earlierForm(folder: RunFolder, bundle: OpenBundle): 'none' | 'here' | 'own' | 'earlier' | 'other' {
  const size = nodeFileOperations.stat(folder.journal)?.size;
  if (size === undefined) return nodeFileOperations.stat(folder.path) === undefined ? 'none' : 'other';
  const bundled = bundle.head.parts.find(({ name }) => name === 'journal.ndjson');
  if (bundled === undefined) return 'other';
  const isHandedOver = readHandedOver(folder) !== undefined;
  const end = Number(size);
  if (bundled.bytes > end) {
    const before = digestOfPart(bundle, bundled.name, end);
    const isPart = before !== undefined && before === digestOfFile(nodeFileOperations, folder.journal);
    return isPart && isHandedOver ? 'earlier' : 'other';
  }
  const whole = digestOfFile(nodeFileOperations, folder.journal, { at: 0, end: bundled.bytes });
  if (whole !== bundled.digest) return 'other';
  if (!isHandedOver) return 'here';
  return bundled.bytes === end ? 'own' : 'other';
}

/** The run says itself who has it now, and from whom. */
async function recordTakeOver(
  { journal: path }: RunFolder,
  { from, at }: BundleHead,
  { end }: JournalContent,
): Promise<void> {
  const journal = continueJournal(path, end, { now: systemClock.now });
  try {
    const text = `taken over from ${from}, who handed it over at ${at}`;
    journal.append([{ type: 'NoteAdded', text, by: currentActor() }]);
    await journal.sync();
  } finally {
    journal.close();
  }
}
