// Owns how a bash is made to tell its state when it ends, beside the block's own EXIT trap.
import { bashDump } from '../../languages/shell/bash-dialect.ts';

/** Leaves out what is ours, and writes the dump. */
const tellState = [
  '\\builtin unset -f trap',
  '\\builtin unset -v __rs_in __rs_trap',
  `{ ${bashDump}; } 1<>"$__rs_state" 2>/dev/null`,
].join('; ');

/**
 * What the shell of a block does when it ends, however it ends: silence its options, write the dump, then run
 * the block's own EXIT trap, which may change the exit code as it does in any shell.
 */
export const exitTrap = [
  '{ __rs_status=${__rs_came_to_end-$?} __rs_options=${__rs_at_end-$SHELLOPTS}; \\builtin set +exuv; \\builtin trap - DEBUG; } &>/dev/null',
  tellState,
  '__rs_again() { \\builtin return "$__rs_status"; }',
  'if [[ ${__rs_exit+set} ]]; then if __rs_again; then \\builtin eval "$__rs_exit"; else __rs_again || \\builtin eval "$__rs_exit"; fi; fi',
  '\\builtin eval "${__rs_leave-}"',
  '\\builtin exit "$__rs_status"',
].join('; ');

/**
 * What stands after a block's code in a live shell. Where the code has come to its end and set no EXIT trap, all that the
 * trap above would do is done here: bash has read this text long before, but reads that of a trap only now. What is
 * printed is then complete, and the exit code is one that no signal changes any more, so that the tool need not wait
 * until the process is gone: the reply `e` says so.
 */
export const endOfCode = [
  // What is read and run after this is not the block's.
  '{ __rs_came_to_end=$? __rs_at_end=$SHELLOPTS; \\builtin set +exuv; \\builtin trap - DEBUG; } &>/dev/null',
  'if [[ ${__rs_in[3]-} && ! ${__rs_exit+set} ]]; then \\builtin trap - EXIT',
  '__rs_status=$__rs_came_to_end __rs_options=$__rs_at_end',
  tellState,
  '\\builtin unset -f exec; \\exec >&- 2>&-',
  'if [[ -p $__rs_replies ]]; then \\builtin printf "e%s\\n" "$BASHPID" 1<>"$__rs_replies"; fi; fi',
  '\\builtin exit "$__rs_came_to_end"',
].join('; ');

/**
 * Stands before the builtin in a block, so that the block's own EXIT trap is kept beside ours. Subshells of
 * the block have traps of their own and get the builtin; `$__rs_depth` tells how deep the block itself runs.
 */
export const trapFunction = [
  'trap() {',
  'if (( BASH_SUBSHELL > __rs_depth || $# == 0 )) || [[ $1 == -[lpP]* ]]; then',
  // Listing must show the block's EXIT trap and not ours.
  '  if (( BASH_SUBSHELL == __rs_depth )); then',
  '    \\builtin trap -- "${__rs_exit--}" EXIT; \\builtin trap "$@"; \\builtin set -- "$?";',
  '    \\builtin trap -- "$__rs_trap" EXIT; \\builtin return "$1";',
  '  fi;',
  '  \\builtin trap "$@"; \\builtin return; ',
  'fi;',
  'if [[ $1 == -- ]]; then \\builtin shift; fi;',
  'if (( $# == 1 )); then \\builtin set -- - "$1"; fi;',
  '\\builtin local __rs_action="$1" __rs_signal; \\builtin local -a __rs_others; \\builtin shift;',
  'for __rs_signal; do case $__rs_signal in',
  '  0 | EXIT | exit | SIGEXIT) if [[ $__rs_action == - ]]; then \\builtin unset -v __rs_exit; else __rs_exit=$__rs_action; fi ;;',
  '  *) __rs_others+=("$__rs_signal") ;;',
  'esac; done;',
  'if (( ${#__rs_others[@]} )); then \\builtin trap -- "$__rs_action" "${__rs_others[@]}"; fi; ',
  '}',
].join(' ');
