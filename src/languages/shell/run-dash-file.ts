// Owns the shell text around a block in dash and other plain POSIX shells: how it tells its state at its end.
import type { ByteText } from './byte-text.ts';
import { toByteText } from './byte-text.ts';
import { functionDefinitions } from './function-definitions.ts';
import { readShell } from './reader/read-shell.ts';
import type { BlockFile } from './render-sourced-script.ts';
import { shellQuote } from './shell-quote.ts';

/**
 * Defines what is ours before anything of the author's is there: the text of a function is not read with aliases of
 * later. The special builtins (`trap`, `set`, `exit`, `unset`) are what they are whatever a block defines; the others
 * are called in a subshell, in which functions of their names are gone.
 *
 * A dump is, ended by NUL each: traps; status, and flags as they were; options; variables; exported ones; read-only
 * ones; aliases; umask; limits; what is said of the functions that there may be; `PWD`; folder; 1 where the positional
 * parameters follow; their number; these; `ok`.
 */
export const dashDefinitions = [
  '__rs_types() { :; }',
  // status, flags, 1 where the positional parameters follow, those.
  '__rs_tell() {',
  '  trap',
  '  (',
  '    unset -f command; unset -f printf; unset -f alias; unset -f umask; unset -f type; unset -f ulimit; unset -f pwd',
  '    printf "\\0%s\\0%s\\n" "$1" "$2"; set +o; set +efu; printf "\\0"; set',
  '    printf "\\0"; export -p; printf "\\0"; readonly -p; printf "\\0"; alias; printf "\\0"; umask; printf "\\0"',
  '    for __rs_n in c d f l m n s t v; do',
  '      printf "%s " "-S$__rs_n"; ulimit -S -$__rs_n; printf "%s " "-H$__rs_n"; ulimit -H -$__rs_n',
  '    done',
  '    printf "\\0"; __rs_types; printf "\\0%s\\0" "$PWD"; pwd; printf "\\0%s\\0" "$3"',
  '    shift 3; printf "%s\\0" "$#" "$@" ok',
  '  )',
  '}',
  '__rs_again() { return "$__rs_status"; }',
  // Where the shell ends before the file does.
  '__rs_ending() {',
  '  __rs_tell "$__rs_status" "$__rs_flags" 0 1<>"$__rs_state" 2>/dev/null',
  '  case ${__rs_exit+set} in set)',
  '    if __rs_again; then eval "$__rs_exit"; else __rs_again || eval "$__rs_exit"; fi ;;',
  '  esac',
  '  eval "${__rs_leave-}"; exit "$__rs_status"',
  '}',
  '__rs_finish() {',
  '  __rs_tell "$__rs_status" "$__rs_flags" 1 "$@" 1<>"$__rs_state" 2>/dev/null',
  '  trap - EXIT',
  '  eval "${__rs_leave-}"; exit "$__rs_status"',
  '}',
  // Keeps the EXIT trap of the block beside ours.
  // A subshell has traps of its own: ours is not among them.
  '__rs_isBlock() {',
  '  trap >|"$__rs_dir/t$$" 2>/dev/null || return 0',
  '  while IFS= \\read -r __rs_n; do case $__rs_n in *__rs_ending*) return 0 ;; esac; done <"$__rs_dir/t$$"',
  '  return 1',
  '}',
  '__rs_trap() {',
  '  if ! __rs_isBlock; then trap "$@"; return; fi',
  // Listing must show the block's EXIT trap and not ours.
  '  if [ "$#" -eq 0 ] || [ "$1" = -p ]; then',
  '    trap -- "${__rs_exit--}" EXIT; trap "$@"; trap -- "$__rs_ours" EXIT; return',
  '  fi',
  '  if [ "$1" = -- ]; then shift; fi',
  // A number first, or one word alone, says to reset.
  '  case $#:$1 in 1:*) set -- - "$1" ;; *:*[!0-9]* | *:) ;; *) set -- - "$@" ;; esac',
  '  __rs_action=$1; shift',
  '  for __rs_signal do case $__rs_signal in',
  '    0 | EXIT) if [ "$__rs_action" = - ]; then unset __rs_exit; else __rs_exit=$__rs_action; fi ;;',
  '    *) trap -- "$__rs_action" "$__rs_signal" || return ;;',
  '  esac; done',
  '}',
  `__rs_ours='{ __rs_status=$? __rs_flags=$-; \\set +exuv; } 2>/dev/null; __rs_ending'`,
].join('\n');

/**
 * True where a line of ours can stand behind the code. There `errexit` has let pass what the last command came to; in
 * the shell that has read the file it would end it. What is read may be shown.
 */
function mayBeFollowed(code: string): boolean {
  return readShell(code).open === undefined && !/\bset\b.*[-+]\w*v|\bverbose\b/.test(code);
}

/** Runs the file, and tells the state when the shell ends. */
export function runDashFile({ path, code, options, authors, state }: BlockFile): ByteText {
  const status = state.more.get('status');
  const { before, sameLine } = options;
  const names = new Set([
    ...state.functionNames,
    ...functionDefinitions(toByteText(code)).map(({ name }) => name),
  ]);
  // A special builtin cannot be hidden by a function, but by an alias, which the block's text is read with; only
  // where the word is written is it needed.
  const mayTrap = /\btrap\b/.test(`${code}\n${state.functions}\n${state.aliases}`);
  const end = '{ __rs_status=$? __rs_flags=$-; \\set +exuv; __rs_finish "$@"; } 2>/dev/null';
  return [
    `__rs_file=${path}`,
    ...(sameLine === '' && mayBeFollowed(code)
      ? [`printf '\\n%s\\n' ${shellQuote(end)} >>"$__rs_file"`]
      : []),
    authors,
    ...(names.size === 0 ? [] : [`__rs_types() { \\type ${[...names].join(' ')}; }`]),
    '\\trap -- "$__rs_ours" EXIT',
    ...(mayTrap ? ['\\alias trap=__rs_trap'] : []),
    before,
    status === undefined ? ':' : `__rs_status=${status}; __rs_again && :`,
    // What is traced from here to the block's first command goes to where nobody sees it.
    sameLine === '' ? '\\. "$__rs_file"' : `{ ${sameLine}\\. "$__rs_file" 2>&9 9>&-; } 9>&2 2>/dev/null`,
    end,
  ].join('\n');
}
