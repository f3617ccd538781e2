// Owns what `--dry-run` prints: the commands as they would run, in their order.

import { codesOf } from '../../run/belonging/open-doubts.ts';
import type { BlockItem, Plan, PlanItem } from '../../run/plan.ts';
import { selectItems } from '../../run/planning/select-items.ts';
import type { Selection } from '../../run/run-options.ts';
import type { UsedInput } from '../../run/surface.ts';
import { hasTargets, parallelOf } from '../../run/targets/host-targets.ts';
import { formatDuration } from '../../runbook/regions/format-duration.ts';
import { overWords } from '../../view/words/input-lines.ts';
import { whatFacts } from '../../view/words/item-facts.ts';
import { intervalWords } from '../../view/words/written-duration.ts';

/** Each item that the selection chooses, with its guards, then its command indented; undo items at the end. */
export function renderDryRun(plan: Plan, selection: Selection, inputs: readonly UsedInput[]): string {
  const chosen = selectItems(plan, selection);
  const lines: string[] = [];
  const shown = inputs.map(({ name, value, origin, over, from }) =>
    value === undefined
      ? `  ${name} (${origin === 'secret' ? 'a secret' : 'no value yet'}${overWords(over)})`
      : `  ${name}=${value}${over ? ` (given${overWords(over)})` : from === undefined ? '' : ` (\`${from}\`)`}`,
  );
  if (shown.length > 0) lines.push('inputs', ...shown, '');
  let phase = '';
  plan.items.forEach((item, index) => {
    const runs = item.phase === 'rollback' || chosen[index];
    if (!runs) return;
    if (item.phase !== phase)
      lines.push(
        ...(phase === '' ? [] : ['']),
        item.phase === 'rollback' ? 'rollback (only if asked)' : item.phase,
      );
    phase = item.phase;
    lines.push(...describe(item));
  });
  return `${lines.join('\n')}\n`;
}

/** Where or for what a block runs, how many of them at once, and how many are enough. */
function hostGuards(item: BlockItem): (string | false)[] {
  const user = item.user !== undefined && `as ${item.user}`;
  if (!hasTargets(item)) return [user];
  const { hosts, hostsMustPass } = item;
  return [
    user,
    whichTargets(item),
    hosts.length !== 1 && inWhichOrder(item),
    hostsMustPass !== undefined && hostsMustPass !== 'all' && `${hostsMustPass} must pass`,
  ];
}

function inWhichOrder(item: BlockItem): string {
  const parallel = parallelOf(item);
  if (item.hasTurns)
    return parallel === 1 ? 'each through all blocks of the step' : `${parallel} at once, block by block`;
  return parallel === 1 ? 'one after the other' : `${parallel} at once`;
}

function whichTargets({ hosts, hostsFrom, each }: BlockItem): string {
  if (each === undefined)
    return hostsFrom === undefined ? `on ${hosts.join(', ')}` : `on the hosts of \`${hostsFrom}\``;
  const { name, items, variable, from } = each;
  const asked = `the items of \`${variable === undefined ? from : `$${variable}`}\``;
  return `each ${name} of ${items === undefined ? asked : items.join(' ')}`;
}

function doubtful({ doubts }: PlanItem): string[] {
  return doubts === undefined ? [] : [`doubtful: ${codesOf(doubts).join(', ')}`];
}

function describe(item: PlanItem): string[] {
  const guards = [
    item.risk,
    ...doubtful(item),
    item.undoes && `undoes \`${item.undoes}\``,
    item.validates && `validates \`${item.validates}\``,
    item.approve &&
      `needs approval (${item.approve.type === 'count' ? item.approve.count : item.approve.group})`,
    item.confirm !== undefined && 'asks first',
    item.onFailure && `on failure ${item.onFailure}`,
  ];
  switch (item.kind) {
    case 'manual':
      return [`  ${item.address}  (${['by hand', ...doubtful(item)].join(', ')}) ${item.text}`];
    case 'checklist':
      return [
        `  ${item.address}  (${['checklist', ...doubtful(item)].join(', ')})`,
        ...item.entries.map((entry) => `      [${entry.ticked ? 'x' : ' '}] ${entry.text}`),
      ];
    case 'runbook':
      return [`  ${item.address}  (${[`runs ${item.target}`, ...doubtful(item)].join(', ')})`];
    case 'block': {
      const more = [
        ...guards,
        item.overrides &&
          `exports what is given for ${item.overrides.map((name) => `\`${name}\``).join(', ')}`,
        item.when !== undefined && `when \`${item.when}\``,
        item.check !== undefined &&
          `${item.follows === undefined ? 'unless' : 'has run if'} \`${item.check}\``,
        item.timeoutMs !== undefined && `within ${formatDuration(item.timeoutMs)}`,
        item.retries > 0 && `up to ${item.retries + 1} times, ${intervalWords(item)}`,
        ...hostGuards(item),
        item.errexit === false && !item.looks && 'goes on after a failing command',
        item.cwd !== undefined && `in \`${item.cwd}\``,
        item.follows !== undefined && 'follows what was changed',
        item.handlers !== undefined && `then ${item.handlers.map((name) => `\`${name}\``).join(', ')}`,
      ].filter((guard) => typeof guard === 'string');
      const code = item.code.replace(/\n$/, '').split('\n');
      return [
        `  ${item.address}  ${whatFacts(item).join(', ')} (${more.join(', ')})`,
        ...(item.restores === undefined ? code : []).map((line) => `      ${line}`.trimEnd()),
      ];
    }
  }
}
