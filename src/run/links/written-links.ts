// Owns the links of a runbook to other runbooks, as they are written.
import type { Address } from '../../basics/address.ts';
import type { Runbook, RunbookLink, Step } from '../../runbook/runbook.ts';

/** A link, and the step in which it stands. */
export interface WrittenLink {
  readonly link: RunbookLink;
  readonly step: Step;
}

/** Every link of a runbook, by its address. */
export function writtenLinks(runbook: Runbook): ReadonlyMap<Address, WrittenLink> {
  const links = new Map<Address, WrittenLink>();
  const visit = (step: Step): void => {
    for (const part of step.parts)
      if (part.type === 'runbook-link') links.set(part.link.address, { link: part.link, step });
    for (const bound of [...step.validation, ...step.rollback]) visit(bound);
  };
  for (const step of runbook.steps) visit(step);
  return links;
}

/** What a heading can say of a whole linked runbook; all else would be a guard that guards nothing. */
const supported: ReadonlySet<string> = new Set([
  'name',
  'run',
  'risk',
  'confirm',
  'approve',
  'onFailure',
  'estimateMs',
  'tags',
  'with',
  'digest',
  'notify',
]);

/** Attributes of a step with a link that say nothing, as they are written. */
export function unsupportedAttributes({ attributes }: Step): readonly string[] {
  return Object.keys(attributes)
    .filter((name) => !supported.has(name))
    .map((name) => name.replace(/^(hosts)$|Ms$/, (_, hosts) => (hosts ? 'host' : '')))
    .map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
}
