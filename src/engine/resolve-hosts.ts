// Owns asking where a block is to run, or for which items, before anything else is asked about it.
import type { Condition, FailureReason } from '../run/event.ts';
import type { Executor } from '../run/executor.ts';
import { decodeMasked, ownText } from '../run/masking/redactor.ts';
import type { BlockItem } from '../run/plan.ts';
import { nothingRun } from '../run/rules/effect.ts';
import { unmetNeeds } from '../run/rules/unmet-needs.ts';
import { readHosts } from '../run/targets/host-targets.ts';
import { readItems } from '../run/targets/read-items.ts';
import { attemptsOf } from './ask-condition.ts';
import type { PerformableEffect, PerformContext } from './run-engine.ts';

/** An inventory longer than this is none. */
const inventoryLimitBytes = 64 * 1024;

/** Asks the command of a `hosts-from` where its block is to run, or what the items of its list are. */
export async function resolveHosts(
  ready: Executor,
  { item }: Extract<PerformableEffect, { type: 'resolve-hosts' }>,
  { record, state, signal }: PerformContext,
): Promise<void> {
  const attempt = attemptsOf(state(), item);
  const { address } = item;
  const list = listOf(item);
  // Where it runs is asked here, as the operator.
  const { user: _user, ...here } = item;
  const run = await ready.run({
    item: item.each === undefined ? here : item,
    attempt,
    code: list.code,
    needs: item.each === undefined ? [] : unmetNeeds(state(), item),
    purpose: 'condition',
    signal,
    onOutput: () => {},
  });
  const refuse = (reason: FailureReason): void =>
    record({ type: 'BlockFailed', address, attempt, result: nothingRun, reason });
  if (!run.ok && run.reason.type === 'interrupted') return refuse(run.reason);
  const { condition, name } = list;
  const why = (message: string): void => refuse({ type: 'condition', condition, message: ownText(message) });
  if (!run.ok) {
    const { exitCode } = run.result;
    if (run.reason.type === 'spawn') return why(run.reason.message);
    if (condition === 'of' && exitCode === unsetStatus) return why(`${name} is not set`);
    return why(`${name} ${exitCode === null ? 'did not end by itself' : `ended with exit ${exitCode}`}`);
  }
  const printed = run.stdout.readStdout(inventoryLimitBytes);
  if (run.stdout.stdoutBytes > inventoryLimitBytes) return why(`${name} is more than a list can be`);
  const read = list.read(decodeMasked(printed));
  if (!read.ok) return why(`${name}${read.message}`);
  const each = item.each?.name;
  record({ type: 'HostsResolved', address, hosts: read.names, ...(each !== undefined && { each }) });
}

type ReadNames =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** How hosts or items are asked for, what that is called, and how the answer is read. */
function listOf({ hostsFrom = '', each }: BlockItem): {
  readonly condition: Condition;
  readonly code: string;
  readonly name: string;
  readonly read: (text: string) => ReadNames;
} {
  if (each === undefined)
    return { condition: 'hosts-from', code: hostsFrom, name: `\`${hostsFrom}\``, read: hostNames };
  const { variable, from = '' } = each;
  if (variable === undefined)
    return {
      condition: 'each-from',
      code: from,
      name: `\`${from}\``,
      read: (text) => itemNames(text, 'lines'),
    };
  return {
    condition: 'of',
    code: printingOf(variable),
    name: `\`$${variable}\``,
    read: (text) => itemNames(text, 'blanks'),
  };
}

function hostNames(text: string): ReadNames {
  const read = readHosts(text);
  return read.ok ? { ok: true, names: read.hosts } : { ok: false, message: `: ${read.message}` };
}

function itemNames(text: string, between: 'lines' | 'blanks'): ReadNames {
  const read = readItems(text, between);
  return read.ok ? { ok: true, names: read.items } : { ok: false, message: ` ${read.message}` };
}

const unsetStatus = 3;

/** Prints the value of a variable, all elements of an array; ends with a status of its own where it is not set. */
function printingOf(name: string): string {
  return [
    `[ -n "\${${name}+x}" ] || exit ${unsetStatus}`,
    `if [ -n "\${BASH_VERSION-}\${ZSH_VERSION-}" ]; then eval 'printf "%s\\n" "\${${name}[@]}"'`,
    `else printf '%s\\n' "$${name}"; fi`,
  ].join('\n');
}
