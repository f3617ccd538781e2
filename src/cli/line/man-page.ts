// Owns the manual page, made from the grammar of the command line, in the macros of man(7).
import type { Command, Option } from 'commander';
import { exitCode } from '../exit-code.ts';
import { commandExamples } from './command-examples.ts';

/** What each exit code says of a run, in the order of the codes. */
const exitWords: Readonly<Record<keyof typeof exitCode, string>> = {
  succeeded: 'every step that was to run has passed',
  failed: 'a step has failed',
  usage: 'the command line or the runbook is wrong, or something is missing: nothing was run',
  rolledBack: 'something failed and everything was undone',
  preconditionFailed: 'a precondition does not hold: nothing was changed',
  paused: 'the run is paused and waits for somebody, or for `runsheet resume`',
  rollbackFailed: 'something failed, and so did its undo',
  busy: 'as many runs of it are going on as may: nothing was run',
  interrupted: 'interrupted, or stopped by its operator',
};

const environment: readonly (readonly [name: string, does: string])[] = [
  ['RUNSHEET_STATE', 'where runs are kept, unless --state-dir says it'],
  ['XDG_STATE_HOME', 'the folder of states that runs are kept in where neither is set'],
  ['NO_COLOR', 'no colours, where it is not empty'],
  ['VISUAL, EDITOR', 'the editor for commands that are changed in a run'],
];

const files: readonly (readonly [name: string, does: string])[] = [
  ['runsheet.yaml', 'configuration of a folder and of all below it'],
  ['~/.local/state/runsheet', 'runs: their journals, outputs and copies of pages'],
];

/** The page as troff source. */
export function manPage(program: Command, version: string): string {
  const commands = program.createHelp().visibleCommands(program);
  return [
    `.TH RUNSHEET 1 "" "runsheet ${escaped(version)}" "User Commands"`,
    '.SH NAME',
    'runsheet \\- run operational runbooks written in Markdown',
    '.SH SYNOPSIS',
    ...commands.map((command) => `.br\n.B runsheet ${escaped(command.name())}\n${escaped(command.usage())}`),
    '.SH DESCRIPTION',
    escaped(program.description()),
    'A runbook is a Markdown file with sections for preconditions, steps, validation and rollback.',
    '.SH OPTIONS',
    ...program.options.flatMap(option),
    '.SH COMMANDS',
    ...commands.flatMap(section),
    '.SH EXIT STATUS',
    ...(Object.keys(exitCode) as (keyof typeof exitCode)[]).flatMap((name) =>
      item(String(exitCode[name]), exitWords[name]),
    ),
    '.SH ENVIRONMENT',
    ...environment.flatMap(([name, does]) => item(name, does)),
    '.SH FILES',
    ...files.flatMap(([name, does]) => item(name, does)),
    '.SH SEE ALSO',
    escaped('`runsheet explain NAME` explains a diagnostic, an attribute or a key of the front matter.'),
    '',
  ].join('\n');
}

function section(command: Command): readonly string[] {
  const examples = commandExamples[command.name()] ?? [];
  return [
    `.SS runsheet ${escaped(command.name())} ${escaped(command.usage())}`,
    escaped(command.description() || command.summary()),
    ...command.registeredArguments.flatMap((argument) => item(argument.name(), argument.description)),
    ...command.options.filter(({ hidden }) => !hidden).flatMap(option),
    ...(examples.length === 0 ? [] : ['.PP', examples.length === 1 ? 'Example:' : 'Examples:']),
    ...examples.flatMap(([does, typed]) => ['.PP', `${escaped(does)}:`, '.EX', `  ${escaped(typed)}`, '.EE']),
  ];
}

function option({ flags, description, argChoices }: Option): readonly string[] {
  const choices = argChoices === undefined ? '' : ` (${argChoices.join(', ')})`;
  return item(flags, `${description}${choices}`);
}

function item(name: string, does: string): readonly string[] {
  return ['.TP', `.B ${escaped(name)}`, escaped(does)];
}

/** Text as it stands: no line of it is a request, and each hyphen can be copied. */
function escaped(text: string): string {
  const plain = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('`', '');
  return plain.replace(/^([.'])/gm, '\\&$1');
}
