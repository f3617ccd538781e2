// Owns the command with which a machine serves people and events.
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../../runbook/parse-duration.ts';
import { finish } from './finish.ts';
import { positiveInteger } from './positive-integer.ts';

/** The names of these commands. */
export const servingNames: readonly string[] = ['serve', 'tokens', 'worker', 'fleet'];

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
      'the folder of the runbooks, or a repository such as `git+https://git.example.org/books.git`; the current folder without a word of the configuration',
    )
    .option('--listen <address>', 'where it listens', '127.0.0.1:8042')
    .option('--no-worker', 'take in and show only; another process works on the runs')
    .addOption(databaseOption('where the runs are that it shares with workers of a fleet'))
    .addOption(beatOption())
    .action(async (options, command) => {
      const { serve } = await import('../serving/serve.ts');
      await finish(serve({ ...command.optsWithGlobals(), ...options }));
    });
  program
    .command('tokens')
    .summary('add, list or remove the tokens with which programs use the server of this machine')
    .description(
      'Add a token with which a program uses the interface of `runsheet serve`, list those that there are, or remove one. A token is printed once, by `add`; what is kept of it cannot be turned back into it. Removed or expired, it is refused at once, also by a server that goes on.',
    )
    .addArgument(new Argument('<what>', 'what to do').choices(['add', 'list', 'remove']))
    .argument('[token]', 'the name of the token that is added or removed')
    .option('--scope <list>', 'what it lets a program do: read, start (and answer), approve; of `add`')
    .option('--person <name>', 'one of `people:` of the server, as who the program answers; of `add`')
    .option('--expires <time>', 'how long it counts, such as 90d; of `add`')
    .option('--json', 'of `list`: print JSON')
    .action(async (what, token, options, command) => {
      const { tokens } = await import('../serving/tokens.ts');
      await finish(tokens(what, token, { ...command.optsWithGlobals(), ...options }));
    });
  program
    .command('worker')
    .summary('work on the runs of a fleet, whose queue and records are in PostgreSQL')
    .description(
      'Work on runs that are kept in a database, one of several processes on as many machines. What a run records is in the database before anything acts on it: when this process or its machine is gone, another worker goes on with its runs, and asks about a block whose end nobody has seen. Asked to end, it takes no run any more, and those that go on pause behind the block that runs.',
    )
    .addOption(databaseOption('where they are kept'))
    .addOption(
      new Option('--queues <names>', 'the names of `run-on:` whose runs it takes, by commas')
        .argParser(namesByCommas)
        .default(['default'], 'default'),
    )
    .option('--slots <count>', 'runs at once', positiveInteger, 2)
    .option('--library <dir>', 'the folder of the runbooks; the current one where nothing is said')
    .option('--once', 'take one run, and end')
    .option('--until-idle <span>', 'end when it has had no run for so long, such as `60s`', spanOfTime)
    .addOption(beatOption())
    .option('--served-by <name>', 'the server whose people its runs answer to', 'the fleet')
    .action(async (options, command) => {
      const { work } = await import('../serving/fleet/work.ts');
      await finish(work({ ...command.optsWithGlobals(), ...options }));
    });
  addFleet(program);
}

function addFleet(program: Command): void {
  program
    .command('fleet')
    .summary('show the workers, queues and waiting runs of a fleet, or take away its old runs')
    .description(
      'Show how a fleet stands whose runs are in a database: which workers there are, what each queue holds, and why what waits is not worked on. Or take away the runs that ended long ago, with all that they have recorded; nothing else does.',
    )
    .addArgument(new Argument('[what]', 'what to do').choices(['show', 'tidy']).default('show'))
    .addOption(databaseOption('where its runs are'))
    .addOption(beatOption())
    .option('--older-than <span>', 'of `tidy`: how long ago the runs ended, such as `365d`', spanOfTime)
    .option('--json', 'of `show`: print JSON')
    .action(async (what, options, command) => {
      const { fleet } = await import('../serving/fleet/fleet.ts');
      await finish(fleet(what, { ...command.optsWithGlobals(), ...options }));
    });
}

function databaseOption(what: string): Option {
  return new Option(
    '--database <url>',
    `${what}, as \`postgres://USER@HOST/NAME\`; else the variable RUNSHEET_DATABASE`,
  );
}

function beatOption(): Option {
  return new Option(
    '--beat <span>',
    'how often a worker of a fleet says that it lives, the same at all of them; whoever has missed three has died',
  )
    .argParser(spanOfTime)
    .default(5_000, '5s');
}

function namesByCommas(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.some((name) => !/^[\w.-]+$/.test(name)))
    throw new InvalidArgumentError('expected names with commas between them.');
  return [...new Set(names)];
}

/** In milliseconds. */
function spanOfTime(value: string): number {
  const ms = parseDuration(value);
  if (ms === undefined || ms <= 0) throw new InvalidArgumentError('expected a span of time, such as `60s`.');
  return ms;
}
