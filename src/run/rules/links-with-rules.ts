// Owns which page's word counts for what in a run: each linked page speaks of its own part.
import type { Address } from '../../basics/address.ts';
import type { PageRules, Plan, RunbookItem } from '../plan.ts';
import type { RunState } from '../state.ts';
import { enclosingLinks } from './enclosing-links.ts';
import { filledText } from './filled-text.ts';

/** A link whose page has rules of its own. */
export interface LinkWithRules {
  readonly index: number;
  readonly item: RunbookItem;
  readonly page: NonNullable<RunbookItem['page']>;
}

/** Found once for each plan: most have none, and every event asks. */
const ofPlans = new WeakMap<Plan, readonly LinkWithRules[]>();

/** The links of a plan whose pages have rules of their own, in its order. */
export function linksWithRules(plan: Plan): readonly LinkWithRules[] {
  let found = ofPlans.get(plan);
  if (found === undefined) {
    found = plan.items.flatMap((item, index): readonly LinkWithRules[] =>
      item.kind === 'runbook' && item.page !== undefined ? [{ index, item, page: item.page }] : [],
    );
    ofPlans.set(plan, found);
  }
  return found;
}

/**
 * Severity and owner of what stands at an address: those of the nearest page that names one. A severity that refers to
 * variables has their values; it is absent while one has none.
 */
export function pageFacts(state: RunState, at: Address | undefined): Pick<PageRules, 'severity' | 'owner'> {
  const { plan, indexOf } = state;
  const index = at === undefined ? undefined : indexOf.get(at);
  const item = index === undefined ? undefined : plan.items[index];
  const around = item === undefined || index === undefined ? [] : [index, ...enclosingLinks(state, item)];
  const links = around.flatMap((link) => {
    const found = plan.items[link];
    return found?.kind === 'runbook' && found.page ? [found.page] : [];
  });
  const written = links.find((page) => page.severity !== undefined)?.severity ?? plan.severity;
  const owner = links.find((page) => page.owner !== undefined)?.owner ?? plan.owner;
  const severity = written === undefined ? undefined : filledText(written, state);
  return { ...(severity !== undefined && { severity }), ...(owner !== undefined && { owner }) };
}
