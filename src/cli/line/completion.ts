// Owns `runsheet completion`: scripts made from the command line's own grammar, so that they cannot drift from it.
import type { Command, Option } from 'commander';
import { exitCode } from '../exit-code.ts';
import { writeResult } from '../write-result.ts';

interface Verb {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option[];
}

/** Prints a completion script for a shell; gives the exit code. */
export async function completion(shell: string, program: Command): Promise<number> {
  const verbs = program.commands.map(
    (command): Verb => ({
      name: command.name(),
      summary: command.summary() || command.description(),
      options: [...command.options, ...program.options],
    }),
  );
  const make = { bash: bashScript, zsh: zshScript, fish: fishScript }[shell];
  writeResult(make ? make(verbs) : '');
  return exitCode.succeeded;
}

const flagsOf = (verb: Verb) => verb.options.flatMap((option) => option.long ?? []);

function bashScript(verbs: readonly Verb[]): string {
  const cases = verbs.map((verb) => `    ${verb.name}) words="${flagsOf(verb).join(' ')}" ;;`).join('\n');
  const choices = [
    ...new Map(verbs.flatMap((verb) => verb.options).map((option) => [option.long, option])).values(),
  ]
    .filter((option) => option.argChoices)
    .map(
      (option) =>
        `    ${option.long}) COMPREPLY=($(compgen -W "${option.argChoices?.join(' ')}" -- "$current")); return ;;`,
    )
    .join('\n');
  return `# runsheet completion for bash: source it, or put it where bash-completion looks.
_runsheet() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${verbs.map((verb) => verb.name).join(' ')}" -- "$current"))
    return
  fi
  case "$previous" in
${choices}
  esac
  case "\${COMP_WORDS[1]}" in
${cases}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _runsheet runsheet
`;
}

const quoted = (text: string) => text.replaceAll("'", "'\\''");

function zshScript(verbs: readonly Verb[]): string {
  const names = verbs.map((verb) => `    '${verb.name}:${quoted(verb.summary)}'`).join('\n');
  const cases = verbs
    .map((verb) => {
      const specs = verb.options.map((option) => {
        const values = option.argChoices
          ? `:value:(${option.argChoices.join(' ')})`
          : option.required
            ? ':value:_files'
            : '';
        return `'${option.long}[${quoted(option.description).replaceAll('[', '\\[').replaceAll(']', '\\]')}]${values}'`;
      });
      return `    ${verb.name}) _arguments ${[...specs, "'*:file:_files'"].join(' ')} ;;`;
    })
    .join('\n');
  return `#compdef runsheet
# runsheet completion for zsh: put it into a folder of $fpath as _runsheet.
_runsheet() {
  local -a verbs
  verbs=(
${names}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' verbs
    return
  fi
  local verb="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$verb" in
${cases}
  esac
}
if [ "$funcstack[1]" = "_runsheet" ]; then _runsheet "$@"; else compdef _runsheet runsheet; fi
`;
}

function fishScript(verbs: readonly Verb[]): string {
  const lines = verbs.flatMap((verb) => [
    `complete -c runsheet -n __fish_use_subcommand -a ${verb.name} -d '${quoted(verb.summary)}'`,
    ...verb.options.map((option) => {
      const values = option.argChoices
        ? ` -x -a '${option.argChoices.join(' ')}'`
        : option.required
          ? ' -r'
          : '';
      const short = option.short ? ` -s ${option.short.slice(1)}` : '';
      return `complete -c runsheet -n '__fish_seen_subcommand_from ${verb.name}'${short} -l ${(option.long ?? '').slice(2)}${values} -d '${quoted(option.description)}'`;
    }),
  ]);
  return `# runsheet completion for fish: put it into ~/.config/fish/completions/runsheet.fish\n${lines.join('\n')}\n`;
}
