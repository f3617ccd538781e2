// Owns running a command of an author's outside of the run's own shells, so that it ends at its first failing command.
import { execaSync, type SyncOptions } from 'execa';
import { readStatements } from '../../languages/shell/read-statements.ts';

/** What such a command is run with; its environment is that of the tool where none is given. */
export type StrictCommandOptions = Pick<
  SyncOptions,
  'cwd' | 'stdin' | 'stderr' | 'timeout' | 'killSignal'
> & {
  readonly env?: Readonly<Record<string, string | undefined>>;
};

const outputLimitBytes = 1024 * 1024;
/** What bash would read, or switch on, before the command. */
const startup = ['BASH_ENV', 'ENV', 'SHELLOPTS', 'BASHOPTS'];
/** 128 and SIGPIPE. */
const cutOff = 141;

/**
 * Runs a command in bash, pipelines included, or in the system's `sh` where there is no bash. Nothing that it prints
 * is shown or told.
 */
export function runStrictCommand(command: string, { env = process.env, ...options }: StrictCommandOptions) {
  const clean = Object.fromEntries(Object.entries(env).filter(([name]) => !startup.includes(name)));
  const run = (shell: string, ...how: readonly string[]) =>
    execaSync(shell, [...how, '-c', command], {
      ...options,
      env: clean,
      extendEnv: false,
      maxBuffer: outputLimitBytes,
      reject: false,
      stripFinalNewline: false,
      // Otherwise NODE_DEBUG=execa shows what was read.
      verbose: 'none',
    });
  const inBash = run('bash', '--posix', '-e', '-o', 'pipefail');
  const { exitCode, signal, stdout, stderr, timedOut, isMaxBuffer, cause } =
    inBash.code === 'ENOENT' ? run('sh', '-e') : inBash;
  return {
    exitCode: exitCode === cutOff && isOnePipeline(command) ? 0 : exitCode,
    signal,
    stdout: String(stdout ?? ''),
    stderr: String(stderr ?? ''),
    timedOut,
    outputLimitBytes: isMaxBuffer ? outputLimitBytes : undefined,
    cause,
  };
}

/** Where a pipeline is all there is, that its end had read enough before its beginning was through is no failure. */
function isOnePipeline(command: string): boolean {
  const statements = readStatements(command);
  return statements?.length === 1 && statements[0]?.isPlain === true;
}
