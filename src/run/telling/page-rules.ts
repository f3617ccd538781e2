// Owns what the front matter of a page says of who is concerned by its part of a run.
import type { UpdateRule } from '../../runbook/front-matter/notify-rule.ts';
import type { FrontMatter } from '../../runbook/runbook.ts';
import type { PageRules } from '../plan.ts';

/** The rules, without their places. */
export function pageRules({ severity, owner, notify, escalation, updates }: FrontMatter): PageRules {
  return {
    ...(severity !== undefined && { severity }),
    ...(owner !== undefined && { owner }),
    ...(notify.length > 0 && { notify: notify.map(({ span: _span, ...rule }) => rule) }),
    ...(escalation.length > 0 && {
      escalation: escalation.map(({ span: _span, notify: to, ...rule }) => ({ ...rule, to })),
    }),
    ...(updates !== undefined && { updates: withoutSpan(updates) }),
  };
}

function withoutSpan({ span: _span, ...rule }: UpdateRule): NonNullable<PageRules['updates']> {
  return rule;
}
