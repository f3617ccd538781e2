// Owns the command with which a machine serves people and events.
import { Argument, type Command } from 'commander';
import { finish } from './finish.ts';

/** The names of these commands. */
export const servingNames: readonly string[] = ['serve', 'tokens'];

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
}
