// Owns the files through which a bash that runs a block tells how it ended and what it leaves behind.
import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { bashDump, hookMark } from '../../../languages/shell/bash-dialect.ts';
import { type ByteText, toByteText } from '../../../languages/shell/byte-text.ts';
import { shellQuote } from '../../../languages/shell/shell-quote.ts';
import { unheardFile } from '../../../languages/shell/unheard-failure.ts';

/**
 * Paths of files that are sourced: all that authors can see of us is a trap that names one. Each is sourced with its
 * output away, because options and DEBUG traps of the block would show it.
 */
export interface BashHooks {
  /** The EXIT trap: tells the state of a shell that ends before its code does. */
  readonly exit: ByteText;
  /** The same where a function hides `builtin`: only the special builtins of POSIX are found before functions. */
  readonly hiddenExit: ByteText;
  /** Stands after the code: tells the state, EXIT traps of the author's included, and ends the shell. */
  readonly end: ByteText;
  /** A DEBUG trap: tells the state before a call of `exit`, where the EXIT trap is the author's. */
  readonly debug: ByteText;
  /** The ERR trap: tells which command ends the block. */
  readonly err: ByteText;
}

/** Where a shell finds the files and sends its state; each is one shell word. */
export interface HookPlace {
  readonly file: (kind: string) => ByteText;
  /** The redirection that adds to what was sent. */
  readonly send: ByteText;
  /** Succeeds where the state can be sent. */
  readonly isThere: ByteText;
  /** What `$RUNSHEET_OUTPUT` matches unless authors have set it to something of theirs. */
  readonly outputs: ByteText;
}

/** Writes the files beside the pipe through which states come; `depth` is how many subshells the block runs in. */
export function writeBashHooks(statePipe: string, depth: number): BashHooks {
  const path = (kind: string): string => join(dirname(statePipe), `__rs-${kind}-${basename(statePipe)}`);
  const state = shellQuote(toByteText(statePipe));
  const { hooks, files } = renderBashHooks(
    // Opening it only to write would wait for ever where the tool is gone.
    {
      file: (kind) => shellQuote(toByteText(path(kind))),
      send: `1<>${state}`,
      isThere: `-p ${state}`,
      outputs: `${shellQuote(toByteText(dirname(statePipe)))}/*`,
    },
    depth,
  );
  for (const [kind, text] of files) writeFileSync(path(kind), text, { encoding: 'latin1', mode: 0o600 });
  return hooks;
}

/** The hooks, and the texts of their files by kind. */
export function renderBashHooks(
  place: HookPlace,
  depth: number,
): { readonly hooks: BashHooks; readonly files: ReadonlyMap<string, ByteText> } {
  const { file, send, isThere } = place;
  const tell = [
    `if [[ ${isThere} ]]; then`,
    '\\builtin trap - DEBUG ERR RETURN',
    `{ ${bashDump.state}; ${bashDump.rest}; } ${send}`,
    'fi',
  ];
  const leave = 'if [[ ${__rs_leave-} ]]; then \\builtin eval "$__rs_leave"; fi';
  const lines = {
    // In a subshell, for it changes options. That its exit code is none says that an EXIT trap comes after it.
    left: [
      '(',
      ...holdStill,
      '__rs_status=',
      `\\builtin trap -p ${send}`,
      ...tell,
      ')',
      '\\builtin unset -v __rs_err',
    ],
    hidden: [
      '__rs_builtin=$(\\declare -f builtin); \\unset -f builtin; \\unset -v POSIXLY_CORRECT',
      ...holdStill.slice(1),
      ...[...tell, leave, '\\builtin exit "$__rs_status"'],
    ],
    exit: [...holdStill, ...tell, leave, '\\builtin exit "$__rs_status"'],
    end: [...holdStill, ...tell, leave, '\\builtin trap - EXIT; \\builtin exit "$__rs_status"'],
    err: tellFailure(place, depth),
    // How a substitution has ended, which is not always how the command has that failed in it.
    unheard: [
      '__rs_status=$?',
      `if [[ $__rs_status != 0 && \${RUNSHEET_OUTPUT-} == ${place.outputs} ]]; then`,
      `\\builtin printf '%s\\0' "$__rs_status" "\${__rs_failing[@]}" >>${unheardFile}`,
      'fi',
    ],
  };
  const left = sourceQuietly(file('left'));
  return {
    hooks: {
      exit: tellFrom(place, 'exit'),
      hiddenExit: `{ ${holdStill[0]} POSIXLY_CORRECT=1; \\. ${file('hidden')}; } ${quietly}`,
      end: tellFrom(place, 'end'),
      debug: `case $BASH_COMMAND in exit | exit\\ *) if (( BASH_SUBSHELL == ${depth} )); then ${left}; fi ;; esac`,
      err: `{ \\builtin . ${file('err')}; \\builtin eval "\${__rs_return-}"; \\builtin unset -v __rs_return __rs_err; } ${quietly}`,
    },
    files: new Map(Object.entries(lines).map(([kind, text]) => [kind, `${text.join('\n')}\n`])),
  };
}

/** Set by the redirection of commands in which no DEBUG trap is meant, before the first of them. */
export const quietly = '>"${__rs_err:=/dev/null}" 2>&1';

/** How the code ended, the first that is asked after it, `quietly`. */
export const keepEnd = '__rs_status=$? __rs_was_cut=${__rs_cut-}';

/**
 * Behind it, with the options in `__rs_options`: where the last command was a pipeline cut by SIGPIPE, of which nothing
 * has failed, and which no command came after, its end is a success and errexit on again.
 */
