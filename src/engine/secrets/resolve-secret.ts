// Owns getting a secret from where its runbook says it is.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { errorMessage } from '../../basics/coded-error.ts';
import { namedValue } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { homeFolder } from '../files/home-folder.ts';
import { runStrictCommand } from '../processes/run-strict-command.ts';

/** A password manager may ask the operator to unlock it, so this is generous. */
const commandTimeoutMs = 120_000;

/**
 * The secret's value; undefined when it is to be asked for. One final newline is not part of a secret, because
 * every tool that prints one adds it. Files and commands are found from `folder`, that of the runbook. An error says
 * what failed and never what was read.
 */
export function resolveSecret(
  declaration: InputDeclaration,
  env: NodeJS.ProcessEnv,
  folder: string,
): Result<string | undefined, string> {
  const { name, secret } = declaration;
  if (!secret || secret.type === 'prompt') return ok(namedValue(env, name));
  switch (secret.type) {
    case 'env': {
      const value = namedValue(env, secret.name);
      return value === undefined
        ? fail(`secret \`${name}\`: the environment has no \`${secret.name}\``)
        : ok(value);
    }
    case 'file': {
      const path = resolve(folder, expandHome(secret.path));
      try {
        return asSecret(name, readFileSync(path, 'utf8'));
      } catch (error) {
        return fail(`secret \`${name}\`: cannot read \`${secret.path}\`: ${errorMessage(error, path)}`);
      }
    }
    case 'command':
      return fromCommand(name, secret.command, folder);
  }
}

/** The operator's terminal is the command's own for an unlock prompt. */
function fromCommand(name: string, command: string, folder: string): Result<string, string> {
  const { exitCode, signal, stdout, outputLimitBytes } = runStrictCommand(command, {
    cwd: folder,
    stdin: 'inherit',
    stderr: 'inherit',
    timeout: commandTimeoutMs,
  });
  if (outputLimitBytes !== undefined)
    return fail(`secret \`${name}\`: its command printed more than ${outputLimitBytes} bytes`);
  if (exitCode === 0) return asSecret(name, stdout);
  const ended = exitCode === undefined ? (signal ?? 'it could not be started') : `exit ${exitCode}`;
  return fail(`secret \`${name}\`: its command failed (${ended})`);
}

/** No environment can hold a NUL: a file of bytes is no secret that a block could be given. */
function asSecret(name: string, text: string): Result<string, string> {
  if (text.includes('\0')) return fail(`secret \`${name}\`: it holds NUL bytes, so it is not valid text`);
  return ok(text.replace(/\r?\n$/, ''));
}

function expandHome(path: string): string {
  return path.replace(/^~(?=\/|$)/, homeFolder());
}
