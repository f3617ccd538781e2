// Owns which run a user means.
import { fail, ok, type Result } from '../../basics/result.ts';
import { requireSafeFolder } from '../../engine/files/require-safe-folder.ts';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { exitCode } from '../exit-code.ts';
import { complain } from '../report-diagnostics.ts';

const listsAll = '`runsheet runs` lists all of them';

/** What is said where no run fits, as far as it is not what always is. */
export interface NoneFits {
  readonly message?: string;
  readonly help?: string;
}

/** The run that `text` names, or without one the newest that `fits`; complaints are printed. */
export function findRun(
  store: RunStore,
  text: string | undefined,
  fits: (run: ListedRun) => boolean = () => true,
  noneFits: (all: readonly ListedRun[]) => NoneFits = () => ({}),
): Result<ListedRun, number> {
  if (text === undefined) {
    const all = store.list();
    const newest = all.find(fits);
    if (newest) return ok(safe(newest));
    const { message = 'there is no such run', help = listsAll } = noneFits(all);
    complain(message, help);
    return fail(exitCode.usage);
  }
  const found = store.find(text);
  if (found.ok) return ok(safe(found.value));
  if (found.error.type === 'ambiguous') {
    complain(`\`${text}\` means several runs: ${found.error.ids.join(', ')}`, 'give more of the id');
  } else {
    complain(`there is no run \`${text}\``, listsAll);
  }
  return fail(exitCode.usage);
}

/** The run, unless others may write to its folder, which throws `UnsafeFolder`. */
function safe(run: ListedRun): ListedRun {
  requireSafeFolder(run.folder.path);
  return run;
}
