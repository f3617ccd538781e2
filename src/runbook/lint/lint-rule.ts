// Owns the shape of a lint rule, and how rules walk a runbook, its blocks and their commands.
import {
  type CodePlace,
  findEffect as findEffectIn,
  shellCommands,
} from '../../languages/commands/find-effect.ts';
import type { ReadCommand } from '../../languages/commands/read-command.ts';
import { languageOf } from '../../languages/languages.ts';
import type { Diagnostic, DiagnosticSeverity } from '../../text/diagnostic.ts';
import type { KnownOfPage } from '../front-matter/upkeep.ts';
import type { Block, Runbook, Step } from '../runbook.ts';

/** One thing that `check` looks for. The examples are its documentation and its tests. */
export interface LintRule {
  readonly code: string;
  readonly severity: DiagnosticSeverity;
  /** It is about events alone: a run that people start takes no notice of it, though it is an error. */
  readonly isOfEvents?: true;
  /** One line: what is wrong with what it finds. */
  readonly summary: string;
  /** Why it matters and what to do, in sentences. */
  readonly explanation: string;
  /** Whole runbooks, as Markdown. */
  readonly examples: {
    readonly good: readonly string[];
    readonly bad: readonly string[];
    /** What is known beside the examples, for rules that look at it. */
    readonly known?: KnownOfPage;
  };
  /** Rules that look at what is known next to the page find nothing without it. */
  readonly check: (runbook: Runbook, known?: KnownOfPage) => readonly Diagnostic[];
}

type PlacedBlock = { readonly step: Step; readonly block: Block };

const stepsByRunbook = new WeakMap<Runbook, readonly Step[]>();
const blocksByRunbook = new WeakMap<Runbook, readonly PlacedBlock[]>();

/** Every step, those that validate or undo another one included, in document order. All rules share one list. */
export function allSteps(runbook: Runbook): readonly Step[] {
  const flatten = (steps: readonly Step[]): readonly Step[] =>
    steps.flatMap((step) => [step, ...flatten(step.validation), ...flatten(step.rollback)]);
  const steps = stepsByRunbook.get(runbook) ?? flatten(runbook.steps);
  stepsByRunbook.set(runbook, steps);
  return steps;
}

/** Every block with the step that it stands in. */
export function allBlocks(runbook: Runbook): readonly PlacedBlock[] {
  const blocks =
    blocksByRunbook.get(runbook) ??
    allSteps(runbook).flatMap((step) =>
      step.parts.flatMap((part) => (part.type === 'block' ? [{ step, block: part.block }] : [])),
    );
  blocksByRunbook.set(runbook, blocks);
  return blocks;
}

/** True for blocks that a shell runs. */
export function isShell(block: Block): boolean {
  return block.language === undefined || languageOf(block.language)?.family === 'shell';
}

/** What a block runs: its commands where they were told apart from output. */
export function commandsOf(block: Block): string {
  return block.console?.commands ?? block.code;
}

const commandsByBlock = new WeakMap<Block, readonly ReadCommand[]>();

/** The commands of a shell block, as they stand, those of which nothing is known, too; each block is read once. */
function commandsIn(block: Block): readonly ReadCommand[] {
  const known = commandsByBlock.get(block);
  if (known !== undefined) return known;
  const { commands } = shellCommands(commandsOf(block));
  commandsByBlock.set(block, commands);
  return commands;
}

/** The commands of a shell block that are known to do something, as they stand. */
export function effectiveCommands(block: Block): readonly ReadCommand[] {
  return commandsIn(block).filter(({ effects }) => effects.size > 0);
}

/** Whether running a block may change something: all but what is known to look, by its risk or by its commands. */
export function mayChange(block: Block): boolean {
  if (!block.runnable || block.risk === 'read') return false;
  if (block.attributes.risk !== undefined || !isShell(block)) return true;
  return commandsIn(block).some(
    ({ effects }) => effects.has('changes') || !(effects.has('looks') || effects.has('prepares')),
  );
}

/** Where a block is first known to have an effect, in UTF-16 offsets of what it runs. */
export function findEffect(block: Block, effect: 'changes' | 'destroys'): CodePlace | undefined {
  if (isShell(block)) return effectiveCommands(block).find(({ effects }) => effects.has(effect));
  return findEffectIn(commandsOf(block), block.language ?? 'sh', effect);
}
