// Owns the commands by which people answer a run from another terminal.
import type { Command } from 'commander';
import { finish } from './finish.ts';

/** Adds `approve`, `deny` and `answer`. */
export function addAnswers(program: Command): void {
  for (const verb of ['approve', 'deny'] as const) {
    const command = program
      .command(verb)
      .summary(`${verb} a step that waits for approval`)
      .description(
        verb === 'approve'
          ? 'Show what waits for approval in a run, and approve it.'
          : 'Deny a step of a run that waits for approval.',
      )
      .argument('<run>', 'run id, the start of one, or the runbook')
      .argument('[gate]', 'the waiting step, where there are several')
      .option('--comment <text>', 'why');
    if (verb === 'approve')
      command.option('--of <digest>', 'approve what has this digest, without being asked');
    command.action(async (run, gate, options, command) => {
      const { answerApproval } = await import('../commands/answer-approval.ts');
      await finish(answerApproval(verb, run, gate, { ...command.optsWithGlobals(), ...options }));
    });
  }
  program
    .command('answer')
    .summary('answer what a run asks, from another terminal')
    .description(
      'Show what a run asks its operator, and answer it: a doubt, a failure, a manual step, a choice.',
    )
    .argument('<run>', 'run id, the start of one, or the runbook')
    .argument('[step]', 'the step it waits at; without an answer, the question is shown')
    .argument('[answer]', 'one of the answers that are shown with the question')
    .option('--note <text>', 'why, or how it was done')
    .option('--value <text>', 'the value asked for, or the name of what is destroyed')
    .option('--items <numbers>', 'items of a checklist, such as 1,3 (default: all)')
    .action(async (run, step, answer, options, command) => {
      const { answerQuestion } = await import('../commands/answer-question.ts');
      await finish(answerQuestion(run, step, answer, { ...command.optsWithGlobals(), ...options }));
    });
}
