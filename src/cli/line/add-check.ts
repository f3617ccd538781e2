// Owns the command line of `check`.
import { type Command, Option } from 'commander';
import { finish } from './finish.ts';

/** Adds the command. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .summary('check runbooks for errors and for what could be better')
    .description(
      'Read runbooks and print everything that is wrong or could be better. Of a folder, all Markdown files below it that hold something to run; what .gitignore leaves out is left out.',
    )
    .argument('<files...>', 'runbooks and folders of them; `-` for one on standard input')
    .addOption(
      new Option('--format <format>', 'output for people, for programs, or for a service that shows it')
        .choices(['text', 'json', 'sarif', 'github', 'gitlab'])
        .default('text'),
    )
    .option('--json', 'the same as --format json')
    .option('--strict', 'fail for warnings and doubts as well')
    .option('--fix', 'fix what can be fixed for certain, and change nothing else')
    .option('--dry-run', 'with --fix: show what would be changed, and change nothing')
    .option('--stdin-name <file>', 'name and folder of the runbook on standard input')
    .action(async (files, options, command) => {
      const { check } = await import('../commands/check.ts');
      await finish(check(files, { ...command.optsWithGlobals(), ...options }));
    });
}
