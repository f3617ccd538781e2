// Owns what is known and gathered on the way down through links.
import type { InputDeclaration, Runbook, Step } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Span } from '../../text/span.ts';
import type { Plan, RunbookItem } from '../plan.ts';
import type { Unfillable } from '../planning/plan-placeholders.ts';

/** A runbook that a link leads to, as it was found. */
export interface LinkedRunbook {
  /** Absent when there is none: the diagnostics say why. */
  readonly runbook?: Runbook;
  readonly digest: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the runbook of a path, which starts where the opened runbook's path starts. */
export type LoadLinkedRunbook = (path: string) => LinkedRunbook;

/** What the links of all levels add to, while a plan is expanded. */
export interface Expansion {
  readonly rootFolder: string;
  readonly load: LoadLinkedRunbook;
  readonly diagnostics: Diagnostic[];
  readonly unfillable: Unfillable[];
  readonly linked: Map<string, { readonly runbook: Runbook; readonly digest: string }>;
  /** Links that are pinned, and to what. */
  readonly pins: { readonly target: LinkTarget; readonly digest: string }[];
  readonly inputs: Map<string, InputDeclaration>;
  readonly interpreters: Record<string, readonly string[]>;
  readonly approvalGroups: Record<string, Plan['approvalGroups'][string]>;
  readonly shell: string;
  /** How many runbooks links have brought so far, each as often as it is, and how many items. */
  readonly brought: { pages: number; items: number };
}

/** One runbook on the way down. */
export interface LinkLevel {
  readonly runbook: Runbook;
  /** Files from the opened runbook to this one. */
  readonly chain: readonly string[];
  /** The link of the opened runbook that led here; absent at the top, where each link is its own place. */
  readonly place?: Span;
  /** Inputs that the levels above have, and the variables that hold them. */
  readonly inScope: ReadonlyMap<string, string>;
  /** What stands before the addresses of this level in the whole plan. */
  readonly prefix: string;
}

/** Where a link leads. */
export interface LinkTarget {
  readonly item: RunbookItem;
  readonly step: Step;
  /** The linked runbook, relative to the opened runbook's folder. */
  readonly file: string;
  /** Files from the opened runbook to this one. */
  readonly chain: readonly string[];
  /** The link of the opened runbook that led here. */
  readonly place: Span;
  /** What stands before the addresses of its items in the whole plan. */
  readonly prefix: string;
}

/** Says what is wrong with a linked runbook, at the link of the opened runbook that led there. */
export function reportAtLink(
  { diagnostics }: Expansion,
  { place }: LinkTarget,
  {
    code,
    message,
    help,
  }: { readonly code: string; readonly message: string; readonly help?: string | undefined },
): void {
  // What many ways lead to is wrong once.
  if (diagnostics.some((one) => one.code === code && one.message === message && one.span === place)) return;
  diagnostics.push({
    code,
    severity: 'error',
    message,
    span: place,
    ...(help !== undefined && { help }),
  });
}
