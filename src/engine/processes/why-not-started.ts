// Owns the words for a process that the system does not start, and what of it is known before the system is asked.
import { readFileSync } from 'node:fs';
import { errorMessage, isCodedError } from '../../basics/coded-error.ts';
import { groupedDigits } from '../../basics/grouped-digits.ts';
import { longestVariableBytes, variableBytes, whyNotGiven } from '../../basics/why-not-given.ts';
import { whyNoFolder } from './why-no-folder.ts';

/** A process that is to be started. */
export interface ProcessStart {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Absolute; that of the tool when absent. */
  readonly cwd?: string;
}

/** Every system takes so much (Linux: an eighth of a mebibyte however small the stack may be). */
const alwaysTaken = 128 * 1024;
/** macOS, whatever its limits are set to. */
const takenWithoutProc = 1024 * 1024;
/** Linux takes no more than three quarters of the usual stack, however large that may become. */
const neverTaken = 6 * 1024 * 1024;
/** A pointer to each text counts as well. */
const pointerBytes = 8;

const codes: Readonly<Record<string, string>> = {
  E2BIG: 'its environment and its arguments are larger than the system takes',
  EACCES: 'permission denied',
  EAGAIN: 'the system takes no more processes now',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENOENT: 'there is no such program',
  ENOEXEC: 'it is not a program',
  ENOMEM: 'there is no memory left',
  ENOTDIR: 'there is no such program',
};

/** Why the system will not start the process, to follow "could not be started"; undefined where it may well do so. */
export function whyNotStarted({ command, arguments: words, env, cwd }: ProcessStart): string | undefined {
  const noFolder = cwd === undefined ? undefined : whyNoFolder(cwd);
  if (noFolder !== undefined) return noFolder;
  for (const [name, value] of Object.entries(env)) {
    const why = whyNotGiven(name, value);
    if (why !== undefined) return `\`$${name}\` ${why}`;
  }
  for (const word of [command, ...words]) {
    if (word.includes('\0')) return 'its command line holds a NUL byte';
    if (variableBytes('', word) - 1 > longestVariableBytes)
      return `its command line holds a word of ${groupedDigits(word.length)} characters, and a process takes at most ${groupedDigits(longestVariableBytes)} bytes in one`;
  }
  return whyTooLarge([command, ...words], env);
}

/**
 * Whether an error says that the system has nothing left for one more process, as where Node throws it while all that
 * a process needs is got ready.
 */
export function isOutOfResources(error: unknown): boolean {
  return isCodedError(error) && /^(?:EAGAIN|EMFILE|ENFILE|ENOMEM)$/.test(error.code);
}

/** The words for what the system said when it did not start a program. */
export function startFailureWords(command: string, error: unknown): string {
  const code = isCodedError(error) ? error.code : undefined;
  const known = code === undefined ? undefined : codes[code];
  return known === undefined ? errorMessage(error) : `\`${command}\`: ${known} (${code})`;
}

/** Names what takes most, since that is what somebody will want to change. */
function whyTooLarge(words: readonly string[], env: Readonly<Record<string, string>>): string | undefined {
  const variables = Object.entries(env);
  const longest = [...words, ...variables.flat()].reduce(
    (sum, text) => sum + 3 * text.length + pointerBytes,
    0,
  );
  if (longest <= alwaysTaken) return undefined;
  const sizes = variables.map(([name, value]) => ({ name, bytes: variableBytes(name, value) }));
  const ofWords = words.reduce((sum, word) => sum + variableBytes('', word) + pointerBytes, 0);
  const bytes = sizes.reduce((sum, size) => sum + size.bytes + pointerBytes, ofWords);
  const taken = spaceOfProcess();
  if (bytes <= taken) return undefined;
  const largest = sizes.toSorted((one, other) => other.bytes - one.bytes).slice(0, 3);
  const named = largest.map((size) => `\`$${size.name}\` with ${groupedDigits(size.bytes)}`).join(', ');
  return `its environment and its arguments are ${groupedDigits(bytes)} bytes, and a process here takes at most ${groupedDigits(taken)}; the largest variables are ${named}`;
}

/** Bytes that arguments and environment of one process may take: a quarter of its stack on Linux (execve(2)). */
function spaceOfProcess(): number {
  if (process.platform !== 'linux') return takenWithoutProc;
  const limits = readFileSync('/proc/self/limits', 'utf8');
  const stack = Number(/^Max stack size +(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
  return Math.max(alwaysTaken, Math.min(neverTaken, Math.floor(stack / 4)));
}
