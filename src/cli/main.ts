// Owns the start of the tool: reads the command line and hands it to its command.
import { statSync } from 'node:fs';
import { CommanderError } from 'commander';
import { isCodedError } from '../basics/coded-error.ts';
import { homeFolder } from '../engine/files/home-folder.ts';
import { exitCode } from './exit-code.ts';
import { commandNames, createProgram } from './line/create-program.ts';
import { withVerb } from './line/with-verb.ts';
import { missingPart } from './missing-part.ts';

// Node would open its debugger, at a port that every account of the machine reaches, to a process that holds secrets.
process.on('SIGUSR1', () => {});

const missing = missingPart();
const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
const given = withVerb(process.argv.slice(2), commandNames, isFile);
const program = createProgram(given[0]).exitOverride();
for (const command of program.commands) command.exitOverride();

// Not awaited at top level: a file that does so has to be a module, which Node starts slower.
program.parseAsync(given, { from: 'user' }).catch(async (error: unknown) => {
  // Help and version end with 0; every other complaint of the parser is a usage error, printed by it already.
  if (!(error instanceof CommanderError)) return await refuseOrThrow(error);
  process.exitCode = error.exitCode === 0 ? exitCode.succeeded : exitCode.usage;
});

/** A state folder that cannot be used is the user's to put right; only a bug shows a stack. */
async function refuseOrThrow(error: unknown): Promise<void> {
  if (missing.isCause(error)) return missing.tell();
  // Nothing more could be loaded to find words for it.
  if (isCodedError(error) && (error.code === 'EMFILE' || error.code === 'ENFILE')) {
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = exitCode.usage;
    return;
  }
  const [{ stateRefusal }, { stateFolder }, { complain }] = await Promise.all([
    import('./state-refusal.ts'),
    import('../engine/journal/state-folder.ts'),
    import('./report-diagnostics.ts'),
  ]);
  const { stateDir } = program.opts<{ stateDir?: string }>();
  const refusal = stateRefusal(error, stateFolder(stateDir, process.env, homeFolder()));
  if (refusal === undefined) throw error;
  complain(refusal.message, refusal.help);
  process.exitCode = exitCode.usage;
}
