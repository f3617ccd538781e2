// Owns the shell text around a block in zsh: what it does at a failing command, and how it tells its state at its end.
import { type ByteText, toByteText } from './byte-text.ts';
import { cutConditions } from './reader/cut-conditions.ts';
import type { BlockFile } from './render-sourced-script.ts';
import { shellQuote } from './shell-quote.ts';
import { unheardFile } from './unheard-failure.ts';

/** Variables that zsh gives a meaning and that are carried though they are not exported. */
const carried =
  ' IFS CDPATH FIGNORE FPATH MANPATH MODULE_PATH NULLCMD OPTARG OPTIND PS4 READNULLCMD TIMEFMT WORDCHARS dirstack ';

/**
 * Defines what is ours before anything of the author's is there. Options, functions and aliases of the block stay
 * what they are while this runs: it uses reserved words, assignments, and builtins by `\builtin`; what needs more is
 * done in a subshell, which has none of the block's functions, aliases and options.
 *
 * Values are written as they are, ended by NUL, and quoted by us: zsh's own quoting has many forms. A NUL inside a
 * value, which zsh alone knows, is dropped. Of the variables that zsh itself gives a meaning only the exported ones
 * and some others are carried.
 */
export const zshDefinitions = [
  `__rs_carried='${carried}'`,
  // status, 1 where the positional parameters follow, those: to descriptor 1, behind what `trap` has written there.
  '__rs_tell() { (',
  '__rs_on=${__rs_on:-${(j: :kv)options[@]}}',
  'if [[ ${__rs_lenient-} == 1 ]]; then __rs_on=${__rs_on/errexit off/errexit on}; fi',
  '__rs_functions=("${(@kv)functions[@]}")',
  '__rs_aliases=("${(@kv)aliases[@]}") __rs_global=("${(@kv)galiases[@]}") __rs_suffix=("${(@kv)saliases[@]}")',
  // An assignment is what no function can stand before.
  'for __rs_k in "${(@k)functions[@]}"; do dis_functions[$__rs_k]=:; done',
  'aliases=() galiases=() saliases=()',
  'builtin emulate -R zsh; unsetopt nomatch',
  'printf "\\0%s\\0%s\\0" "$1 ${__rs_line-}" "$__rs_on"; shift',
  'for __rs_k in ${(ko)parameters}; do',
  '  __rs_t=${parameters[$__rs_k]}',
  '  case $__rs_t in',
  '    (*local*) continue ;;',
  '    (*special*) [[ $__rs_t == *export* && $__rs_t != *hide* || $__rs_carried == *" $__rs_k "* ]] || continue ;;',
  '    (array-tied*) continue ;;',
  '  esac',
  '  case $__rs_t in',
  '    (association*) __rs_v=("${(@kvP)__rs_k}") ;;',
  '    (array*) __rs_v=("${(@P)__rs_k}") ;;',
  '    (*special*) __rs_v=("${(P)__rs_k}") ;;',
  // What only a declaration can say: both of a pair, digits and widths.
  '    (*tied*|float*|integer*|*left*|*right*) __rs_v=("${(P)__rs_k}" "$(\\builtin \\typeset -p $__rs_k)") ;;',
  '    (*) __rs_v=("${(P)__rs_k}") ;;',
  '  esac',
  '  printf "%s\\0" "$__rs_k" "$__rs_t" ${#__rs_v} "${(@)__rs_v//$\'\\0\'/}"',
  'done',
  'printf "\\0"',
  'for __rs_k __rs_t in "${(@)__rs_functions}"; do',
  '  case $__rs_k in (__rs_*) ;; (*) printf "%s\\0%s\\0" "$__rs_k" "$__rs_t" ;; esac',
  'done',
  // A function that is a trap is none in a subshell or in another function.
  'if [[ -n ${__rs_trapexit-} ]]; then printf "TRAPEXIT\\0%s\\0" "$__rs_trapexit"; fi',
  'printf "\\0"',
  'for __rs_k __rs_t in "${(@)__rs_aliases}"; do printf "%s\\0" "alias -- ${(qq)__rs_k}=${(qq)__rs_t}"; done',
  'for __rs_k __rs_t in "${(@)__rs_global}"; do printf "%s\\0" "alias -g -- ${(qq)__rs_k}=${(qq)__rs_t}"; done',
  'for __rs_k __rs_t in "${(@)__rs_suffix}"; do printf "%s\\0" "alias -s -- ${(qq)__rs_k}=${(qq)__rs_t}"; done',
  'printf "\\0"; umask; printf "\\0"; __rs_k=${(%):-%D{%s}}; printf "T%s %s\\n" "$__rs_k" "${SECONDS%.*}"',
  'for __rs_k in c d f l m n s t v; do printf "-S$__rs_k "; ulimit -S$__rs_k; printf "-H$__rs_k "; ulimit -H$__rs_k; done',
  'printf "\\0"; zmodload -L; printf "\\0"; if (( ${+modules[zsh/zutil]} )); then zstyle -L; fi',
  'printf "\\0"; hash -dL',
  // An assignment to `PWD` changes what `pwd` says.
  'printf "\\0%s\\0" "$PWD"; if [[ $PWD == /* && $PWD -ef . ]]; then printf %s "$PWD"; else pwd -r; fi',
  'printf "\\0%s\\0" "$1"; shift; printf "%s\\0" $# "$@" ok',
  ') }',
  // What `exit` comes to, in subshells as well.
  '__rs_exiting() { __rs_status=$?; if [[ -z ${__rs_told-} && $ZSH_SUBSHELL == $__rs_depth ]]; then { \\builtin trap; __rs_tell "$__rs_status" 0; } 1<>"$__rs_state"; fi; if [[ $ZSH_SUBSHELL == $__rs_depth ]]; then \\builtin eval "${__rs_leave-}"; fi; } 2>/dev/null',
  // Called by the trap with the exit code and those of the pipeline. Where it leaves `errexit` on, zsh ends the shell.
  '__rs_failing() {',
  '  if [[ -o errexit || ${__rs_lenient-} == 1 ]]; then',
  '    options[errexit]=off',
  '    __rs_n=0 __rs_bad=0',
  '    for __rs_k in "${@}"; do',
  '      __rs_n=$(( __rs_n + 1 ))',
  '      if [[ $__rs_n == 1 ]]; then __rs_status=$__rs_k; elif [[ $__rs_k != 0 && $__rs_k != 141 ]]; then __rs_bad=1; fi',
  '    done',
  // A later member of the pipeline had read enough.
  '    if [[ ${__rs_strict-} == 1 && $__rs_status == 141 && $__rs_n -gt 2 && $__rs_k == 0 && $__rs_bad == 0 ]]; then',
  '      __rs_lenient=1',
  '      if (( ZSH_SUBSHELL > __rs_depth )); then \\builtin print 1 >|"$__rs_mark"; fi',
  // So it was in a subshell, whose exit code this is.
  '    elif [[ $__rs_status == 141 && $__rs_n == 2 && -s $__rs_mark ]]; then',
  '      __rs_lenient=1',
  '      if (( ZSH_SUBSHELL == __rs_depth )); then { } >|"$__rs_mark"; fi',
  '    else',
  '      if [[ -s $__rs_mark ]]; then { } >|"$__rs_mark"; fi',
  // Above the frame of the file stand those of what it calls, with the places in the caller.
  '      __rs_n=0 __rs_line= __rs_frames=0',
  '      for __rs_k in "${funcstack[@]}"; do',
  '        __rs_n=$(( __rs_n + 1 ))',
  '        if [[ $__rs_frames == 0 && $__rs_k == "$__rs_file" ]]; then __rs_frames=$__rs_n; fi',
  '      done',
  '      __rs_n=1',
  '      for __rs_k in "${funcfiletrace[@]}"; do',
  '        if [[ -z $__rs_line && $__rs_n -lt $__rs_frames && $__rs_k == "$__rs_file":* ]]; then __rs_line=${__rs_k##*:}; fi',
  '        __rs_n=$(( __rs_n + 1 ))',
  '      done',
  '      if (( ZSH_SUBSHELL == __rs_depth )); then',
  '        __rs_lenient=1',
  // Where the file itself has come to its end with this exit code, the shell goes on behind it.
  '        if [[ -n $__rs_line ]]; then',
  '          { \\builtin trap; __rs_tell "$__rs_status" 0; } 1<>"$__rs_state"',
  '          \\builtin eval "${__rs_leave-}"; __rs_told=1 options[errexit]=on',
  '        fi',
  '      else',
  '        options[errexit]=on',
  // That ends the subshell, and nothing may come to ask how it has ended.
  '        if [[ -n $__rs_line && ${RUNSHEET_OUTPUT-} == "$__rs_dir"/* ]]; then',
  `          \\builtin printf '%s\\0' "$__rs_status" "" "$__rs_line" $'\\n'"$__rs_file" >>|${unheardFile}`,
  '        fi',
  '      fi',
  '    fi',
  '  fi',
  '}',
].join('\n');

