// Owns whether a link to a page of another repository keeps to what that page says of itself.
import type { Address } from '../../basics/address.ts';
import { neededNames } from '../../languages/needed-names.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { closestName } from '../../text/closest-name.ts';
import { scopedName } from '../inputs/scoped-outputs.ts';
import type { PlanItem } from '../plan.ts';
import { type Expansion, type LinkTarget, reportAtLink } from './expansion.ts';
import { isModule } from './module-address.ts';

/**
 * Says which inputs a page of another repository requires and nobody gives: a page beside this one may leave them to the
 * run, whose author has both in hand.
 */
export function checkModuleInputs(
  target: LinkTarget,
  missing: readonly InputDeclaration[],
  expansion: Expansion,
): void {
  if (!isModule(target.file)) return;
  for (const { name, required, default: value, defaultFrom, when, placeholder } of missing) {
    if (!required || placeholder || when !== undefined || value !== undefined || defaultFrom !== undefined)
      continue;
    reportAtLink(expansion, target, {
      code: 'link-input',
      message: `\`${target.item.address}\` runs \`${target.file}\`: nothing gives its input \`${name}\`, which it requires`,
      help: `write \`with.${name}=…\`, or declare an input \`${name}\` in this page`,
    });
  }
}

/** Says which outputs of a page of another repository are used by their link's name, and are none that it declares. */
export function checkModuleOutputs(
  items: readonly PlanItem[],
  placeOf: (link: Address) => LinkTarget | undefined,
  expansion: Expansion,
): void {
  for (const item of items) {
    if (item.kind !== 'runbook' || !isModule(item.target)) continue;
    const target = placeOf(item.address);
    const outputs = target && expansion.linked.get(target.file)?.runbook.frontMatter.outputs;
    if (target === undefined || outputs === undefined) continue;
    for (const name of usedOf(item.address, items)) {
      if (outputs.includes(name)) continue;
      const meant = closestName(name, outputs);
      reportAtLink(expansion, target, {
        code: 'link-output',
        message: `\`${name}\` of \`${item.address}\` is used, and \`${target.file}\` has no such output${meant === undefined ? '' : `; did you mean \`${meant}\`?`}`,
        help:
          outputs.length === 0 ? 'it declares none; `outputs: [NAME]` in its front matter would' : undefined,
      });
    }
  }
}

/** The outputs of a link that values of other links name as `${link.NAME}`, and code as `link_NAME`. */
function usedOf(link: Address, items: readonly PlanItem[]): ReadonlySet<string> {
  const used = new Set<string>();
  const prefix = scopedName(link, '');
  for (const item of items) {
    if (item.kind === 'runbook')
      for (const value of Object.values(item.inputs))
        for (const [, of, name] of value.matchAll(/\$\{([\w/-]+)\.([A-Za-z_]\w*)\}/g))
          if (of === link && name !== undefined) used.add(name);
    if (item.kind !== 'block') continue;
    for (const name of neededNames(item.code, item.language ?? 'sh'))
      if (name.startsWith(prefix) && name.length > prefix.length) used.add(name.slice(prefix.length));
  }
  return used;
}
