// Owns running the small commands that inputs are made of: their choices, defaults and conditions. Knows no values.
import { execaSync } from 'execa';
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

function run({ command, cwd, env }: InputCommand) {
  const ended = execaSync('sh', ['-c', command], {
    cwd,
    env,
    extendEnv: false,
    stdin: 'ignore',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: outputLimitBytes,
    reject: false,
    stripFinalNewline: false,
  });
  const { exitCode: status, signal, stdout, stderr, timedOut, isMaxBuffer, cause } = ended;
  if (timedOut) return fail(`did not end within ${timeoutMs / 1000} s`);
  if (isMaxBuffer) return fail(`printed more than ${outputLimitBytes} bytes`);
  if (status !== undefined) return ok({ status, stdout, stderr });
  return fail(
    signal === undefined ? `could not be started: ${(cause as Error).message}` : `was ended by ${signal}`,
  );
}
