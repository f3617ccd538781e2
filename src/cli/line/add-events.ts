// Owns the grammar of `runsheet events`.
import { Argument, type Command, type Option } from 'commander';
import { finish } from './finish.ts';
import { positiveInteger } from './positive-integer.ts';

/** The commands of this file. */
export const eventNames: readonly string[] = ['events'];

/** Adds looking at what was told to the server. */
export function addEvents(program: Command): void {
  program
    .command('events')
    .summary('list, show or replay the events that `runsheet serve` received, or try one on runbooks')
    .description(
      'List the events that `runsheet serve` received on this machine, newest first, or show one: which rules it matched, why not, and what came of it. Or `test` an event on the rules of runbooks, and run nothing; or `replay` one of them: it is decided again, by the runbooks as they are now, and a server works on the runs.',
    )
    .addArgument(new Argument('<what>', 'what to do').choices(['list', 'show', 'test', 'replay']))
    .argument('[event]', 'the number of the event that is shown or replayed; of `test` a runbook or a folder')
    .argument('[payload]', 'of `test` a file with an event, `-` for standard input')
    .option('--json', 'print JSON')
    .option('-n, --limit <count>', 'list so many, 500 at most', positiveInteger, 20)
    .option('--source <name>', 'list only those of this kind of sender, such as alertmanager')
    .option('--endpoint <name>', 'list only those of this endpoint')
    .option(
      '--header <line>',
      'of `test`: a header that came with the event, such as "X-GitHub-Event: push"; may be repeated',
      (line: string, before: readonly string[] = []) => [...before, line],
    )
    .option('--at <time>', 'of `test`: when the event comes, such as 2026-11-29T22:30:00Z')
    .option('--library <dir>', 'of `replay`: the folder of the runbooks, as of `serve`')
    .option('--config <file>', 'of `replay`: the configuration of the server, as of `serve`')
    .option('--again', 'of `replay`: also where there is a run by the same key')
    .option('--led', 'list only those that led to a run')
    .action(async (what, event, payload, options, command) => {
      const given = command.options.filter(
        (option: Option) => command.getOptionValueSource(option.attributeName()) === 'cli',
      );
      const words = [event, payload].filter((word) => word !== undefined);
      const [{ refuseForeign }, { refuse }] = await Promise.all([
        import('../events/refuse-foreign.ts'),
        import('../refusal.ts'),
      ]);
      const foreign = refuseForeign(
        what,
        given.map(({ long }: Option) => long ?? ''),
        words,
      );
      if (foreign !== undefined) return finish(Promise.resolve(refuse(foreign)));
      if (what === 'test') {
        const { tryEvent } = await import('../events/try-event.ts');
        return finish(tryEvent(event, payload, options));
      }
      if (what === 'replay') {
        const { replayEvent } = await import('../serving/replay-event.ts');
        return finish(replayEvent(event, { ...command.optsWithGlobals(), ...options }));
      }
      const { events } = await import('../history/events.ts');
      await finish(events(what, event, { ...command.optsWithGlobals(), ...options }));
    });
}