export const judgeEnd =
  'if [[ $__rs_was_cut ]]; then __rs_options+=:errexit; if [[ $__rs_status == 141 ]]; then __rs_status=0; fi; fi; \\builtin unset -v __rs_was_cut __rs_cut';

/** What stood when the code ended; then nothing of the block's acts on us. */
const holdStill = [
  `${keepEnd} __rs_options=$SHELLOPTS __rs_shopt=$BASHOPTS`,
  judgeEnd,
  '\\builtin set +exuvf; \\builtin set +o posix; \\builtin shopt -u extdebug failglob nullglob',
];

/**
 * Run where errexit would end the shell. Where all that failed in a pipeline was ended by SIGPIPE and its last command
 * succeeded, later commands had read enough: nothing has failed. Then errexit is off until the next command begins,
 * which a DEBUG trap sees. Where nothing follows, `judgeEnd` makes the exit code 0, or an EXIT trap where nothing else
 * looks at the end.
 * `__rs_err` is set by the redirection that this file is sourced with: in it no DEBUG trap is meant.
 */
function tellFailure({ file, send, isThere }: HookPlace, depth: number): string[] {
  const once = (whatElse: string): string => {
    const handler = `[[ \${__rs_err-} ]] || { ${whatElse}\\builtin unset -v __rs_cut; ${restoreDebug}; } # ${hookMark}cut`;
    return `\\builtin trap -- ${shellQuote(handler)} DEBUG; __rs_cut=1`;
  };
  return [
    // In `[[` nothing is split or matched against files, whatever options are on.
    'if [[ $? == 141 && ( ${__rs_cut-} || " ${PIPESTATUS[@]}" == +(" 0"|" 141")" 0" ) ]]; then',
    putAsideReturn,
    // A subshell, and a block whose state nobody wants.
    `if (( BASH_SUBSHELL > ${depth} )) || [[ ! $(\\builtin trap -p EXIT) ]]; then`,
    "\\builtin trap -- '[[ $? != 141 ]] || \\builtin exit 0' EXIT",
    `case $- in *e*) \\builtin set +e; ${once('\\builtin set -e; \\builtin trap - EXIT; ')} ;;`,
    `*) ${once('\\builtin trap - EXIT; ')} ;; esac`,
    `else case $- in *e*) \\builtin set +e; ${once('\\builtin set -e; ')} ;; esac; fi`,
    'else',
    putAsideReturn,
    `if [[ \${__rs_cut-} ]]; then \\builtin unset -v __rs_cut; ${restoreDebug}; \\builtin set -e; fi`,
    `case $- in *e*) if (( BASH_SUBSHELL == ${depth} )) && [[ ${isThere} ]]; then`,
    `{ \\builtin printf 'failed\\0%s\\0' "$BASH_COMMAND"`,
    `\\builtin printf '%s ' "\${BASH_LINENO[@]}"; \\builtin printf '\\0'`,
    `\\builtin printf '%s\\n' "\${BASH_SOURCE[@]}"; \\builtin printf '\\0'; } ${send}`,
    `case $(\\builtin trap -p EXIT) in '' | *${hookMark}*) ;; *) \\builtin . ${file('left')} ;; esac`,
    'fi ;; esac',
    // Nothing may come to ask how a substitution has ended: `export` does not, nor does a command that it is an argument of.
    `if (( BASH_SUBSHELL > ${depth} )); then case $(\\builtin trap -p EXIT) in '' | *${hookMark}*)`,
    `__rs_failing=("$BASH_COMMAND" "$(\\builtin printf '%s ' "\${BASH_LINENO[@]}")" "$(\\builtin printf '%s\\n' "\${BASH_SOURCE[@]}")")`,
    `\\builtin trap -- ${shellQuote(sourceQuietly(file('unheard')))} EXIT ;; esac; fi`,
    'fi',
  ];
}

/** A RETURN trap would be run by the end of each file that is sourced; who sources the file of errors sets it again. */
const putAsideReturn = '__rs_return="\\builtin $(\\builtin trap -p RETURN)"; \\builtin trap - RETURN';

/** The DEBUG trap that the block was given, if any. */
const restoreDebug = '\\builtin trap -- "${__rs_debug:--}" DEBUG';

/**
 * A DEBUG trap under which pipelines with one of these last commands are what that command says. Whether `pipefail` holds
 * for a pipeline is asked when its last command has been started.
 */
export function renderCutTrap(ends: ReadonlySet<ByteText>): ByteText {
  const none = hookMark;
  return [
    `{ case \${BASH_COMMAND//[[:space:]]} in ${none}) ;; ${[...ends].map(shellQuote).join(' | ')})`,
    'if [[ -o pipefail ]]; then \\builtin set +o pipefail; __rs_pipefail=off; fi ;;',
    '*) if [[ ${__rs_pipefail-} ]]; then \\builtin set -o pipefail; \\builtin unset -v __rs_pipefail; fi ;;',
    'esac; } 2>/dev/null',
  ].join('\n');
}

/**
 * In a file that is sourced, DEBUG and RETURN traps are away: they are told before, by a subshell in which a DEBUG trap
 * sees nothing, and which hands the exit code on.
 */
function tellFrom({ file, send, isThere }: HookPlace, kind: string): ByteText {
  const traps = `__rs_status=$?; if [[ ${isThere} ]]; then \\builtin trap -p ${send}; fi; \\builtin exit "$__rs_status"`;
  const source = `\\builtin . ${file(kind)}`;
  return `{ if ( ${traps} ); then ${source}; else ${source}; fi; } ${quietly}`;
}

function sourceQuietly(path: ByteText): ByteText {
  return `{ \\builtin . ${path}; } >/dev/null 2>&1`;
}
