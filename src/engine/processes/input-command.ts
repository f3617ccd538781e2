// Owns running the small commands that inputs are made of: their choices, defaults and conditions. Knows no values.
import { fail, ok, type Result } from '../../basics/result.ts';
import { meansNo } from '../../languages/commands/judging/means-no.ts';
import { runStrictCommand } from './run-strict-command.ts';

/** A list of clusters may have to be fetched from far away. */
const timeoutMs = 30_000;

export interface InputCommand {
  /** Ends at its first failing command. */
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

/** Whether the condition holds: exit 0 is yes, 1 or what `meansNo` knows is no, and everything else is no answer. */
export function askInputCondition(command: InputCommand): Result<boolean, string> {
  const ended = run(command);
  if (!ended.ok) return ended;
  const { status } = ended.value;
  return status === 0 || meansNo(command.command, status)
    ? ok(status === 0)
    : fail(`ended with exit ${status}; 0 means yes and 1 means no`);
}

function run({ command, cwd, env }: InputCommand) {
  const ended = runStrictCommand(command, {
    cwd,
    env,
    stdin: 'ignore',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  const { exitCode: status, signal, stdout, stderr, timedOut, outputLimitBytes, cause } = ended;
  if (timedOut) return fail(`did not end within ${timeoutMs / 1000} s`);
  if (outputLimitBytes !== undefined) return fail(`printed more than ${outputLimitBytes} bytes`);
  if (status !== undefined) return ok({ status, stdout, stderr });
  return fail(
    signal === undefined ? `could not be started: ${(cause as Error).message}` : `was ended by ${signal}`,
  );
}
