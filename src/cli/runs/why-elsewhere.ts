// Owns the words for a run that was handed over, and does not go on here.
import { readHandedOver } from '../../engine/journal/handed-over.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { Complaint } from '../refusal.ts';

/** Why nothing is done here with a run that goes on elsewhere; undefined where it does not. Throws the system's errors. */
export function whyElsewhere(folder: RunFolder): Complaint | undefined {
  const handed = readHandedOver(folder);
  if (handed === undefined) return undefined;
  const { id } = folder;
  return {
    message: `run \`${id}\` was handed over by ${handed.by}, into \`${handed.bundle}\``,
    help: `\`runsheet handover ${id} --take-back\` has it go on here, where nobody has taken it over elsewhere`,
  };
}
