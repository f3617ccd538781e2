// Owns the grammar of the command line, made anew on each call; knows nothing of what a command does.
import { Command } from 'commander';
import { toolVersion } from './version.ts';

/** The whole command line: names, options and help, before any argument is read. */
export function createProgram(): Command {
  return new Command()
    .name('runsheet')
    .description('Run operational runbooks written in Markdown, and write the results back into them.')
    .version(toolVersion);
}
