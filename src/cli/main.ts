// Owns the start of the tool: reads the command line and hands it to its command; knows nothing of runbooks.
import { CommanderError } from 'commander';
import { exitCode } from './exit-code.ts';
import { createProgram } from './program.ts';

const program = createProgram(process.argv[2]).exitOverride();
for (const command of program.commands) command.exitOverride();

// Not awaited at top level: a file that does so has to be a module, which Node starts slower.
program.parseAsync().catch((error: unknown) => {
  // Help and version end with 0; every other complaint of the parser is a usage error, printed by it already.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? exitCode.succeeded : exitCode.usage;
});
