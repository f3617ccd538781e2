// Owns the grammar of `runsheet events`.
import { Argument, type Command } from 'commander';
import { finish } from './finish.ts';
import { positiveInteger } from './positive-integer.ts';

/** The commands of this file. */
export const eventNames: readonly string[] = ['events'];

/** Adds looking at what was told to the server. */
export function addEvents(program: Command): void {
  program
    .command('events')
    .summary('list or show the events that were told to `runsheet serve`')
    .description(
      'List the events that were told to `runsheet serve` of this machine, newest first, or show one: which rules it met, why not, and what came of it.',
    )
    .addArgument(new Argument('<what>', 'what to do').choices(['list', 'show']))
    .argument('[event]', 'the number of the event that is shown')
    .option('--json', 'print JSON')
    .option('-n, --limit <count>', 'list so many, 500 at most', positiveInteger, 20)
    .option('--source <name>', 'list only those of this kind of sender, such as alertmanager')
    .option('--endpoint <name>', 'list only those of this endpoint')
    .option('--led', 'list only those that led to a run')
    .action(async (what, event, options, command) => {
      const { events } = await import('../history/events.ts');
      await finish(events(what, event, { ...command.optsWithGlobals(), ...options }));
    });
}
