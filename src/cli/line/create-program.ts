// Owns the grammar of the command line, made anew on each call; each verb's work is loaded when it is asked for.
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { exitCode } from '../exit-code.ts';
import { toolVersion } from '../tool-version.ts';
import { writeMessage, writeResult } from '../write-result.ts';
import { addAnswers } from './add-answers.ts';
import { addAuthoring, authoringNames } from './add-authoring.ts';
import { addCheck } from './add-check.ts';
import { addEvents, eventNames } from './add-events.ts';
import { addHistory, historyNames } from './add-history.ts';
import { addServing, servingNames } from './add-serving.ts';
import { addTest, testNames } from './add-test.ts';
import { addUpkeep, upkeepNames } from './add-upkeep.ts';
import { examplesOf } from './command-examples.ts';
import { finish } from './finish.ts';

/** The commands by what adds them. */
const groups: readonly { readonly add: (program: Command) => void; readonly names: readonly string[] }[] = [
  { add: addRun, names: ['run'] },
  { add: addRunControl, names: ['resume', 'rollback'] },
  { add: addAnswers, names: ['approve', 'deny', 'answer'] },
  { add: addCheck, names: ['check'] },
  { add: addReading, names: ['explain', 'print', 'new', 'clear'] },
  { add: addUpkeep, names: upkeepNames },
  { add: addAuthoring, names: authoringNames },
  { add: addServing, names: servingNames },
  { add: addPin, names: ['pin'] },
  { add: addFetch, names: ['fetch'] },
  { add: addTest, names: testNames },
  { add: addPick, names: ['pick'] },
  { add: addLanguageServer, names: ['lsp'] },
  { add: addHistory, names: historyNames },
  { add: addEvents, names: eventNames },
  { add: addCompletion, names: ['completion', 'complete'] },
  { add: addHelp, names: ['help'] },
];

/** The names of all commands. */
export const commandNames: readonly string[] = groups.flatMap(({ names }) => names);

/**
 * The command line: names, options and help, before any argument is read. `wanted` is the first argument: where it
 * names a command, only that and its like are made.
 */
export function createProgram(wanted?: string): Command {
  const program = new Command()
    .name('runsheet')
    .description('Run operational runbooks written in Markdown, and write the results back into them.')
    .version(toolVersion)
    .option('--state-dir <dir>', 'where runs are kept (default: $RUNSHEET_STATE, else the XDG state folder)')
    .configureOutput({ writeOut: writeResult, writeErr: writeMessage })
    .showSuggestionAfterError(true)
    .helpCommand(false)
    .usage('[options] [command | file]')
    // A name alone leaves what a command does the room that it needs in 80 columns.
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false, subcommandTerm: (one) => one.name() });

  const group = groups.find(({ names }) => wanted !== undefined && names.includes(wanted));
  for (const { add } of group === undefined ? groups : [group]) add(program);
  program.addHelpText('after', '\n`runsheet help COMMAND` says more of one of them, with examples.');
  for (const command of program.commands) {
    command.addHelpText('after', () => examplesOf(command.name()));
    // The help of one command shows its description, and no summary.
    if (command.description() === '') command.description(asSentence(command.summary()));
    for (const option of command.options) {
      if (isNone(option.defaultValue)) option.defaultValueDescription ??= 'none';
    }
  }
  return program;
}

