// Owns saying that a run does not begin or go on, to people, and to programs that read records.
import { exitCode } from '../exit-code.ts';
import { type Complaint, refuse } from '../refusal.ts';
import { writeResult } from '../write-result.ts';

/** Says so; `surface` is how the run was to be shown. Gives the exit code. */
export async function refuseRun(complaint: Complaint, surface: string | undefined): Promise<number> {
  if (surface === 'ndjson') {
    const { renderRefusal } = await import('../../surfaces/headless/render-refusal.ts');
    const { message, run, status } = complaint;
    const reason = status === exitCode.busy ? 'busy' : 'not-kept';
    writeResult(renderRefusal({ reason, message, ...(run !== undefined && { run }) }));
  }
  return refuse(complaint);
}
