// Owns running the small commands that inputs are made of: their choices, defaults and conditions. Knows no values.
import { spawnSync } from 'node:child_process';
import { fail, ok, type Result } from '../../basics/result.ts';

/** A list of clusters may have to be fetched from far away. */
const timeoutMs = 30_000;
const outputLimitBytes = 1024 * 1024;

export interface InputCommand {
  /** Run by the system's shell. */
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What the command prints, without the newlines at its end; or how it failed, in words behind its name. */
export function runInputCommand(command: InputCommand): Result<string, string> {
  const ended = run(command);
  if (!ended.ok) return ended;
  const { status, stdout, stderr } = ended.value;
  if (status === 0) return ok(stdout.replace(/\n+$/, ''));
  const said = stderr.trim().split('\n')[0] ?? '';
  return fail(`failed with exit ${status}${said === '' ? '' : `: ${said}`}`);
}

/** Whether the condition holds: exit 0 is yes, 1 is no, and everything else is no answer. */
export function askInputCondition(command: InputCommand): Result<boolean, string> {
  const ended = run(command);
  if (!ended.ok) return ended;
  const { status } = ended.value;
  return status === 0 || status === 1
    ? ok(status === 0)
    : fail(`ended with exit ${status}; 0 means yes and 1 means no`);
}

function run({
  command,
  cwd,
  env,
}: InputCommand): Result<{ status: number; stdout: string; stderr: string }, string> {
  const { status, signal, stdout, stderr, error } = spawnSync('sh', ['-c', command], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: outputLimitBytes,
  });
  if (status !== null) return ok({ status, stdout, stderr });
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ETIMEDOUT') return fail(`did not end within ${timeoutMs / 1000} s`);
  if (code === 'ENOBUFS') return fail(`printed more than ${outputLimitBytes} bytes`);
  return fail(error === undefined ? `was ended by ${signal}` : `could not be started: ${error.message}`);
}
