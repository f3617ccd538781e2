// Owns why a run without a person does not begin: what is doubtful of it, at its places.

import { namedValue } from '../../basics/named-values.ts';
import { openDoubts } from '../../run/belonging/open-doubts.ts';
import type { PlanItem, PlannedDoubt } from '../../run/plan.ts';
import type { RunOptions } from '../../run/run-options.ts';
import { doubtCodes } from '../../runbook/doubts/doubt-kinds.ts';
import { doubtDiagnostic } from '../../runbook/doubts/make-doubt.ts';
import { distinctDoubts } from '../../runbook/find-doubts.ts';
import { closestName } from '../../text/closest-name.ts';
import type { SourceFile } from '../../text/source-file.ts';
import type { Complaint, Refusal } from '../refusal.ts';

/** Why a code of `--accept` is none. */
export function unknownDoubt(codes: readonly string[]): Complaint | undefined {
  const unknown = codes.find((code) => !(doubtCodes as readonly string[]).includes(code));
  if (unknown === undefined) return undefined;
  const meant = closestName(unknown, doubtCodes);
  return {
    message: `--accept: there is no doubt \`${unknown}\`${meant ? `; did you mean \`${meant}\`?` : ''}`,
    help: `it takes ${doubtCodes.map((code) => `\`${code}\``).join(', ')}; \`runsheet explain CODE\` says more`,
  };
}

/**
 * Every doubt that chosen items hold, page by page. What would undo them counts only where a failure rolls back by
 * itself, and what a rehearsal leaves out is not doubtful in one.
 */
export function refuseDoubtful(
  chosen: readonly PlanItem[],
  options: RunOptions,
  sourceOf: (file: string | undefined) => SourceFile | undefined,
): readonly Refusal[] {
  const rollsBack = [options, ...chosen].some(({ onFailure }) => onFailure === 'rollback');
  const items = chosen.filter(
    ({ phase, kind, risk }) =>
      (phase !== 'rollback' || rollsBack) && !(options.rehearse && kind !== 'runbook' && risk !== 'read'),
  );
  const files = [...new Set(items.map(({ file }) => file))];
  return files.flatMap((file) => {
    const ofFile = items.filter((item) => item.file === file);
    const doubts = distinctDoubts(
      ofFile.flatMap((item) => openDoubts(item, options)).filter((doubt) => !isChosen(doubt, items, options)),
    );
    const source = sourceOf(file);
    if (source === undefined || doubts.length === 0) return [];
    const diagnostics = doubts.map((doubt) => ({
      ...doubtDiagnostic(doubt, 'error'),
      help: doubt.choice?.isWritten
        ? doubt.help
        : `${doubt.help}; \`--accept ${doubt.code}\` runs ${doubt.choice ? 'all of them' : 'it as it is'}`,
    }));
    return [{ diagnostics, source }];
  });
}

/** The choice is made by name, or by the selection of steps of one of its ways. */
function isChosen(
  { choice }: PlannedDoubt,
  items: readonly PlanItem[],
  { choose = {}, selection }: RunOptions,
): boolean {
  if (choice === undefined) return false;
  if (namedValue(choose, choice.name) !== undefined) return true;
  if (selection.steps.length === 0) return false;
  const ways = items.flatMap(({ phase, branches = [] }) =>
    phase === 'rollback' ? [] : branches.flatMap((one) => (one.choice === choice.name ? one.branch : [])),
  );
  return new Set(ways).size === 1;
}
