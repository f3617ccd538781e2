// Owns what becomes of blocks that write files: what is planned of them, and the items that put the old files back.
import { address } from '../../basics/address.ts';
import type { FileStep } from '../../runbook/file-step.ts';
import type { Attributes } from '../../runbook/runbook.ts';
import type { BlockItem, PlanItem } from '../plan.ts';

/** The file that a block writes; undefined for one that runs. */
export function fileOf({ file, insert, set, mode, fileOwner, validate }: Attributes): FileStep | undefined {
  if (file === undefined) return undefined;
  const place = insert ?? set;
  return {
    path: file,
    ...(place !== undefined && { place }),
    ...(mode !== undefined && { mode }),
    ...(fileOwner !== undefined && { owner: fileOwner }),
    ...(validate !== undefined && { validate }),
  };
}

/** What a step's heading says of its blocks, without what it says of commands. */
export function ofFile(attributes: Attributes): Attributes {
  const {
    check: _check,
    retries: _retries,
    intervalMs: _interval,
    longestIntervalMs: _longest,
    exit: _exit,
    errexit: _errexit,
    expect: _expect,
    captures: _captures,
    interactive: _interactive,
    background: _background,
    ...rest
  } = attributes;
  return rest;
}

/** What puts back the files that these items of a step write, the one that was written last first. */
export function undoOfFiles(items: readonly PlanItem[]): readonly BlockItem[] {
  return items
    .flatMap((item) => (item.kind === 'block' && item.writes !== undefined ? [undoOf(item)] : []))
    .reverse();
}

function undoOf(item: BlockItem): BlockItem {
  const {
    approve: _approve,
    confirm: _confirm,
    when: _when,
    notify: _notify,
    handlers: _handlers,
    branches: _branches,
    doubts: _doubts,
    onDemand: _onDemand,
    estimateMs: _estimate,
    ...kept
  } = item;
  return {
    ...kept,
    address: address(`${item.address}/undo`),
    code: '',
    phase: 'rollback',
    risk: 'change',
    undoes: item.step,
    restores: item.address,
  };
}
