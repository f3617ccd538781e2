// Owns the command with which a machine serves people and events.
import type { Command } from 'commander';
import { finish } from './finish.ts';

/** The names of these commands. */
export const servingNames: readonly string[] = ['serve'];

/** Adds them to the command line. */
export function addServing(program: Command): void {
  program
    .command('serve')
    .summary('take in events, work on the runs that they start, and show all runs on a page')
    .description(
      'Serve the runbooks of a folder: a page to look at runs, to start them and to answer what they wait with, and addresses for senders of events. It works on what is started by events or on the page until it is asked to end; then no run is begun any more, and those that go on come to their ends or rests.',
    )
    .option('--config <file>', 'the configuration of the server; `serve.yaml` where there is one')
    .option(
      '--library <dir>',
      'the folder of the runbooks; the current one without a word of the configuration',
    )
    .option('--listen <address>', 'where it listens', '127.0.0.1:8042')
    .option('--no-worker', 'take in and show only; another process works on the runs')
    .action(async (options, command) => {
      const { serve } = await import('../serving/serve.ts');
      await finish(serve({ ...command.optsWithGlobals(), ...options }));
    });
}
