// Owns what the code of a block of bash tells of how it is to be run.
import { toByteText } from '../../../languages/shell/byte-text.ts';
import { cutConditions } from '../../../languages/shell/reader/cut-conditions.ts';
import { chosenOptions, type ShellState } from '../../../languages/shell/shell-state.ts';
import type { ShellJob } from '../shell-job.ts';

/** What ends a block at its first failing command; without the last one bash goes on past those in `$(…)`. */
export const strictOptions = ['set:errexit', 'set:pipefail', 'shopt:inherit_errexit'];

/** What a shell in which nothing was run would be, if its author had begun with these options. */
export function asStrict(baseline: ShellState): ShellState {
  return { ...baseline, options: new Set([...baseline.options, ...strictOptions]) };
}

/** What it depends on how the code of a block is run. */
export type BashText = Pick<ShellJob, 'code' | 'state' | 'strict' | 'keepState'>;

/** What is run of a block, and how. */
export type BashCode = BashText & Pick<ShellJob, 'environment' | 'cwd'>;

/** The options that the block runs with. */
export function optionsOf({ strict, state: { options, more } }: BashText): ReadonlySet<string> {
  if (strict) return options;
  const chosen = (more.get(chosenOptions) ?? '').split(' ');
  return new Set([...options].filter((option) => !strictOptions.includes(option) || chosen.includes(option)));
}

/** All text of authors that the block can come to run, but for files that it sources. */
function textsOf({ code, state }: BashText): string {
  const traps = ['traps', 'debug-trap'].map((kind) => state.more.get(kind) ?? '');
  return [code, state.functions, state.aliases, ...traps].join('\n');
}

/** Where authors see to failing commands themselves, nothing of ours does: a shell has one ERR trap. */
const ownErrors = /\b(?:ERR|DEBUG|errtrace|functrace|extdebug)\b|\bset\s+[-+]\w*[ET]/;

/** True where a function may stand before the builtins that ours are called by. */
export function hidesBuiltin(job: BashText): boolean {
  return (
    /\bbuiltin[ \t]*\(\)|\bfunction[ \t]+builtin\b/.test(job.code) ||
    job.state.functionNames.some((line) => line.endsWith(' builtin'))
  );
}

/** Where a block looks at its options, `errtrace` would be seen. */
const looksAtOptions = /\$-|\$\{-|\bSHELLOPTS\b|\bset[ \t]+[-+]o[ \t]*(?:$|[;|&)>`])/m;

/** True where the ERR trap is ours to set. */
export function tellsFailure(job: BashText): boolean {
  const text = textsOf(job);
  return (
    job.strict &&
    !hidesBuiltin(job) &&
    !ownErrors.test(text) &&
    !looksAtOptions.test(text) &&
    // A trap that is seen is better than a pipeline that fails for nothing.
    (!listsTraps(job) || text.includes('|'))
  );
}

/** The pipelines that are to be what their last command says, which are conditions; see `cutConditions`. */
export function cutConditionsOf(job: BashText): ReadonlySet<string> {
  const found = cutConditions(toByteText(job.code), job.state.functions);
  const isOurs =
    found.size > 0 &&
    tellsFailure(job) &&
    optionsOf(job).has('set:pipefail') &&
    // What a DEBUG trap does would be seen.
    !/\bRETURN\b|\$_\b|\$\{_\b/.test(textsOf(job));
  return isOurs ? found : new Set();
}

/** True where the block may call `exit` when its EXIT trap is its own, so that ours says nothing. */
export function mayExitBesideTrap(job: BashText): boolean {
  const text = textsOf(job);
  return (
    job.keepState &&
    !hidesBuiltin(job) &&
    /\bexit\b/.test(text) &&
    /\btrap\b.*\b(?:EXIT|0)\b/.test(text) &&
    !/\bRETURN\b/.test(text) &&
    !ownErrors.test(text) &&
    !listsTraps(job)
  );
}

/** True where the DEBUG trap is ours, which functions are to inherit. */
export function setsDebugTrap(job: BashText): boolean {
  return mayExitBesideTrap(job) || cutConditionsOf(job).size > 0;
}

/** True where the block may want to know how many processes and files it may have. */
export function asksForLimits(job: BashText): boolean {
  return job.state.more.has('limits') || /\bulimit\b/.test(textsOf(job));
}

/** True where the block may set traps, or come to text that does. */
export function maySetTraps(job: BashText): boolean {
  if (hidesBuiltin(job)) return false;
  return /\b(?:trap|source|eval)\b|(?:^|[;&|({\s])\.\s/m.test(textsOf(job));
}

/**
 * True where a line of ours can stand after the code: nothing there is left open that would take it in, as a here-document
 * without an end or a list without its last command would.
 */
export function canBeFollowed(code: string): boolean {
  if (/(?:&&|\|\|?|\|&)\s*(?:#[^\n]*)?$/.test(code)) return false;
  const lines = new Set(code.split('\n').map((line) => line.replace(/^\t+/, '')));
  for (const [, word = ''] of code.matchAll(
    /(?<!<)<<-?[ \t]*(?!<)((?:'[^'\n]*'|"[^"\n]*"|\\.|[^\s;&|()<>'"\\])+)/g,
  ))
    if (!lines.has(word.replace(/['"\\]/g, ''))) return false;
  return true;
}

/** True where the block looks at its traps. */
export function listsTraps(job: BashText): boolean {
  return /\btrap\b[ \t]*(?:-[lpP]|$|[;|&)>`])/m.test(textsOf(job));
}

/**
 * True where the shell may not come to read the block by itself: what it reads may be shown, and it would begin to debug
 * itself where that is set before.
 */
export function wantsWrapper(job: BashText): boolean {
  if (job.state.options.has('shopt:extdebug')) return true;
  return job.state.options.has('set:verbose') || /\bset[ \t]+[-+]\w*v|\bverbose\b/.test(textsOf(job));
}
