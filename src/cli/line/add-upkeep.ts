// Owns the command line of what tells of the runbooks below a folder.
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../../runbook/parse-duration.ts';
import { finish } from './finish.ts';

/** The names of these commands. */
export const upkeepNames: readonly string[] = ['list', 'rot', 'index'];

/** Adds them to the command line. */
export function addUpkeep(program: Command): void {
  program
    .command('list')
    .summary('list the runbooks below a folder')
    .description(
      'List the runbooks below a folder: whose they are, when they were last run and proven, and what of that is due. What .gitignore leaves out is left out.',
    )
    .argument('[dir]', 'the folder', '.')
    .option('--tag <tag>', 'only runbooks with this tag (repeatable)', collect, [])
    .option('--owner <name>', 'only those of this owner')
    .option('--service <name>', 'only those of this service')
    .option('--stale', 'only those whose review or proof is due, or that differ from what was proven')
    .option('--json', 'print JSON')
    .action(async (dir, options, command) => {
      const { list } = await import('../upkeep/list.ts');
      await finish(list(dir, { ...command.optsWithGlobals(), ...options }));
    });
  program
    .command('index')
    .summary('write a page that leads to the runbooks below a folder')
    .description(
      'Write a table of the runbooks below a folder, with their owners, services, severities and tags, into a page, between two comments; the rest of the page stays as it is.',
    )
    .argument('[dir]', 'the folder', '.')
    .option('-o, --output <file>', 'the page; README.md of the folder without one')
    .option('--check', 'write nothing; fail where the page is not up to date')
    .action(async (dir, options) => {
      const { writeIndex } = await import('../upkeep/write-index.ts');
      await finish(writeIndex(dir, options));
    });
  program
    .command('rot')
    .summary('tell which runbooks go bad: unproven, not reviewed, wrong')
    .description(
      'Tell of each runbook below a folder when it was last proven, what `check` finds, and whether its rehearsal passes. Fails where a review or a proof is due, where `check` finds an error, or where a rehearsal does not pass. Runs nothing without --rehearse.',
    )
    .addArgument(new Argument('[files...]', 'runbooks and folders of them').default(['.'], 'this folder'))
    .option('--rehearse', 'rehearse each: run here what only looks, and nothing else')
    .addOption(
      new Option('--timeout <time>', 'how long one rehearsal may take')
        .argParser(milliseconds)
        .default(600_000, '10m'),
    )
    .addOption(
      new Option('--format <format>', 'form of the report')
        .choices(['table', 'markdown', 'json'])
        .default('table'),
    )
    .option('--json', 'the same as --format json')
    .action(async (files, options, command) => {
      const { rot } = await import('../upkeep/rot.ts');
      await finish(rot(files, { ...command.optsWithGlobals(), ...options }));
    });
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function milliseconds(value: string): number {
  const ms = parseDuration(value);
  if (ms === undefined || ms === 0) throw new InvalidArgumentError('expected a time such as 30s or 5m.');
  return ms;
}
