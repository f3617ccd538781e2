// Owns the commands that tell of runs: what there were, what happened in one, and whether its record is whole.
import { type Command, Option } from 'commander';
import { reportFormats } from '../../surfaces/reports/telling/report-formats.ts';
import { finish } from './finish.ts';
import { positiveInteger } from './positive-integer.ts';

/** The names of these commands. */
export const historyNames: readonly string[] = [
  'runs',
  'show',
  'report',
  'handover',
  'takeover',
  'stats',
  'verify',
];

/** Adds them to the command line. */
export function addHistory(program: Command): void {
  addLists(program);
  addTelling(program);
  addTakingOver(program);
  addCounting(program);
}

function addLists(program: Command): void {
  program
    .command('runs')
    .summary('list the runs, newest first')
    .argument('[file]', 'only those of this runbook')
    .option('--json', 'print JSON')
    .option('-n, --limit <count>', 'how many', positiveInteger, 20)
    .action(async (file, options, command) => {
      const { runs } = await import('../history/runs.ts');
      await finish(runs(file, { ...command.optsWithGlobals(), ...options }));
    });
  program
    .command('show')
    .summary('show what happened in a run, or compare two runs')
    .description(
      'Show what happened in a run. With two runs: what differs, with the first output line that differs in each step.',
    )
    .argument('[run]', 'run id, the start of one, or the runbook; the newest without one')
    .argument('[other]', 'the run that it is compared with')
    .option('--json', 'print the journal as JSON lines; with two runs, what differs as JSON')
    .option('-f, --follow', 'follow a run while it goes on')
    .action(async (run, other, options, command) => {
      const { show } = await import('../history/show.ts');
      await finish(show(run, other, { ...command.optsWithGlobals(), ...options }));
    });
}

function addTelling(program: Command): void {
  program
    .command('report')
    .summary('print a report of a run: its steps, who decided what, its timeline')
    .argument('[run]', 'run id, the start of one, or the runbook; the newest without one')
    .addOption(
      new Option('--format <format>', 'form of the report').choices(reportFormats).default('markdown'),
    )
    .action(async (run, options, command) => {
      const { report } = await import('../history/report.ts');
      await finish(report(run, { ...command.optsWithGlobals(), ...options }));
    });
  program
    .command('handover')
    .summary('print a page for whoever takes a run over')
    .description(
      'Print one page about a run: where it stands, what is doubtful, what still runs, how to go on and how to undo it. Without a run: the newest open one of this folder.',
    )
    .argument('[run]', 'run id, the start of one, or the runbook')
    .addOption(
      new Option('--format <format>', 'form of the page').choices(['markdown', 'html']).default('markdown'),
    )
    .addOption(
      new Option(
        '--bundle <file>',
        'put the run itself into a file, for `runsheet takeover` on another machine',
      ).conflicts(['format', 'takeBack']),
    )
    .addOption(
      new Option(
        '--take-back',
        'have a run go on here that was handed over and that nobody has taken over',
      ).conflicts('format'),
    )
    .action(async (run, options, command) => {
      const { handOver } = await import('../history/hand-over.ts');
      await finish(handOver(run, { ...command.optsWithGlobals(), ...options }));
    });
}

function addTakingOver(program: Command): void {
  program
    .command('takeover')
    .summary('take over a run that was handed over on another machine')
    .description(
      'Take over a run from the file that `runsheet handover --bundle` has made. All of it is compared with what was written, and its record verified, before it is a run of this machine; `runsheet resume` goes on with it.',
    )
    .argument('<file>', 'the file')
    .action(async (file, options, command) => {
      const { takeOver } = await import('../history/take-over.ts');
      await finish(takeOver(file, { ...command.optsWithGlobals(), ...options }));
    });
}

function addCounting(program: Command): void {
  program
    .command('stats')
    .summary('show how runs ended and how long their steps took')
    .description(
      'Show how the runs of each runbook ended, and how long was worked and waited; of one runbook also how often each step failed, how long it took, and what it saves.',
    )
    .argument('[file]', 'the runbook')
    .option('--since <when>', 'only runs since then: a span such as 30d, or a date')
    .addOption(
      new Option(
        '--format <format>',
        'output format; a badge is an SVG that says when it last succeeded',
      ).choices(['table', 'json', 'html', 'badge']),
    )
    .option('--json', 'the same as --format json')
    .action(async (file, options, command) => {
      const { stats } = await import('../history/stats.ts');
      await finish(stats(file, { ...command.optsWithGlobals(), ...options }));
    });
  program
    .command('verify')
    .summary('check that the record of a run is whole and unaltered')
    .argument('[run]', 'run id, the start of one, or the runbook; the newest without one')
    .option('--allowed-signers <file>', 'file of the signers that are trusted, see ssh-keygen(1)')
    .action(async (run, options, command) => {
      const { verify } = await import('../history/verify.ts');
      await finish(verify(run, { ...command.optsWithGlobals(), ...options }));
    });
}
