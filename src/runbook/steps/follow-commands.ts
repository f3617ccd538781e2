// Owns the risk of blocks that say nothing of it, where their commands say other than their section.

import type { CommandEffect } from '../../languages/commands/command-effect.ts';
import { findEffect, shellCommands } from '../../languages/commands/find-effect.ts';
import { languageOf } from '../../languages/languages.ts';
import type { Block, Part, Step } from '../runbook.ts';

/** What has been read of the page up to a step. */
interface Course {
  /** What is known of the functions that blocks above define, by their names. */
  readonly functions: Map<string, ReadonlySet<CommandEffect>>;
  /** What stands above in the preconditions changes something. */
  isPrepared: boolean;
}

/**
 * A block under a heading of what only looks does not look where it is known to change something: its risk is
 * `change`. What changes something in the preconditions is a preparation, and what stands behind it there belongs to it
 * as far as it may need it: all of its step, and of later steps what is not known to look by itself.
 */
export function followCommands(steps: readonly Step[]): readonly Step[] {
  const course: Course = { functions: new Map(), isPrepared: false };
  return steps.map((step) => followStep(step, course, false));
}

function followStep(step: Step, course: Course, isWithinPreparation: boolean): Step {
  let isPreparation = isWithinPreparation;
  const parts = step.parts.map((part): Part => {
    if (part.type !== 'block') return part;
    const block = followBlock(step, part.block, course, isPreparation);
    if (step.section === 'preconditions' && block.runnable && block.risk !== 'read') {
      isPreparation = true;
      course.isPrepared = true;
    }
    return block === part.block ? part : { ...part, block };
  });
  const validation = step.validation.map((bound) => followStep(bound, course, isPreparation));
  const isSame =
    parts.every((part, index) => part === step.parts[index]) &&
    validation.every((bound, index) => bound === step.validation[index]);
  return isSame ? step : { ...step, parts, validation };
}

function followBlock(step: Step, block: Block, course: Course, isWithinPreparation: boolean): Block {
  if (!block.runnable) return block;
  const code = block.console?.commands ?? block.code;
  const isShell = languageOf(block.language ?? 'sh')?.family === 'shell';
  const isSaid = block.attributes.risk !== undefined || step.attributes.risk !== undefined;
  const mayChange = block.risk === 'read' && !isSaid;
  if (!isShell) {
    if (!mayChange) return block;
    const changes = isWithinPreparation || findEffect(code, block.language ?? 'sh', 'changes') !== undefined;
    return changes ? changing(block) : block;
  }
  const definesNothing = !/\w\s*\(\s*\)/.test(code);
  if (!mayChange && definesNothing) return block;
  const { commands, functions } = shellCommands(code, course.functions);
  for (const [name, effects] of functions) course.functions.set(name, effects);
  if (!mayChange) return block;
  const needsWhatIsAbove = step.section === 'preconditions' && course.isPrepared;
  const changes =
    isWithinPreparation ||
    commands.some(({ effects }) => effects.has('changes')) ||
    (needsWhatIsAbove && commands.some(({ effects, words }) => effects.size === 0 || entersFolder(words)));
  return changes ? changing(block) : block;
}

/** A folder or a file that a preparation may have made. */
function entersFolder([program]: readonly string[]): boolean {
  return program === 'cd' || program === 'pushd' || program === 'source' || program === '.';
}

function changing(block: Block): Block {
  return { ...block, risk: 'change', isRiskOfCommands: true };
}
