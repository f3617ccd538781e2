// Owns how bash is run anew for one block, as blocks on a terminal need it.
import { bashDialect, bashDump } from '../../languages/shell/bash-dialect.ts';
import { toByteText } from '../../languages/shell/byte-text.ts';
import type { FreshDialect } from '../../languages/shell/shell-dialect.ts';
import { shellQuote } from '../../languages/shell/shell-quote.ts';
import { exitTrap, trapFunction } from './exit-trap.ts';

const dump = `{ ${bashDump}; } 1<>"$__rs_state"`;
const atExit = [
  `__rs_depth=0 __rs_trap=${shellQuote(exitTrap)}`,
  trapFunction,
  '\\builtin trap -- "$__rs_trap" EXIT',
].join('\n');

export const freshBashDialect: FreshDialect = {
  ...bashDialect,
  plainArguments: ['--norc', '--noprofile'],
  begin:
    '\\builtin unset -v BASH_EXECUTION_STRING; \\builtin shopt -s expand_aliases; __rs_options=$SHELLOPTS',
  strictOptions: [],
  runFile: ({ code, options }) =>
    [
      `__rs_code=${shellQuote(options.sameLine + toByteText(code))}`,
      `__rs_dump=${shellQuote(dump)}`,
      atExit,
      `${options.before} eval "$__rs_code"`,
    ].join('\n'),
  dump,
  atExit,
};