/** Lets `\builtin` be what it is, in the shell of a block that has come to its end. */
const freeBuiltin = 'if (( ${+functions[builtin]} )); then dis_functions[builtin]=:; fi';

/**
 * A DEBUG trap under which lists that hold a pipeline with one of these last commands are judged without `pipefail`. It
 * is called before each list with its text, and not before the single pipelines of a list.
 */
function renderCutTrap(ends: ReadonlySet<ByteText>): ByteText {
  const patterns = [...ends].flatMap((end) => {
    const piped = `*${shellQuote(`|${end}`)}`;
    return [piped, `${piped}[$'\\n'';)}&|']*`];
  });
  return [
    `{ case \${ZSH_DEBUG_CMD//[[:blank:]]/} in (${patterns.join('|')})`,
    'if [[ -o pipefail ]]; then options[pipefail]=off __rs_pipefail=off; fi ;;',
    '(*) if [[ -n ${__rs_pipefail-} ]]; then options[pipefail]=on __rs_pipefail=; fi ;;',
    'esac } 2>/dev/null',
  ].join('\n');
}

/** Runs the file, and tells the state where it came to its end. */
export function runZshFile({ path, code, options, authors, strict, state }: BlockFile): ByteText {
  const status = state.more.get('status');
  const { before, sameLine } = options;
  const names = new Set(state.functionNames);
  const ownTrap = state.more.has('failure-trap') || names.has('TRAPZERR');
  const mayEnd = strict || /-\w*e|err_?exit/i.test(`${code} ${state.more.get('chosen-options')}`);
  const debug = state.more.get('debug-trap');
  // With the block's first command, and not with ours, tracing begins and a DEBUG trap is called.
  const first = [
    ...(sameLine === '' ? [] : [`\\builtin trap - DEBUG; ${sameLine}`]),
    ...(debug === undefined ? [] : [`\\builtin trap -- ${debug} DEBUG; \\builtin eval ${debug}`]),
  ].join('\n');
  const isDebugFree =
    first === '' && !ownTrap && !/DEBUG|\btrap\b[ \t]*(?:$|[;|&)>`])/m.test(`${code}\n${state.functions}`);
  const cut = isDebugFree && strict ? cutConditions(toByteText(code), state.functions) : new Set<string>();
  const isFirst = '[[ ${funcstack[1]} == "$__rs_file" || ${funcstack[0]} == "$__rs_file" ]]';
  return [
    `__rs_file=${path} __rs_mark=$__rs_dir/m$$ __rs_depth=$ZSH_SUBSHELL __rs_strict=${strict ? 1 : 0}`,
    'zshexit_functions+=(__rs_exiting)',
    ...(ownTrap || !mayEnd
      ? []
      : [`\\builtin trap '{ __rs_failing $? "\${pipestatus[@]}"; } 2>/dev/null' ZERR`]),
    ...(first === '' ? [] : [`\\builtin trap ${shellQuote(`if ${isFirst}; then\n${first}\nfi`)} DEBUG`]),
    ...(cut.size === 0 ? [] : [`\\builtin trap ${shellQuote(renderCutTrap(cut))} DEBUG`]),
    before,
    // From here on any word may be a function of the author's.
    authors,
    status === undefined || names.has('builtin') ? '' : `() { \\builtin return ${status} } && :`,
    `${['.', 'source'].find((word) => !names.has(word)) ?? '\\builtin .'} "$__rs_file"`,
    `{ __rs_status=$? __rs_trapexit=\${functions[TRAPEXIT]-}; ${freeBuiltin}; if [[ $__rs_status == 141 && \${__rs_lenient-} == 1 ]]; then __rs_status=0; fi`,
    '{ \\builtin trap; __rs_tell "$__rs_status" 1 "$@"; } 1<>"$__rs_state"; __rs_told=1',
    '\\builtin trap - EXIT ZERR DEBUG; \\builtin eval "${__rs_leave-}"; \\builtin exit "$__rs_status"; } 2>/dev/null',
  ].join('\n');
}
