// Owns looking at the file of a block before anybody is asked about it.
import type { FailureReason } from '../run/event.ts';
import type { Executor } from '../run/executor.ts';
import type { ComparedFile } from '../run/files/compared-file.ts';
import { nothingRun } from '../run/rules/effect.ts';
import { unmetNeeds } from '../run/rules/unmet-needs.ts';
import { turnIn } from '../run/targets/turn-of.ts';
import { bindTarget } from './bind-target.ts';
import type { PerformableEffect, PerformContext } from './run-engine.ts';

/** Compares the file with what the block makes of it, on every host or for every item of the block that is left where it has any. */
export async function compareFile(
  ready: Executor,
  { item, hosts }: Extract<PerformableEffect, { type: 'compare-file' }>,
  { record, state, signal }: PerformContext,
): Promise<void> {
  const { address } = item;
  const now = state();
  const known = now.items[now.indexOf.get(address) ?? -1];
  const attempt = known?.attempts ?? 0;
  const code = known?.code ?? item.code;
  const files: ComparedFile[] = [];
  const refuse = (reason: FailureReason): void =>
    record(
      now.options.rehearse && reason.type !== 'interrupted'
        ? { type: 'BlockSkipped', address, reason: 'rehearsal', note: noteOf(reason) }
        : { type: 'BlockFailed', address, attempt, result: nothingRun, reason, ...turnIn(hosts) },
    );
  for (const host of hosts?.left ?? [undefined]) {
    // What was kept counts where nobody knows whether the block has written the file.
    const kept = known?.status === 'in-doubt' ? known.files?.[host ?? '']?.kept : undefined;
    const found = await ready.compareFile({
      item,
      attempt,
      code,
      isEdited: code !== item.code,
      needs: unmetNeeds(now, item),
      purpose: 'block',
      signal,
      onOutput: () => {},
      ...(host !== undefined && bindTarget(item, host, hosts?.all ?? [])),
      ...(kept !== undefined && { kept }),
    });
    if (!found.ok) return refuse(found.reason);
    files.push({
      ...(host !== undefined && { host }),
      ...(host !== undefined && item.each !== undefined && { each: item.each.name }),
      change: found.change,
      ...(found.kept !== undefined && { kept: found.kept }),
    });
  }
  record({ type: 'FileCompared', address, files });
}

function noteOf(reason: FailureReason): string {
  return 'message' in reason ? reason.message : reason.type;
}
