// Owns the answers that never change, such as help texts; the build keeps them in the start-up file, where they cost
// no loading.
import type { Command } from 'commander';
import { createProgram } from './line/create-program.ts';
import { toolVersion } from './tool-version.ts';

/** What is printed on stdout, with exit 0, for exactly these arguments. */
export interface FixedAnswer {
  readonly args: readonly string[];
  readonly text: string;
}

/** Width of the help texts kept in the start-up file; they are made before any terminal is known. */
const columns = 80;

/** Every help text of the program and of its commands, and the version. */
export function fixedAnswers(): readonly FixedAnswer[] {
  const program = createProgram();
  const version = `${toolVersion}\n`;
  const answers = [
    { args: ['--version'], text: version },
    { args: ['-V'], text: version },
    ...helpOf(program, []),
  ];
  return program.commands.length === 0 ? answers : [...answers, { args: ['help'], text: helpText(program) }];
}

function helpOf(command: Command, path: readonly string[]): readonly FixedAnswer[] {
  const text = helpText(command);
  return [
    { args: [...path, '--help'], text },
    { args: [...path, '-h'], text },
    ...command.commands.flatMap((child) => helpOf(child, [...path, child.name()])),
  ];
}

function helpText(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
    getOutHelpWidth: () => columns,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text;
}
