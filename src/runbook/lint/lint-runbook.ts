// Owns the list of lint rules and running them.
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { KnownOfPage } from '../front-matter/upkeep.ts';
import type { Runbook } from '../runbook.ts';
import { cannotMatch } from './code/cannot-match.ts';
import { deadAnchor } from './code/dead-anchor.ts';
import { endlessWait } from './code/endless-wait.ts';
import { fileByHand } from './code/file-by-hand.ts';
import { literalVariable } from './code/literal-variable.ts';
import { mutatingCondition } from './code/mutating-condition.ts';
import { noCondition } from './code/no-condition.ts';
import { otherLanguage } from './code/other-language.ts';
import { outOfReach } from './code/out-of-reach.ts';
import { secretInText } from './code/secret-in-text.ts';
import { shownNotRun } from './code/shown-not-run.ts';
import { undefinedInput } from './code/undefined-input.ts';
import { unfilledVariable } from './code/unfilled-variable.ts';
import { unknownHandler } from './code/unknown-handler.ts';
import { unlabelledCommand } from './code/unlabelled-command.ts';
import { unusedHandler } from './code/unused-handler.ts';
import { unusedInput } from './code/unused-input.ts';
import { eventDestroys } from './events/event-destroys.ts';
import { eventInput } from './events/event-input.ts';
import { eventInputInQuery } from './events/event-input-in-query.ts';
import { eventRefused } from './events/event-refused.ts';
import { neverStarts } from './events/never-starts.ts';
import { startsTwice } from './events/starts-twice.ts';
import { triggerDedup } from './events/trigger-dedup.ts';
import { triggerExpression } from './events/trigger-expression.ts';
import { triggerInput } from './events/trigger-input.ts';
import { triggerSchedule } from './events/trigger-schedule.ts';
import { indentedFence } from './indented-fence.ts';
import { leftover } from './leftover.ts';
import type { LintRule } from './lint-rule.ts';
import { misclosedFence } from './misclosed-fence.ts';
import { missingParts } from './missing-parts.ts';
import { missingRollback } from './missing-rollback.ts';
import { missingValidation } from './missing-validation.ts';
import { mutatingCheck } from './mutating-check.ts';
import { needsTerminal } from './needs-terminal.ts';
import { neverEndingCommand } from './never-ending-command.ts';
import { expectWithoutOutput } from './outputs/expect-without-output.ts';
import { expectedInWords } from './outputs/expected-in-words.ts';
import { clockApprovesDestruction } from './people/clock-approves-destruction.ts';
import { escalationToNobody } from './people/escalation-to-nobody.ts';
import { unknownApprovalGroup } from './people/unknown-approval-group.ts';
import { placeholder } from './placeholder.ts';
import { repeatedTitle } from './repeated-title.ts';
import { secretDefault } from './secret-default.ts';
import { alwaysDone } from './shells/always-done.ts';
import { errexitWithoutShell } from './shells/errexit-without-shell.ts';
import { notCarried } from './shells/not-carried.ts';
import { unheardFailure } from './shells/unheard-failure.ts';
import { undeclaredSecret } from './undeclared-secret.ts';
import { unguardedDestruction } from './unguarded-destruction.ts';
import { proofOverdue } from './upkeep/proof-overdue.ts';
import { reviewPassed } from './upkeep/review-passed.ts';
import { unproven } from './upkeep/unproven.ts';

/** Every rule, by code. */
export const lintRules: readonly LintRule[] = [
  alwaysDone,
  cannotMatch,
  clockApprovesDestruction,
  deadAnchor,
  endlessWait,
  errexitWithoutShell,
  escalationToNobody,
  eventDestroys,
  eventInput,
  eventInputInQuery,
  eventRefused,
  expectWithoutOutput,
  expectedInWords,
  fileByHand,
  unfilledVariable,
  unknownHandler,
  unusedHandler,
  unusedInput,
  leftover,
  literalVariable,
  misclosedFence,
  indentedFence,
  missingParts,
  missingRollback,
  missingValidation,
  mutatingCheck,
  mutatingCondition,
  needsTerminal,
  neverEndingCommand,
  neverStarts,
  noCondition,
  notCarried,
  otherLanguage,
  outOfReach,
  placeholder,
  proofOverdue,
  repeatedTitle,
  reviewPassed,
  secretDefault,
  secretInText,
  shownNotRun,
  startsTwice,
  triggerDedup,
  triggerExpression,
  triggerInput,
  triggerSchedule,
  undeclaredSecret,
  undefinedInput,
  unguardedDestruction,
  unheardFailure,
  unknownApprovalGroup,
  unlabelledCommand,
  unproven,
];

const refusing = lintRules.filter(({ severity, isOfEvents }) => severity === 'error' && !isOfEvents);

/** What the rules find that a run refuses as well. */
export function lintErrors(runbook: Runbook): readonly Diagnostic[] {
  return refusing.flatMap((rule) => rule.check(runbook));
}

/** What the rules find that no run refuses. */
export function lintRemarks(runbook: Runbook, known?: KnownOfPage): readonly Diagnostic[] {
  return lintRules.filter((rule) => !refusing.includes(rule)).flatMap((rule) => rule.check(runbook, known));
}

/** What the rules find, in source order; what is about the whole file comes last. */
export function lintRunbook(runbook: Runbook, known?: KnownOfPage): readonly Diagnostic[] {
  const found = lintRules.flatMap((rule) => rule.check(runbook, known));
  const start = (diagnostic: Diagnostic) => diagnostic.span?.start ?? Number.MAX_SAFE_INTEGER;
  return found.sort((left, right) => start(left) - start(right));
}