const asSentence = (words: string): string => words && `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/** Whether nothing stands where several values may. */
function isNone(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

const may = (does: string) => new Option('--may <risk>', does).choices(['read', 'change']);

const logging = (does: string) =>
  new Option('--log <where>', does).choices(['document', 'changes', 'summary', 'copy', 'none']);

function addRun(program: Command): void {
  program
    .command('run')
    .summary('run a runbook: guided on a terminal, unattended with --yes')
    .description('Run a runbook. On a terminal it leads an operator through; with --yes it runs unattended.')
    .argument('<file>', 'the runbook, or one section of it as `file#heading`')
    .option('-y, --yes', 'run unattended; confirmations are answered, and the record says so')
    .option('--dry-run', 'print each command that would run, and run nothing')
    .option('--rehearse', 'run only what reads; leave out what changes something, and what validates it')
    .option('--set <name=value>', 'give an input its value (repeatable)', collectPair, {})
    .option('--inputs <file>', 'read input values from a YAML, JSON or dotenv file')
    .option('--no-remember', 'do not offer the answers of the last run, and do not keep those of this one')
    .option(
      '--section <name>',
      'run only the section below this heading, after the preconditions of the page',
    )
    .option('--step <name>', 'run only this step (repeatable); preconditions always run', collect, [])
    .option('--from <name>', 'start at this step')
    .option('--until <name>', 'end with this step')
    .option('--tag <tag>', 'run only steps with this tag (repeatable)', collect, [])
    .addOption(logging('where results are written'))
    .addOption(
      new Option('--surface <name>', 'how the run is shown').choices(['tui', 'prompt', 'plain', 'ndjson']),
    )
    .option('--record <file>', 'record what a guided run shows, as an asciicast')
    .option('--report <format=file>', 'write a report when the run pauses or ends (repeatable)', collect, [])
    .addOption(
      new Option('--on-failure <choice>', 'what to do when a block fails that does not say itself').choices([
        'ask',
        'stop',
        'continue',
        'rollback',
      ]),
    )
    .addOption(
      new Option('--manual <choice>', 'unattended: what to do at a manual step')
        .choices(['pause', 'skip'])
        .default('pause'),
    )
    .option('--allow-destructive', 'unattended: run blocks marked risk=destructive')
    .addOption(choosing())
    .addOption(accepting())
    .addOption(may('unattended: `read` runs only what looks until somebody approves of all the rest'))
    .option('--asks <whom>', 'who approves of the rest: a number of people, a person or a group')
    .option('--no-wait', 'unattended: pause at an approval instead of waiting for it')
    .option('--update-expected', 'update the expected output of blocks with what they print')
    .option('--expect-digest <digest>', 'run only if the runbook has this sha256 digest')
    .option(
      '--run-id <id>',
      'the id of the run, such as 20261128-143000-k3f9; if that run exists, it is continued',
    )
    .option('--cause <text>', 'what started it, for the record')
    .option('--on-behalf <name>', 'for whom it is started, for the record; that person cannot approve it')
    .option('--of-commit <commit>', 'the commit of its repository that a server has taken the page from')
    .option('--served-by <name>', 'the server that starts it, whose account speaks for the people it knows')
    .action(async (file, options, command) => {
      const { runRunbook } = await import('../commands/run-runbook.ts');
      await finish(runRunbook(file, { ...command.optsWithGlobals(), ...options }));
    });
}

function addRunControl(program: Command): void {
  const surfaces = () =>
    new Option('--surface <name>', 'how the run is shown').choices(['tui', 'prompt', 'plain', 'ndjson']);
  const changed = () =>
    new Option('--changed <choice>', 'what to do if the part that has not run yet has changed').choices([
      'keep',
      'take',
    ]);
  program
    .command('resume')
    .summary('resume a paused or interrupted run')
    .description(
      'Resume a run that was paused or killed or has failed. Without a run: the open one of this folder; if there are several, it asks.',
    )
    .argument('[run]', 'run id, the start of one, or the runbook')
    .option('-y, --yes', 'go on unattended')
    .addOption(surfaces())
    .option('--record <file>', 'record what a guided run shows, as an asciicast')
    .addOption(changed())
    .addOption(
      new Option('--manual <choice>', 'unattended: what to do at a manual step').choices(['pause', 'skip']),
    )
    .option('--allow-destructive', 'unattended: run blocks marked risk=destructive')
    .addOption(choosing())
    .addOption(accepting())
    .addOption(may('unattended: `change` lifts what `read` holds back'))
    .addOption(logging('where results are written from now on'))
    .option('--no-wait', 'unattended: pause at an approval instead of waiting for it')
    .action(async (run, options, command) => {
      const { resume } = await import('../commands/resume.ts');
      await finish(resume(run, { ...command.optsWithGlobals(), ...options }));
    });
  program
    .command('rollback')
    .summary('undo what a run did')
    .description(
      'Undo what a run did: the undo of each step that ran, newest first, then the rollback section. Without a run: the newest one of a runbook in this folder.',
    )
    .argument('[run]', 'run id, the start of one, or the runbook')
    .option('-y, --yes', 'go on unattended')
    .addOption(surfaces())
    .addOption(changed())
    .addOption(
      new Option('--manual <choice>', 'unattended: what to do at a manual step').choices(['pause', 'skip']),
    )
    .option('--allow-destructive', 'unattended: run blocks marked risk=destructive')
    .addOption(choosing())
    .addOption(accepting())
    .action(async (run, options, command) => {
      const { rollback } = await import('../commands/rollback.ts');
      await finish(rollback(run, { ...command.optsWithGlobals(), ...options }));
    });
}

