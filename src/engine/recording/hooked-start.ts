// Owns the start-up files that make an author's own shell tell what is typed into it.
import { shellQuote } from '../../languages/shell/shell-quote.ts';

/** The shells that can be recorded. */
export type RecordedShell = 'bash' | 'zsh';

/** How a shell is started that tells what is typed: its arguments, its start-up files by their names, its variables. */
export interface HookedStart {
  readonly arguments: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

/** A mark on the terminal that no program prints by chance, and that no terminal would show. */
export const markStart = (nonce: string): string => `\u001b]7717;${nonce};`;
export const markEnd = '\u0007';

/** Files that are longer are not kept: nobody edits them by hand into a page. */
const longestFile = 65_536;

const editors = 'vi|vim|nvim|nano|pico|emacs|micro|helix|hx|joe|ed|ne|mcedit|sudoedit';

/** What bash and zsh have in common. `__rs_files` tells the files that an editor is about to be given, as they are. */
const common = (nonce: string): string =>
  String.raw`
__rs_mark() { builtin printf '\e]7717;${nonce};%s\a' "$1"; }
__rs_encode() { builtin printf %s "$1" | command base64 | command tr -d '\n'; }
__rs_files() {
  case "\${1##*/}" in sudo|doas|command|env) shift;; esac
  case "\${1##*/}" in ${editors}) shift;; *) [ "$1" = "\${EDITOR-}" ] || return 0; shift;; esac
  local file where
  for file in "$@"; do
    case "$file" in -*|+*) continue;; '~/'*) file="$HOME/\${file#'~/'}";; esac
    case "$file" in /*) where=$file;; *) where="$PWD/$file";; esac
    if [ -d "$where" ]; then continue; fi
    if [ -r "$where" ]; then
      __rs_mark "F;$(__rs_encode "$file");$(__rs_encode "$where");=$(command head -c ${longestFile} "$where" | command base64 | command tr -d '\n')"
    else
      __rs_mark "F;$(__rs_encode "$file");$(__rs_encode "$where");"
    fi
  done
}
`.replaceAll('\\${', '${');

const bash = (nonce: string): string =>
  String.raw`if (( BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404 )); then
  echo 'bash before 4.4 cannot be recorded' >&2; exit 1
fi
[ -r ~/.bashrc ] && . ~/.bashrc
[ -n "\${HISTFILE-}" ] && [ -r "$HISTFILE" ] && builtin history -r "$HISTFILE"
unset HISTFILE HISTTIMEFORMAT
HISTCONTROL= HISTIGNORE= HISTSIZE=10000
shopt -s cmdhist lithist interactive_comments
declare -A __rs_known=()
${common(nonce)}
__rs_entry() {
  __rs_number= __rs_text=
  local line; line=$(builtin history 1)
  [[ $line =~ ^\ *([0-9]+)(\*|\ )\ (.*)$ ]] && __rs_number=\${BASH_REMATCH[1]} __rs_text=\${BASH_REMATCH[3]}
}
__rs_before() {
  __rs_entry
  local words; read -ra words <<< "$__rs_text"
  __rs_files "\${words[@]}"
  __rs_mark "C;$__rs_number;$(__rs_encode "$__rs_text");$(__rs_encode "$PWD");$(__rs_encode "\${BASH_ALIASES[\${words[0]:-:}]-}");$(type -t -- "\${words[0]:-:}")"
}
__rs_secret() {
  local value=\${!2-}
  [[ -n $value && \${__rs_known[$2]-} != "$value" ]] || return 0
  __rs_known[$2]=$value
  __rs_mark "$1;$2;$(__rs_encode "$value")"
}
__rs_after() {
  local status=$? name words
  __rs_entry
  for name in $(compgen -v); do
    case \${name^^} in
      __RS*|PWD|OLDPWD) ;;
      *PASS*|*PWD*|*TOKEN*|*SECRET*|*KEY*) __rs_secret S "$name" ;;
    esac
  done
  if [[ $__rs_text =~ read\ .*-[a-zA-Z]*s || $__rs_text == *stty*-echo* ]]; then
    read -ra words <<< "\${__rs_text//[;&|]/ }"
    for name in "\${words[@]}" REPLY; do
      [[ $name =~ ^[A-Za-z_][A-Za-z_0-9]*$ && -n \${!name-} ]] && __rs_secret R "$name"
    done
  fi
  __rs_mark "P;$__rs_number;$status;$(__rs_encode "$__rs_text");$(__rs_encode "$PWD")"
  __rs_first=1
  return "$status"
}
__rs_enter() {
  if [[ $__rs_first && $READLINE_LINE =~ ^[[:space:]]*(undo|check|verify): ]]; then
    READLINE_LINE="# $READLINE_LINE" READLINE_POINT=\${#READLINE_LINE}
  fi
  __rs_first=
}
for __rs_map in emacs-standard vi-insert vi-command; do
  bind -m $__rs_map -x '"\C-x\C-a1": __rs_enter'
  bind -m $__rs_map '"\C-x\C-a2": accept-line'
  bind -m $__rs_map '"\C-m": "\C-x\C-a1\C-x\C-a2"'
  bind -m $__rs_map '"\C-j": "\C-x\C-a1\C-x\C-a2"'
done 2>/dev/null
unset __rs_map
PS0=\${PS0-}'$(__rs_before)'
if [[ $(declare -p PROMPT_COMMAND 2>/dev/null) == 'declare -a'* ]]; then
  PROMPT_COMMAND=(__rs_after "\${PROMPT_COMMAND[@]}")
else
  PROMPT_COMMAND="__rs_after\${PROMPT_COMMAND:+; $PROMPT_COMMAND}"
fi
`.replaceAll('\\${', '${');

const zshEnvironment = (folder: string, own: string | undefined): string =>
  String.raw`${own === undefined ? 'unset ZDOTDIR' : `ZDOTDIR=${shellQuote(own)}`}
[[ -r \${ZDOTDIR:-$HOME}/.zshenv ]] && . "\${ZDOTDIR:-$HOME}/.zshenv"
typeset -g __rs_own=\${ZDOTDIR-} __rs_had=\${+ZDOTDIR}
ZDOTDIR=${shellQuote(folder)}
`.replaceAll('\\${', '${');

const zsh = (nonce: string): string =>
  String.raw`if (( __rs_had )); then ZDOTDIR=$__rs_own; else unset ZDOTDIR; fi
[[ -r \${ZDOTDIR:-$HOME}/.zshrc ]] && . "\${ZDOTDIR:-$HOME}/.zshrc"
[[ -n \${HISTFILE-} && -r $HISTFILE ]] && fc -R "$HISTFILE"
unset HISTFILE
setopt interactivecomments nopromptsp
typeset -gA __rs_known
typeset -gi __rs_number=0
typeset -g __rs_line= __rs_text=
${common(nonce)}
__rs_before() {
  local -a words
  __rs_text=\${1:-$3}
  words=(\${(Q)\${(z)__rs_text}})
  __rs_files "\${words[@]}"
  local first=\${words[1]:-:}
  __rs_mark "C;$__rs_number;$(__rs_encode "$__rs_text");$(__rs_encode "$PWD");$(__rs_encode "\${aliases[$first]-}");\${\${(M)\${(k)functions}:#$first}:+function}"
}
__rs_secret() {
  local value=\${(P)2-}
  [[ -n $value && \${__rs_known[$2]-} != "$value" ]] || return 0
  __rs_known[$2]=$value
  __rs_mark "$1;$2;$(__rs_encode "$value")"
}
__rs_after() {
  local code=$? name
  for name in \${(k)parameters}; do
    case \${(U)name} in
      __RS*|PWD|OLDPWD) ;;
      *PASS*|*PWD*|*TOKEN*|*SECRET*|*KEY*) [[ \${parameters[$name]} == scalar* ]] && __rs_secret S "$name" ;;
    esac
  done
  if [[ $__rs_text == *read\ *-*s* || $__rs_text == *stty*-echo* ]]; then
    for name in \${=\${__rs_text//[;&|]/ }} REPLY; do
      name=\${\${(Q)name}%%\?*}
      [[ $name == [A-Za-z_]* && $name != *[^A-Za-z_0-9]* && -n \${(P)name-} ]] && __rs_secret R "$name"
    done
  fi
  __rs_mark "P;$__rs_number;$code;$(__rs_encode "$__rs_line");$(__rs_encode "$PWD")"
  __rs_text=
  return $code
}
__rs_enter() {
  if [[ $CONTEXT == start ]]; then
    [[ $BUFFER == [[:space:]]#(undo|check|verify):* ]] && BUFFER="# $BUFFER"
    __rs_number+=1 __rs_line=$BUFFER
  fi
  zle __rs_accept
}
setopt extendedglob
zle -A accept-line __rs_accept
zle -N accept-line __rs_enter
preexec_functions=(__rs_before $preexec_functions)
precmd_functions=(__rs_after $precmd_functions)
`.replaceAll('\\${', '${');

/** The start of such a shell with its start-up files in `folder`, which is to be made; `env` is the author's. */
export function hookedStart(
  shell: RecordedShell,
  folder: string,
  nonce: string,
  env: Readonly<Record<string, string | undefined>>,
): HookedStart {
  if (shell === 'bash') {
    return { arguments: ['--rcfile', `${folder}/bashrc`, '-i'], files: { bashrc: bash(nonce) }, env: {} };
  }
  return {
    arguments: ['-i'],
    files: { '.zshenv': zshEnvironment(folder, env.ZDOTDIR), '.zshrc': zsh(nonce) },
    env: { ZDOTDIR: folder },
  };
}
