// Owns how bash is run anew where it is given a script by another shell, and for an operator.
import { bashDialect, bashDump } from '../../languages/shell/bash-dialect.ts';
import type { FreshDialect } from '../../languages/shell/shell-dialect.ts';
import { shellQuote } from '../../languages/shell/shell-quote.ts';
import { strictOptions } from './bash/bash-code.ts';
import { readBashBlock } from './bash/read-bash-end.ts';
import { renderBashScript } from './bash/render-bash-script.ts';

const atExit = [
  '__rs_status=$? __rs_options=$SHELLOPTS __rs_shopt=$BASHOPTS',
  '\\builtin set +exuvf; \\builtin set +o posix; \\builtin shopt -u extdebug failglob nullglob; \\builtin trap - DEBUG ERR',
  '\\builtin eval "$__rs_dump"',
].join('\n');

/** The EXIT trap, and behind it the one that was set in its place. */
const trap =
  '{ \\builtin eval "$__rs_at_exit"; } >/dev/null 2>&1; \\builtin eval "${__rs_own-}"; \\builtin eval "${__rs_leave-}"; \\builtin exit "$__rs_status"';

/** Shell text for each prompt of an interactive bash: an EXIT trap that somebody has set comes behind ours. */
export const keepExitTrap = [
  '__rs_traps=$(\\builtin trap -p EXIT)',
  'case $__rs_traps in *__rs_at_exit*) ;; *) \\builtin eval "__rs_own=(${__rs_traps:-x x :})"; __rs_own=${__rs_own[2]}',
  `\\builtin trap -- ${shellQuote(trap)} EXIT ;; esac`,
].join('\n');

const begin =
  '\\builtin unset -v BASH_EXECUTION_STRING; \\builtin shopt -s expand_aliases; __rs_options=$SHELLOPTS __rs_shopt=$BASHOPTS';

export const freshBashDialect: FreshDialect = {
  ...bashDialect,
  plainArguments: ['--norc', '--noprofile'],
  begin,
  strictOptions,
  renderScript: (script) => renderBashScript(script, begin),
  readEnd: readBashBlock,
  dump: `{ ${bashDump.state}; ${bashDump.rest}; } 1<>"$__rs_state"`,
  atExit: `__rs_at_exit=${shellQuote(atExit)}\n\\builtin trap -- ${shellQuote(trap)} EXIT`,
};
