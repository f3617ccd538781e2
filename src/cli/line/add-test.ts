// Owns the grammar of `runsheet test`.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { finish } from './finish.ts';

/** The commands of this file. */
export const testNames: readonly string[] = ['test', 'test-case'];

/** Adds the tests of runbooks, and the process of one case. */
export function addTest(program: Command): void {
  program
    .command('test')
    .summary('run the tests of runbooks')
    .description(
      'Run the cases of `name.test.yaml` beside `name.md`: real runs in a folder of their own, with stand-ins for commands.',
    )
    .argument('[paths...]', 'runbooks, test files, or folders (default: this folder)')
    .option('--fail-each', 'make each block fail once, before and after its code; the state has to come back')
    .option('--filter <text>', 'only cases with this text in their name, or their runbook')
    .option('-j, --jobs <number>', 'run this many cases at once', whole)
    .option('--watch', 'run them again when a file of theirs changes')
    .addOption(
      new Option('--format <name>', 'output format').choices(['text', 'tap', 'json']).default('text'),
    )
    .option('--report <junit=file>', 'write a JUnit report (repeatable)', collect, [])
    .option('--coverage', 'list the steps, ways and undos that no case has run')
    .option('--min-coverage <percent>', 'fail if less than this is covered', percent)
    .action(async (paths, options) => {
      const { testRunbooks } = await import('../commands/test-runbooks.ts');
      await finish(testRunbooks(paths, options));
    });
  program
    .command('test-case', { hidden: true })
    .argument('<file>')
    .action(async (file) => {
      const { performCase } = await import('../trials/cases/perform-case.ts');
      await finish(performCase(file));
    });
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function whole(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new InvalidArgumentError('expected a whole number from 1 on.');
  return Number(value);
}

function percent(value: string): number {
  if (!/^(?:\d{1,2}|100)$/.test(value)) throw new InvalidArgumentError('expected a number from 0 to 100.');
  return Number(value);
}
