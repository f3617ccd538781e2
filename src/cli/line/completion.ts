// Owns `runsheet completion`: a script for a shell, which asks the tool itself what may follow.
import { exitCode } from '../exit-code.ts';
import { writeResult } from '../write-result.ts';

/** Prints the completion script of a shell; gives the exit code. */
export async function completion(shell: 'bash' | 'zsh' | 'fish'): Promise<number> {
  writeResult(scripts[shell]);
  return exitCode.succeeded;
}

/**
 * Each asks `runsheet complete` with the words so far, and takes a candidate a line, what it is behind a tab; `:files`
 * stands for names of files. Bash makes words of their own of `=` and `:`, which are put together again.
 */
const scripts = {
  bash: `# runsheet completion for bash: source it, or put it where bash-completion looks.
_runsheet() {
  local IFS=$' \\t\\n' value about word glued=""
  local -a words=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ ( $word == "=" || $word == ":" || $glued ) && \${#words[@]} -gt 0 ]]; then
      words[\${#words[@]}-1]+=$word
      [[ $word == "=" || $word == ":" ]] && glued=1 || glued=""
    else
      words+=("$word")
    fi
  done
  local whole="" current="\${COMP_WORDS[COMP_CWORD]}"
  [ \${#words[@]} -gt 0 ] && whole="\${words[\${#words[@]}-1]}"
  [[ $current == "=" || $current == ":" ]] && current=""
  COMPREPLY=()
  while IFS=$'\\t' read -r value about; do
    if [ "$value" = ":files" ]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
    else
      COMPREPLY+=("\${value#"\${whole%"$current"}"}")
      [[ $value == *= ]] && compopt -o nospace 2>/dev/null
    fi
  done < <("\${COMP_WORDS[0]}" complete -- "\${words[@]}" 2>/dev/null)
}
complete -F _runsheet runsheet
`,
  zsh: `#compdef runsheet
# runsheet completion for zsh: put it into a folder of $fpath as _runsheet, or source it.
_runsheet() {
  local value about files=0
  local -a described open
  while IFS=$'\\t' read -r value about; do
    case $value in
      :files) files=1 ;;
      *=) open+=("$value") ;;
      *) described+=("\${value//:/\\\\:}:\${about}") ;;
    esac
  done < <("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( $#described )) && _describe -t values 'runsheet' described
  (( $#open )) && compadd -S '' -- "\${open[@]}"
  (( files )) && _files
}
if [[ \${funcstack[1]} == _runsheet ]]; then
  _runsheet "$@"
else
  if ! (( $+functions[compdef] )); then autoload -Uz compinit && compinit; fi
  compdef _runsheet runsheet
fi
`,
  fish: `# runsheet completion for fish: put it into ~/.config/fish/completions/runsheet.fish
function __runsheet_complete
  set -l words (commandline -opc) (commandline -ct)
  for line in (command $words[1] complete -- $words[2..-1] 2>/dev/null)
    if string match -q ':files*' -- $line
      __fish_complete_path (commandline -ct)
    else
      echo $line
    end
  end
end
complete -c runsheet -f -a '(__runsheet_complete)'
`,
} as const;
