// Owns the text that a live bash runs: it waits for blocks and forks a shell for each.
import { bashDump } from '../../../languages/shell/bash-dialect.ts';
import { judgeEnd, keepEnd, quietly } from './bash-hooks.ts';

/**
 * Reads the text whose length stands in the second field of a message. `read -N` takes whole buffers where `mapfile`
 * takes each byte by itself, but it counts characters, so that texts are in ASCII. It obeys TMOUT, which a block may
 * have set, unless it is given a time, which costs a look at the clock for each byte.
 */
const readText =
  'if [[ ${TMOUT-} ]]; then \\builtin read -r -t 99999999 -N "${__rs_in[1]}" -u 3 __rs_text; ' +
  'else \\builtin read -r -N "${__rs_in[1]}" -u 3 __rs_text; fi || \\builtin exit;';

/**
 * What stands after a block's code. Where it is come to, all that the EXIT trap would do is done here: bash has read this
 * text long before, but reads that of a trap only now. What is printed is then complete, and the exit code is one that
 * no signal changes any more, so that the tool need not wait until the process is gone: the reply `e` says so, with the
 * exit code. The state is told unless the block is one that leaves it alone.
 */
const endOfCode = [
  `{ ${keepEnd}; } ${quietly}; \\builtin set +E; __rs_options=$SHELLOPTS __rs_shopt=$BASHOPTS; ${judgeEnd};`,
  '\\builtin set +euf; \\builtin trap - EXIT ERR;',
  'if [[ ! ${__rs_in[4]-} ]]; then',
  '\\builtin shopt -u failglob nullglob; \\builtin unset -v __rs_go __rs_in __rs_on_err __rs_on_exit __rs_ended;',
  `if [[ -p $__rs_state ]] && \\exec 1<>"$__rs_state" 2>&-; then ${bashDump.state}; ${bashDump.folder}; fi;`,
  'fi;',
  '\\exec >&- 2>&-;',
  'if [[ -p $__rs_replies ]] && \\exec 1<>"$__rs_replies"; then \\builtin printf "e%s %s\\n" "$BASHPID" "$__rs_status"; fi;',
  '\\builtin exit "$__rs_status"',
].join(' ');

/**
 * The loop of the live shell, on one line. A message is two fields ended by NUL, its kind and a length, and shell text of
 * that length. `state` brings the shell to a state; then it forks, which is most of a small block's price and can be done
 * before it is known what will run. The forked shell reads `run`, whose text ends it where nothing is to run, or sets
 * `__rs_in` to slot, preparation, file of the code, what comes right before the code, and whether the state is left
 * alone. It says `p` and its number when all is ready, and waits for `go`, which has no text: meanwhile the journal goes
 * to the device. When the code came to its end it says `e`, its number and the exit code, and has nothing more to do
 * than to go; when it is gone, the loop says `d` and the exit code, for which the tool need not wait. What was for a
 * forked shell that somebody has killed is passed over.
 *
 * The block runs in its own process group, which its shell learns by switching job control on once more, and without
 * the control descriptors. `mapfile` and not `read`, which obeys TMOUT; `\builtin`, because a block may have defined
 * functions and aliases of any name. `wait` also returns for a block that is only stopped, so it is asked until the
 * process is gone; `wait -f`, made for that, sometimes says 127 for a block that has ended (it looks at the job after
 * having freed it, bash 5.2).
 */
export const liveBashLoop = [
  "while \\builtin mapfile -t -n 2 -d '' -u 3 __rs_in && (( ${#__rs_in[@]} == 2 )); do",
  'case ${__rs_in[0]} in go | stop) \\builtin continue ;; esac;',
  readText,
  'case ${__rs_in[0]} in state) ;; run) \\builtin continue ;; *) \\builtin exit ;; esac;',
  '\\builtin eval "$__rs_text"; \\builtin unset -v __rs_text;',
  '\\builtin set -m;',
  "( \\builtin set +m; \\builtin set -m; \\builtin set +m; \\builtin mapfile -t -n 2 -d '' -u 3 __rs_in;",
  '[[ ${#__rs_in[@]} == 2 && ${__rs_in[0]} == run ]] || \\builtin exit 0;',
  readText,
  '\\builtin eval "$__rs_text"; \\builtin unset -v __rs_text;',
  '\\builtin printf \'p%s\\n\' "$BASHPID" >&4;',
  '\\exec >"$__rs_dir/o${__rs_in[0]}" 2>"$__rs_dir/e${__rs_in[0]}" || \\builtin exit 126;',
  'BASH_ARGV0=${__rs_in[2]};',
  '\\builtin eval "${__rs_in[1]}";',
  "\\builtin mapfile -t -n 2 -d '' -u 3 __rs_go;",
  'if [[ ${__rs_go[0]-} != go ]]; then \\builtin exit 0; fi;',
  '\\exec 3<&- 4>&-;',
  '\\builtin trap -- "$__rs_on_exit" EXIT;',
  '\\builtin eval "${__rs_in[3]}";',
  '\\builtin . "${__rs_in[2]}";',
  `${endOfCode} ) &`,
  '\\builtin set +m;',
  'while \\builtin wait "$!"; __rs_ended=$?; \\builtin kill -0 "$!"; do :; done;',
  '\\builtin printf \'d%s\\n\' "$__rs_ended" >&4;',
  'done',
].join(' ');

/**
 * What the shell is started with. The text that comes sets the text that is run, so that this one is not one `eval`
 * deeper than another.
 */
export const bootstrap = `\\builtin mapfile -t -n 2 -d '' -u 3 __rs_in; ${readText} \\builtin eval "$__rs_text"; \\builtin eval "$__rs_text"`;
