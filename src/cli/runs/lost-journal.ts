// Owns what is said of a run whose journal somebody has taken away.
import type { RunFolder } from '../../engine/journal/run-folder.ts';

/** Nobody may take it for a run in which nothing was run, and start it once more. */
export function lostJournal({ id, path }: RunFolder): { readonly message: string; readonly help: string } {
  return {
    message: `the journal of run \`${id}\` is gone: what it has run is not known`,
    help: `look at what it did before its runbook is run again; what is left of it is in \`${path}\``,
  };
}
