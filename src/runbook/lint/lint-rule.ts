// Owns the shape of a lint rule, and how rules walk a runbook, its blocks and their commands.
import { languageOf } from '../../languages/languages.ts';
import { findPlaceholders } from '../../languages/placeholders/find-placeholders.ts';
import { maskPlaceholders } from '../../languages/placeholders/mask-placeholders.ts';
import { mayHoldPlaceholder } from '../../languages/placeholders/may-hold-placeholder.ts';
import { type CommandEffect, effectsOf, mayHaveEffect } from '../../languages/shell/command-effect.ts';
import { isInBackground, readShell, wordText } from '../../languages/shell/reader/read-shell.ts';
import type { ShellCode, ShellCommand } from '../../languages/shell/reader/shell-code.ts';
import { findStatement, type StatementEffect } from '../../languages/sql/find-statement.ts';
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
function commandsOf(block: Block): string {
  return block.console?.commands ?? block.code;
}

/** A command of a shell block, in UTF-16 offsets of what the block runs. */
export interface EffectiveCommand {
  readonly effects: ReadonlySet<CommandEffect>;
  /** Its program's name. */
  readonly start: number;
  readonly end: number;
  /** The block goes on beside it. */
  readonly isInBackground: boolean;
}

const commandsByBlock = new WeakMap<Block, readonly EffectiveCommand[]>();

/** The commands of a shell block that are known to do something, as they stand; each block is read once. */
export function effectiveCommands(block: Block): readonly EffectiveCommand[] {
  const known = commandsByBlock.get(block);
  if (known !== undefined) return known;
  const code = commandsOf(block);
  const placeholders = mayHoldPlaceholder(code) ? findPlaceholders(code, 'shell') : [];
  const shell = readShell(maskPlaceholders(code, placeholders));
  const found = shell.commands.flatMap((command) => effectiveCommand(shell, command) ?? []);
  commandsByBlock.set(block, found);
  return found;
}

function effectiveCommand(shell: ShellCode, command: ShellCommand): EffectiveCommand | undefined {
  const words = command.words.filter(({ role }) => role === 'name' || role === 'argument');
  const [name] = words;
  if (name?.role !== 'name' || !mayHaveEffect(wordText(shell, name))) return undefined;
  const isFed = command.isPiped || command.redirects.some(({ operator }) => operator.startsWith('<'));
  const effects = effectsOf(
    words.map((word) => wordText(shell, word)),
    isFed,
  );
  if (effects.size === 0) return undefined;
  return { effects, start: name.start, end: name.end, isInBackground: isInBackground(command.pipeline) };
}

/** Where a shell or SQL block has an effect first, in UTF-16 offsets of what it runs. */
export function findEffect(
  block: Block,
  effect: StatementEffect,
): { readonly start: number; readonly end: number } | undefined {
  if (isShell(block)) return effectiveCommands(block).find(({ effects }) => effects.has(effect));
  const isSql = block.language !== undefined && languageOf(block.language)?.family === 'sql';
  return isSql ? findStatement(commandsOf(block), effect) : undefined;
}
