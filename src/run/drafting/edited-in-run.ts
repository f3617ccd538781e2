// Owns finding the commands that were changed in a run, and what became of them there.
import type { Address } from '../../basics/address.ts';
import type { RecordedEvent } from '../event.ts';
import type { BlockItem, Plan } from '../plan.ts';
import type { LeftOut } from './draft-steps.ts';

/** A command as it ran in the place of the page's. */
export interface EditedInRun {
  /** When it had passed, ISO 8601. */
  readonly at: string;
  readonly address: Address;
  readonly title: string;
  /** One-based, of the block in the page. */
  readonly line: number;
  readonly code: string;
  /** What stands behind the fence of that block; `sh` where the page does not say. */
  readonly info: string;
  readonly milliseconds: number;
}

/** Each command that passed as it was changed last, in the order in which they passed; and what cannot be a step, why. */
export function editedInRun(
  events: readonly RecordedEvent[],
  { items }: Plan,
  page: string | undefined,
): { readonly edited: readonly EditedInRun[]; readonly leftOut: readonly LeftOut[] } {
  const codes = new Map<Address, string>();
  const passed = new Map<Address, { readonly at: string; readonly milliseconds: number }>();
  for (const { event, at } of events) {
    if (event.type === 'CommandEdited') {
      codes.set(event.address, event.code);
      passed.delete(event.address);
    }
    if (event.type === 'BlockPassed' && codes.has(event.address))
      passed.set(event.address, { at, milliseconds: event.result.durationMs });
  }
  const lines = page?.split(/\r?\n/) ?? [];
  const edited: EditedInRun[] = [];
  const leftOut: LeftOut[] = [];
  for (const [address, code] of codes) {
    const item = items.find((one): one is BlockItem => one.kind === 'block' && one.address === address);
    const end = passed.get(address);
    if (item === undefined || item.code === code.replace(/\n$/, '')) continue;
    const { stepTitle: title, line } = item;
    const info = infoAt(lines, line) ?? 'sh';
    const why = end === undefined ? 'it did not pass as it was changed' : whyNoStep(item, info);
    if (why !== undefined) leftOut.push({ code, why: `changed at \`${address}\`: ${why}` });
    else if (end !== undefined) edited.push({ ...end, address, title, line, code, info });
  }
  return { edited: edited.toSorted((one, other) => one.at.localeCompare(other.at)), leftOut };
}

/** A step of its own would run it elsewhere, or would be no step. */
function whyNoStep(item: BlockItem, info: string): string | undefined {
  if (item.phase === 'rollback') return 'it is an undo, which belongs below its step';
  if (item.file !== undefined) return 'it is of a linked page';
  if (item.follows !== undefined) return 'it is a handler of the front matter';
  if (item.writes !== undefined) return 'it is the text of a file';
  const hasHosts = item.hosts.length > 0 || item.hostsFrom !== undefined;
  if (hasHosts && !/\bhost(?:s-from)?=/.test(info))
    return 'what stands above its block says on which hosts it runs';
  if (item.user !== undefined && !/\buser=/.test(info))
    return 'what stands above its block says as whom it runs';
  return item.each === undefined || /\beach\b/.test(info) ? undefined : 'its heading says how often it runs';
}

function infoAt(lines: readonly string[], line: number): string | undefined {
  const [, info] = /^[\s>*+\d.)-]*(?:`{3,}|~{3,})\s*(\S.*?)\s*$/.exec(lines[line - 1] ?? '') ?? [];
  return info;
}
