// Owns the shape of a lint rule and how rules walk a runbook.
import { languageOf } from '../../languages/languages.ts';
import type { Diagnostic, DiagnosticSeverity } from '../../text/diagnostic.ts';
import type { Block, Runbook, Step } from '../runbook.ts';

/** One thing that `check` looks for. The examples are its documentation and its tests. */
export interface LintRule {
  readonly code: string;
  readonly severity: DiagnosticSeverity;
  /** One line: what is wrong with what it finds. */
  readonly summary: string;
  /** Why it matters and what to do, in sentences. */
  readonly explanation: string;
  /** Whole runbooks, as Markdown. */
  readonly examples: { readonly good: readonly string[]; readonly bad: readonly string[] };
  readonly check: (runbook: Runbook) => readonly Diagnostic[];
}

/** Every step, those that validate or undo another one included, in document order. */
export function allSteps(runbook: Runbook): readonly Step[] {
  const flatten = (steps: readonly Step[]): readonly Step[] =>
    steps.flatMap((step) => [step, ...flatten(step.validation), ...flatten(step.rollback)]);
  return flatten(runbook.steps);
}

/** Every block with the step that it stands in. */
export function allBlocks(runbook: Runbook): readonly { readonly step: Step; readonly block: Block }[] {
  return allSteps(runbook).flatMap((step) =>
    step.parts.flatMap((part) => (part.type === 'block' ? [{ step, block: part.block }] : [])),
  );
}

/** True for blocks that a shell runs. */
export function isShell(block: Block): boolean {
  return block.language === undefined || languageOf(block.language)?.family === 'shell';
}

/** What a block runs: its commands where they were told apart from output. */
export function commandsOf(block: Block): string {
  return block.console?.commands ?? block.code;
}
