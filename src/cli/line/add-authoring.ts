// Owns the commands with which pages are made of something else, and made something else of.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { finish } from './finish.ts';

/** The names of these commands. */
export const authoringNames: readonly string[] = ['record', 'export', 'import'];

/** Adds them to the command line. */
export function addAuthoring(program: Command): void {
  program
    .command('record')
    .summary('make a runbook of what you type into your own shell')
    .description(
      'Open your own shell and make a runbook of what is typed there: each command is a step, `# text` is prose; lines that begin with `undo:`, `check:` or `verify:` belong to the command before them and are not run. When you leave the shell the page is shown, checked, and written.',
    )
    .argument('[file]', 'the page (asked for if not given)')
    .option('--title <text>', 'the title of the page')
    .option('--input <name=value>', 'make this value an input of the page (repeatable)', collectInput, {})
    .addOption(new Option('--resume', 'continue the unfinished session of this folder').conflicts('from'))
    .option('--from <run>', 'open no shell: make the page of what was changed and recorded in this run')
    .action(async (file, options, command) => {
      const { record } = await import('../authoring/record.ts');
      await finish(record(file, { ...command.optsWithGlobals(), ...options }));
    });
  program
    .command('export')
    .summary('make a bash script of a runbook')
    .description(
      'Make a script of a runbook that needs nothing but bash: preconditions, conditions, inputs, confirmations, retries, expectations, files and undos are kept. What no script can do is refused by its name.',
    )
    .argument('<file>', 'the runbook')
    .addOption(new Option('--to <format>', 'what is made').choices(['bash']).default('bash'))
    .option('-o, --output <file>', 'where to write it (default: standard output)')
    .option('--partial', 'leave what no script can do to a person, who is asked when it is due')
    .action(async (file, options) => {
      const { exportRunbook } = await import('../authoring/export-runbook.ts');
      await finish(exportRunbook(file, options));
    });
  program
    .command('import')
    .summary('propose what a wiki page needs to be run')
    .description(
      'Read a page that was written for no tool, and propose labels of its blocks and a section for its steps, as a difference. Text is only added; nothing is run, and nothing is written without --write.',
    )
    .argument('<file>', 'the page')
    .option('--write', 'write what is proposed into the page')
    .action(async (file, options) => {
      const { importPage } = await import('../authoring/import-page.ts');
      await finish(importPage(file, options));
    });
}

function collectInput(value: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const [, name = '', given = ''] = /^([A-Z_][A-Z\d_]*)=(.+)$/s.exec(value) ?? [];
  if (name === '') throw new InvalidArgumentError('expected NAME=VALUE, NAME in capital letters.');
  return { ...before, [name]: given };
}