function addReading(program: Command): void {
  program
    .command('explain')
    .summary('explain the code of a diagnostic, an attribute, or a key of the front matter')
    .argument('[name]', 'such as unknown-attribute or retries; without it, all codes are listed')
    .action(async (name) => {
      const { explain } = await import('../commands/explain.ts');
      await finish(explain(name));
    });
  program
    .command('print')
    .summary('show a runbook as the tool understands it')
    .description('Show sections, steps and blocks of a runbook as the tool understands them, and why.')
    .argument('<file>', 'the runbook, or one section of it as `file#heading`')
    .option('--section <name>', 'show only the section below this heading')
    .option('--json', 'print JSON')
    .addOption(
      new Option('--watch', 'show the page as its operator will see it, drawn anew on every save').conflicts([
        'json',
        'section',
      ]),
    )
    .action(async (file, options) => {
      const { print } = await import('../commands/print.ts');
      await finish(print(file, options));
    });
  program
    .command('new')
    .summary('start a runbook from a template')
    .description(
      'Make a runbook from a template. On a terminal it asks for the values to fill in; `check` lists what is left open.',
    )
    .argument('[template]', 'its name; without one, all templates are listed')
    .argument('[file]', 'where to write it (default: standard output)')
    .option('--title <text>', 'the title of the page')
    .option('--owner <name>', 'who owns the page')
    .option('--set <name=value>', 'fill in a field of the template (repeatable)', collectPair, {})
    .option('--no-ask', 'ask for nothing')
    .option('--with-test', 'write its tests too, to be run with `runsheet test`')
    .action(async (template, file, options) => {
      const { newRunbook } = await import('../commands/new-runbook.ts');
      await finish(newRunbook(template, file, options));
    });
  program
    .command('clear')
    .summary('remove every result and tick from a runbook')
    .argument('<files...>', 'runbooks')
    .action(async (files) => {
      const { clear } = await import('../commands/clear.ts');
      await finish(clear(files));
    });
}

function addPin(program: Command): void {
  program
    .command('pin')
    .summary('write the digests of linked runbooks after their links')
    .description(
      'Pin each link to another runbook to what it leads to now, linked pages of that one included: a run is refused where it has changed.',
    )
    .argument('<files...>', 'runbooks')
    .addOption(
      new Option('--check', 'write nothing; fail where a link is not pinned to what it leads to').conflicts(
        'remove',
      ),
    )
    .option('--remove', 'remove the pins')
    .action(async (files, options) => {
      const { pin } = await import('../commands/pin.ts');
      await finish(pin(files, options));
    });
}

function addFetch(program: Command): void {
  program
    .command('fetch')
    .summary('fetch linked pages of other repositories, and lock what they are')
    .description(
      'Fetch by git the pages of other repositories that runbooks link to, and write their commits and digests into runsheet.lock. A run fetches nothing, and takes no other pages than these.',
    )
    .argument('<files...>', 'runbooks')
    .addOption(
      new Option('--update', 'look up anew where tags and branches lead, and lock that').conflicts('frozen'),
    )
    .option('--frozen', 'lock nothing; fail where something is not locked')
    .action(async (files, options) => {
      const { fetchModules } = await import('../commands/fetch-modules.ts');
      await finish(fetchModules(files, options));
    });
}

function addLanguageServer(program: Command): void {
  program
    .command('lsp')
    .summary('help an editor with runbooks, as a language server')
    .description(
      'Speak the Language Server Protocol on standard input and output, for an editor that starts it: what `check` finds while a page is typed, completion, definitions, renaming and quick fixes. See docs/editors.md.',
    )
    .option('--stdio', 'accepted because many editors pass it')
    .option('--clientProcessId <id>', 'end when this process has ended; many editors pass it')
    .action(async () => {
      const { lsp } = await import('../commands/lsp.ts');
      await lsp();
    });
}

function addCompletion(program: Command): void {
  program
    .command('completion')
    .summary('print a completion script for your shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .action(async (shell) => {
      const { completion } = await import('./completion.ts');
      await finish(completion(shell));
    });
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action(async (words, _, command) => {
      const { complete } = await import('./complete.ts');
      await finish(complete(words, createProgram(), command.optsWithGlobals()));
    });
}

function addHelp(program: Command): void {
  program
    .command('help')
    .summary('show how a command is used')
    .argument('[command]', 'the command')
    .option('--man', 'print the manual page, for `man -l -`')
    .action(async (name, { man }) => {
      const { help } = await import('./help.ts');
      await finish(help(man ? 'man' : name, createProgram()));
    });
}

/** What `runsheet` alone does. */
function addPick(program: Command): void {
  program.command('pick', { hidden: true }).action(async (_, command) => {
    const { pick } = await import('../commands/pick.ts');
    const options = command.optsWithGlobals();
    const picked = await pick(options);
    if (picked === 'left') return;
    if (typeof picked === 'object') {
      const state = options.stateDir === undefined ? [] : ['--state-dir', options.stateDir];
      await createProgram().parseAsync([...state, ...picked], { from: 'user' });
      return;
    }
    if (picked === 'nothing')
      writeMessage('there is no runbook below this folder, and no run of one is open\n\n');
    createProgram().outputHelp({ error: true });
    process.exitCode = exitCode.usage;
  });
}

function choosing(): Option {
  return new Option('--choose <choice=way>', 'take this way of a choice, or `all` (repeatable)')
    .argParser(collectPair)
    .default({}, 'none');
}

function accepting(): Option {
  return new Option('--accept <code>', 'run steps with this doubt (repeatable, or a comma list)')
    .argParser(collectList)
    .default([], 'none');
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function collectList(value: string, before: readonly string[]): string[] {
  return [
    ...before,
    ...value
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ];
}

function collectPair(value: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const at = value.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError('expected NAME=VALUE.');
  return { ...before, [value.slice(0, at)]: value.slice(at + 1) };
}
