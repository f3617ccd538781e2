// Owns taking up a run again, to go on or to roll back: what has changed since, the secrets anew, the session.
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import type { ListedRun } from '../../engine/journal/run-store.ts';
import { RunStore } from '../../engine/journal/run-store.ts';
import { stateFolder } from '../../engine/journal/state-folder.ts';
import type { RunCommand } from '../../run/command.ts';
import { decide } from '../../run/decide.ts';
import type { RunEvent } from '../../run/event.ts';
import { evolve } from '../../run/evolve.ts';
import type { RunOptions } from '../../run/run-options.ts';
import type { RunState } from '../../run/state.ts';
import { parseRunbook } from '../../runbook/parse-runbook.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { decodeSource } from '../../text/source-file.ts';
import { chooseSurface, type SurfaceName } from '../choose-surface.ts';
import { currentActor } from '../current-actor.ts';
import { exitCode } from '../exit-code.ts';
import { settleSecrets } from '../inputs/stored-secrets.ts';
import { digestOfRunbook } from '../load/digest-of-runbook.ts';
import { findRun, type NoneFits } from '../load/find-run.ts';
import { loadConfiguration } from '../load/load-configuration.ts';
import { loadPlan } from '../load/load-plan.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { complain, reportDiagnostics } from '../report-diagnostics.ts';
import { completeEnded } from './complete-ended.ts';
import { driveSession } from './drive-session.ts';
import { openRun } from './open-run.ts';
import { settleChanges } from './settle-changes.ts';

export interface ResumeOptions {
  readonly yes?: boolean;
  readonly surface?: SurfaceName;
  readonly manual?: 'pause' | 'skip';
  readonly allowDestructive?: boolean;
  readonly wait?: boolean;
  /** What to do where the runbook has changed in what has not run yet; asked, or refused, where nothing is said. */
  readonly changed?: 'keep' | 'take';
  readonly stateDir?: string;
}

export interface ResumeIntent {
  /** Which runs can be meant when none is named. */
  readonly fits: (run: ListedRun) => boolean;
  /** What is said where none can. */
  readonly noneFits?: (all: readonly ListedRun[]) => NoneFits;
  /** Why this run cannot be taken up for this, in words; undefined when it can. */
  readonly refuse: (state: RunState) => string | undefined;
  readonly rollsBack: boolean;
  /** What follows right after the run is open again; `before` is how it rested. */
  readonly command: (open: RunState, before: RunState) => RunCommand | undefined;
}

/** Takes up a run with an intent; gives the exit code. */
export async function resumeSession(
  name: string | undefined,
  options: ResumeOptions,
  intent: ResumeIntent,
): Promise<number> {
  const surface = chooseSurface(options.surface, options.yes ?? false);
  if (!surface.ok) {
    complain(surface.error.message, surface.error.help);
    return exitCode.usage;
  }
  const store = new RunStore(stateFolder(options.stateDir, process.env, homedir()));
  const fits = (run: ListedRun): boolean => store.hasBegun(run.folder) && intent.fits(run);
  const found = findRun(store, name, fits, intent.noneFits);
  if (!found.ok) return found.error;
  const opened = openRun(store, found.value);
  if (!opened.ok) return opened.error;
  const { lock, journal, plan, state, history } = opened.value;
  try {
    const refused = intent.refuse(state);
    if (refused !== undefined) {
      const completed = await completeEnded(store, found.value, opened.value);
      if (completed !== undefined) return completed;
      complain(`run \`${found.value.id}\`: ${refused}`);
      return exitCode.usage;
    }
    const { folder, summary } = found.value;
    const started = history.find((recorded) => recorded.event.type === 'RunStarted')?.event;
    if (started?.type !== 'RunStarted' || !summary) {
      complain(`run \`${found.value.id}\` has no beginning in its journal`);
      return exitCode.usage;
    }
    const snapshot = parseRunbook(
      decodeSource(started.runbook.path, store.readRunbook(folder)).source,
      loadConfiguration(started.runbook.path).configuration,
    ).runbook;
    const secrets = await settleSecrets(
      wantedSecrets(plan.inputs ?? snapshot.frontMatter.inputs, started.secretInputs),
      surface.value.guided ? surface.value.name : undefined,
      started.runbook,
    );
    if (!secrets.ok) return secrets.error;

    const current = loadRunbook(started.runbook.path);
    if (!current.file || !current.runbook) {
      reportDiagnostics(current.diagnostics, current.source);
      complain(
        'the runbook cannot be read, so results have no place to go',
        'put it back where it was; the run itself is safe',
      );
      return exitCode.usage;
    }
    const by = currentActor(process.env);
    const digest = digestOfRunbook(current.runbook);
    const mode = surface.value.guided ? 'guided' : 'unattended';
    const resumedOptions: RunOptions = {
      ...state.options,
      yes: options.yes ?? false,
      allowDestructive: options.allowDestructive ?? state.options.allowDestructive,
      manual: options.manual ?? state.options.manual,
    };
    const { plan: planNow, linked } = loadPlan(current.runbook);
    const changes = await settleChanges({
      before: snapshot,
      now: current.runbook,
      planNow,
      digest,
      state,
      history,
      by,
      rollback: intent.rollsBack || state.rollback !== undefined,
      choice: options.changed,
      guided: surface.value.guided,
    });
    if (!changes.ok) return changes.error;
    const first: RunEvent[] = [
      { type: 'RunResumed', by, mode, runbookDigest: digest, options: resumedOptions },
      ...changes.value,
    ];
    // The command is decided on the state as it will be once the run is open again.
    const open = first.reduce(
      (known, event) => evolve(known, { seq: known.lastSeq + 1, at: systemNow(), event }),
      state,
    );
    const command = intent.command(open, state);
    const decision = command && decide(open, command);
    if (decision && !decision.ok) {
      complain(decision.error.message);
      return exitCode.usage;
    }
    first.push(...(decision?.value ?? []));
    return await driveSession(
      {
        store,
        folder,
        summary,
        journal,
        plan,
        file: current.file,
        runbook: current.runbook,
        linked,
        state,
        history,
        options: resumedOptions,
        surface: surface.value,
        inputs: { values: state.inputs, origins: started.inputOrigins ?? {}, secrets: secrets.value },
        by,
        cwd: started.cwd ?? dirname(started.runbook.path),
        wait: options.wait ?? true,
        reports: [],
      },
      first,
    );
  } finally {
    journal.close();
    lock.release();
  }
}

/** What the run was given when it began: placeholders of blocks that it did not choose were never asked for. */
function wantedSecrets(
  declared: readonly InputDeclaration[],
  given: readonly string[],
): readonly InputDeclaration[] {
  return declared.filter(({ name, placeholder, when }) => (!placeholder && !when) || given.includes(name));
}

const systemNow = (): string => new Date().toISOString();
