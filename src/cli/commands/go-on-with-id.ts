// Owns that a run of a given id is started once, however often it is asked for.
import { isRunId } from '../../basics/address.ts';
import { readJournal } from '../../engine/journal/read-journal.ts';
import { evolve, initialState } from '../../run/evolve.ts';
import { exitCode, exitCodeOf } from '../exit-code.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { planOfRun } from '../load/plan-of-run.ts';
import { refuse } from '../refusal.ts';
import { lostJournal } from '../runs/lost-journal.ts';
import { refuseRun } from '../runs/refuse-run.ts';
import type { ResumeOptions } from '../session/resume-session.ts';
import { writeMessage } from '../write-result.ts';
import { resume } from './resume.ts';

/**
 * Goes on with the run of that id, which is of `page`, an absolute path, and gives its exit code; that of how it ended where it has. Undefined where there is
 * none yet, so that it is to be started.
 */
export async function goOnWithId(
  id: string,
  page: string,
  options: ResumeOptions & { readonly rehearse?: boolean },
): Promise<number | undefined> {
  if (!isRunId(id))
    return refuse({
      message: `\`${id}\` is not a valid run id`,
      help: 'an id looks like `20261128-143000-k3f9`: date and time in UTC, and at least four lower-case letters or digits',
    });
  const store = openRunStore(options.stateDir);
  const found = store.find(id);
  if (!found.ok || found.value.id !== id) return undefined;
  const { folder, summary } = found.value;
  if (summary !== undefined && summary.runbook !== page)
    return refuse({
      message: `run \`${id}\` is of \`${summary.runbook}\``,
      help: 'an id belongs to one run of one page: use another id',
    });
  if (summary !== undefined && (summary.rehearsed ?? false) !== (options.rehearse ?? false))
    return refuse({
      message: `run \`${id}\` is ${summary.rehearsed ? 'a rehearsal' : 'no rehearsal'}`,
      help: 'give another id',
    });
  if (store.isLive(folder)) {
    const [message, help] = [`run \`${id}\` is going on`, 'watch it with `runsheet show --follow`'];
    return refuseRun({ message, help, status: exitCode.busy, run: id }, options.surface);
  }
  if (store.hasLostJournal(folder)) return refuse(lostJournal(folder));
  if (!store.hasBegun(folder)) {
    store.discardUnbegun(folder);
    return undefined;
  }
  const history = readJournal(folder.journal).events;
  const plan = planOfRun(folder, history);
  if (plan === undefined) return exitCode.failed;
  const state = history.reduce(evolve, initialState(plan));
  if (state.lifecycle !== 'ended') return resume(id, options);
  writeMessage(`note: run \`${id}\` has ended already; nothing was run\n`);
  return exitCodeOf(state);
}
