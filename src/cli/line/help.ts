// Owns `runsheet help`: how the tool, or one command of it, is used.
import type { Command } from 'commander';
import { closestName } from '../../text/closest-name.ts';
import { exitCode } from '../exit-code.ts';
import { complain } from '../report-diagnostics.ts';
import { toolVersion } from '../tool-version.ts';
import { writeResult } from '../write-result.ts';
import { manPage } from './man-page.ts';

/** Prints the help of the tool or of one command; gives the exit code. */
export async function help(name: string | undefined, program: Command): Promise<number> {
  if (name === 'man') {
    writeResult(manPage(program, toolVersion));
    return exitCode.succeeded;
  }
  const wanted = name === undefined ? program : program.commands.find((command) => command.name() === name);
  if (wanted === undefined) {
    const closest = closestName(
      name ?? '',
      program.commands.map((command) => command.name()),
    );
    complain(
      `there is no command \`${name}\`${closest === undefined ? '' : `; did you mean \`${closest}\`?`}`,
      '`runsheet help` lists all of them',
    );
    return exitCode.usage;
  }
  wanted.outputHelp();
  return exitCode.succeeded;
}
