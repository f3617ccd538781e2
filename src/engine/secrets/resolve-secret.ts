// Owns getting a secret from where its runbook says it is; never shows, stores or logs it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { InputDeclaration } from '../../runbook/model.ts';

/** A password manager may ask the operator to unlock it, so this is generous. */
const commandTimeoutMs = 120_000;

/**
 * The secret's value; undefined when it is to be asked for. One final newline is not part of a secret, because
 * every tool that prints one adds it. An error says what failed and never what was read.
 */
export function resolveSecret(
  declaration: InputDeclaration,
  env: NodeJS.ProcessEnv,
): Result<string | undefined, string> {
  const { name, secret } = declaration;
  if (!secret || secret.type === 'prompt') return ok(env[name]);
  switch (secret.type) {
    case 'env': {
      const value = env[secret.name];
      return value === undefined
        ? fail(`secret \`${name}\`: the environment has no \`${secret.name}\``)
        : ok(value);
    }
    case 'file':
      try {
        return ok(withoutFinalNewline(readFileSync(secret.path, 'utf8')));
      } catch (error) {
        return fail(
          `secret \`${name}\`: cannot read \`${secret.path}\`: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`,
        );
      }
    case 'command':
      return fromCommand(name, secret.command);
  }
}

/** The author's command runs in the system's shell; the operator's terminal is its own for an unlock prompt. */
function fromCommand(name: string, command: string): Result<string, string> {
  try {
    const output = execFileSync('sh', ['-c', command], {
      encoding: 'utf8',
      stdio: ['inherit', 'pipe', 'inherit'],
      timeout: commandTimeoutMs,
    });
    return ok(withoutFinalNewline(output));
  } catch (error) {
    const { status, signal } = error as { status?: number | null; signal?: string | null };
    const how = typeof status === 'number' ? `exit ${status}` : (signal ?? 'it could not be started');
    return fail(`secret \`${name}\`: its command failed (${how})`);
  }
}

function withoutFinalNewline(text: string): string {
  return text.replace(/\r?\n$/, '');
}
