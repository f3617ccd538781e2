// Owns running the system's `ssh-keygen`, so that it never asks anybody anything.
import { execa } from 'execa';
import { fail, ok, type Result } from '../../basics/result.ts';

/** An agent may have to ask its hardware. */
const timeoutMs = 30_000;

/** What it prints; or why it failed, in its own words. */
export async function keygen(words: readonly string[], input: string): Promise<Result<string, string>> {
  const ended = await execa('ssh-keygen', words, {
    input,
    // In a session of its own it has no terminal that it could ask for a passphrase.
    detached: true,
    env: { SSH_ASKPASS_REQUIRE: 'never' },
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    reject: false,
    verbose: 'none',
    stripFinalNewline: false,
  });
  if (ended.timedOut) return fail(`\`ssh-keygen\` did not end within ${timeoutMs / 1000} s`);
  if (ended.exitCode === 0) return ok(ended.stdout);
  const said = ended.stderr.trim().split('\n').at(-1) || ended.stdout.trim().split('\n').at(-1);
  return fail(said || `\`ssh-keygen\` could not be started`);
}
