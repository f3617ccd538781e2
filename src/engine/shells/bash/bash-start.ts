// Owns the text that brings a new bash to the state that a block starts from.

import { clock } from '../../../languages/shell/asks-for-clock.ts';
import { bashDialect } from '../../../languages/shell/bash-dialect.ts';
import { type ByteText, toByteText } from '../../../languages/shell/byte-text.ts';
import { assignedFolder } from '../../../languages/shell/render-cwd.ts';
import { folderWord, shellQuote } from '../../../languages/shell/shell-quote.ts';
import { changeBetween, optionsBetween, type ShellState } from '../../../languages/shell/shell-state.ts';
import {
  asksForLimits,
  type BashCode,
  cutConditionsOf,
  hidesBuiltin,
  listsTraps,
  mayExitBesideTrap,
  optionsOf,
  tellsFailure,
} from './bash-code.ts';
import { type BashHooks, renderCutTrap } from './bash-hooks.ts';
import type { FunctionTexts } from './function-origins.ts';

export interface BashStart {
  /** What the shell stands in when the text is read. */
  readonly from: ShellState;
  readonly job: BashCode;
  readonly hooks: BashHooks;
  /** What defines functions, where it is known where they were written. */
  readonly textsFor?: (functions: ByteText) => FunctionTexts;
  /** Shell text that comes first. */
  readonly begin: readonly ByteText[];
  /** Names of variables that nothing needs any more once the shell stands in its folder. */
  readonly unneeded?: readonly string[];
}

/**
 * The text is read to its end before the block's own first line, in the block's own shell. Functions and aliases of the
 * state act on nothing of it: all that could meet them is one compound command, which is parsed before they are there,
 * and defines functions last.
 */
export function renderBashStart({ from, job, hooks, textsFor, begin, unneeded = [] }: BashStart): ByteText {
  const { state } = job;
  const { functions, aliases, ...change } = changeBetween(from, state);
  const wanted = new Set(optionsOf(job));
  wanted.delete('shopt:extdebug');
  const options = bashDialect.renderOptions(optionsBetween(from, { ...state, options: wanted }));
  const own = Object.entries(job.environment).map(
    ([name, value]) => ` ${name}=${shellQuote(toByteText(value))}`,
  );
  const more = (kind: string): ByteText[] => {
    const text = state.more.get(kind);
    return text === undefined ? [] : [text];
  };
  const origins = hidesBuiltin(job) ? undefined : textsFor;
  const texts = functions && (origins?.(functions.text) ?? { files: [], others: functions.text });
  const isListed = listsTraps(job);
  const cut = cutConditionsOf(job);
  const ownDebug = [
    ...(mayExitBesideTrap(job) ? [hooks.debug] : []),
    ...(cut.size > 0 ? [renderCutTrap(cut)] : []),
  ];
  const debug =
    ownDebug.length > 0
      ? [`__rs_debug=${shellQuote(ownDebug.join('\n'))}; \\builtin trap -- "$__rs_debug" DEBUG`]
      : more('debug-trap');
  const status = state.more.get('status');
  return [
    ...begin,
    bashDialect.renderChange(change, from),
    ...more(assignedFolder),
    ...(unneeded.length > 0 ? [`\\builtin unset -v ${unneeded.join(' ')}`] : []),
    ...(own.length > 0 ? [`\\builtin export${own.join('')}`] : []),
    ...(job.cwd === undefined ? [] : [`\\builtin cd -- ${folderWord(job.cwd)} || \\builtin exit 126`]),
    ...more('folder-stack'),
    ...more('limits'),
    ...more('arguments'),
    ...more(clock),
    ...(asksForLimits(job) ? ['__rs_limits=1'] : []),

    // Without it the definitions of some functions could not be read.
    ...(state.options.has('shopt:extglob') ? ['\\builtin shopt -s extglob'] : []),
    ...(texts?.files ?? []),
    ...inBraces([
      ...(aliases === undefined ? [] : [aliases]),
      ...more('traps'),
      ...(isListed
        ? more('exit-trap').map((action) => `\\builtin trap -- ${action} EXIT`)
        : job.keepState
          ? [trapOf(hidesBuiltin(job) ? hooks.hiddenExit : hooks.exit, 'EXIT')]
          : []),
      ...(tellsFailure(job) ? [trapOf(hooks.err, 'ERR'), '\\builtin set -E'] : []),
      ...(hidesBuiltin(job) ? [options.before] : []),
      ...(texts === undefined ? [] : [texts.others]),
      ...(functions?.names ?? [])
        .filter((line) => !line.startsWith('declare -f '))
        .map((line) => `\\builtin ${line}`),
      ...(ownDebug.length > 0 ? ['\\builtin set -T'] : []),
      ...(hidesBuiltin(job) ? [] : [options.before]),
      ...lastly([
        options.sameLine,
        ...debug,
        ...(status === undefined ? [] : [leaveStatus(status, hidesBuiltin(job))]),
      ]),
    ]),
  ].join('\n');
}

function trapOf(text: ByteText, signal: string): ByteText {
  return `\\builtin trap -- ${shellQuote(text)} ${signal}`;
}

/** One command, read whole before any of it runs; none where there is none, which would be a syntax error. */
function inBraces(lines: readonly ByteText[]): ByteText[] {
  return lines.some((line) => line !== '') ? ['{', ...lines, '}'] : [];
}

/** What shows or traps whatever comes after it. */
function lastly(lines: readonly ByteText[]): ByteText[] {
  const some = lines.filter((line) => line !== '');
  return some.length === 0 ? [] : ['{', ...some, '} 2>/dev/null'];
}

/** An exit code for `$?` that ends nothing. */
function leaveStatus(status: string, isBuiltinHidden: boolean): ByteText {
  return `( ${isBuiltinHidden ? '\\exit' : '\\builtin exit'} ${status} ) && :`;
}
