// Owns the text that a host's own `sh` is given to run a block and to watch over it.
import { type ByteText, toByteText } from '../../languages/shell/byte-text.ts';
import { folderWord, shellQuote } from '../../languages/shell/shell-quote.ts';
import { unheardLimitBytes, unheardSuffix } from '../../languages/shell/unheard-failure.ts';

/** How the block itself is started on the host. */
export type RemoteStart =
  | {
      readonly type: 'shell';
      /** The first that is there is taken. */
      readonly commands: readonly string[];
      readonly plainArguments: readonly string[];
      /** Name of the file that holds the code. */
      readonly file: string;
      readonly code: string;
      readonly script: ByteText;
      /** The block gets the terminal of a session of its own, which `startOnTerminal` begins. */
      readonly onTerminal: boolean;
    }
  | {
      readonly type: 'interpreter';
      readonly choices: readonly (readonly string[])[];
      /** Name of the file that the code goes to. */
      readonly file: string;
      /** A module that stands beside it and is loaded before it. */
      readonly preload?: { readonly name: string; readonly text: string };
      readonly code: string;
      /** Variables to export; undefined takes one away. */
      readonly env: ReadonlyMap<string, string | undefined>;
      readonly cwd?: string;
      /** What it reads; nothing when absent. */
      readonly input?: Uint8Array;
    };

export interface RemoteScript {
  /** Hexadecimal, made anew for each script: it is part of the markers and of the private folder's name. */
  readonly nonce: string;
  readonly start: RemoteStart;
  /** A folder that has to be there; absolute, or `~` and what follows. */
  readonly needsFolder?: string;
}

/** What a script can say instead of an exit code. */
export type RemoteRefusal = 'missing' | 'no-folder' | 'no-scratch';

/** The command line of every session: the script comes on standard input, where nobody sees it. */
export const remoteShell = 'exec /bin/sh -s';

/** The command line that begins a block on the terminal of its session, once its script waits for it. */
export function startOnTerminal(nonce: string): string {
  return `exec /bin/sh -c '. "\${TMPDIR:-/tmp}/runsheet-${nonce}/start"'`;
}

/** The text that tells a block's script where its private folder is. */
export function remoteNames(nonce: string): ByteText {
  return `__rs_dir=\${TMPDIR:-/tmp}/runsheet-${nonce} __rs_state=\${TMPDIR:-/tmp}/runsheet-${nonce}/state`;
}

/**
 * Signals every process of the block, whatever group it has gone to: `$d/pid` is the leader of its group, and
 * where /proc tells, the path in `RUNSHEET_OUTPUT` finds what has left it.
 */
const functions = [
  'members() { for f in $(grep -lsxzF "RUNSHEET_OUTPUT=$d/output" /proc/[0-9]*/environ 2>/dev/null); do f=${f#/proc/}; echo "${f%/*}"; done; }',
  'leader() { p=; [ -s "$d/pid" ] && IFS= read -r p <"$d/pid"; [ -n "$p" ]; }',
  'tell() { leader && { kill -s "$1" -- "-$p" || kill -s "$1" "$p"; }; for m in $(members); do kill -s "$1" "$m"; done; }',
  'alive() { { leader && kill -s 0 -- "-$p"; } || [ -n "$(members)" ]; }',
  // Ten looks, a fifth of a second apart: as patient as the tool itself is with blocks of its own.
  'gone() { for i in 1 2 3 4 5 6 7 8 9 10; do alive || return 0; sleep 0.2 2>/dev/null || sleep 1; done; return 1; }',
  'sweep() { for s in "$@"; do alive || return 0; tell "$s"; gone && return 0; done; }',
];

/**
 * Says in `l` whether something that the block has started still holds its output, which nobody reads from now on; what
 * ends within a moment is waited for. Where no /proc tells, whoever is left in its group is taken to hold it.
 */
const followLeftOvers = [
  'outputs() { for f in 1 2; do readlink "/proc/$1/fd/$f"; done 2>/dev/null; }',
  'holds() {',
  'if [ ! -d /proc/$$/fd ]; then leader && kill -s 0 -- "-$p" 2>/dev/null; return; fi',
  'm=$(members); [ -n "$m" ] || return 1',
  'for m in $m; do for f in $(outputs "$m"); do for s in $o; do [ "$f" = "$s" ] && return 0; done; done; done',
  'return 1',
  '}',
  'o=$(outputs $$)',
  // What the shell says of a look that somebody kills is no output of the block's.
  '{ for i in 1 2 3; do',
  'holds || { l=; break; }',
  "l=' held'; [ $i = 3 ] || sleep 0.1 || sleep 1",
  'done; } 2>/dev/null',
];

/**
 * The whole script, read to its end before anything of it runs: one that was cut off by a lost connection is a
 * syntax error and nothing more. It watches its standard input: a line is a signal for the block, and its end
 * means that the connection is gone and the block has to go too.
 */
export function renderRemoteScript({ nonce, start, needsFolder }: RemoteScript): ByteText {
  const marker = `printf '\\000%s\\000' ${nonce}`;
  const onTerminal = start.type === 'shell' && start.onTerminal;
  const lines = [
    '{',
    // What the host's environment may have switched on.
    '{ set +efuvxC; } 2>/dev/null',
    `d=\${TMPDIR:-/tmp}/runsheet-${nonce}`,
    'exec 3<&0 </dev/null',
    'w= x= r= l=',
    'trap : INT TERM',
    `trap 'kill $w $x; rm -rf "$d"; exit 1' PIPE HUP`,
    ...functions,
    'mkdir -m 700 "$d" 2>/dev/null || r=no-scratch',
    ...(needsFolder === undefined ? [] : [`[ -d ${folderWord(needsFolder)} ] || r=no-folder`]),
    ...choose(start),
    ...(onTerminal ? offer(start, nonce) : []),
    ...watch(),
    'exec 3<&-',
    `${marker}; ${marker} >&2`,
    'if [ -z "$r" ]; then',
    ...(onTerminal
      ? [
          'while kill -s 0 $w 2>/dev/null; do wait $w; done',
          'r=lost',
          'if [ -s "$d/status" ]; then IFS= read -r r <"$d/status"; fi',
        ]
      : [...run(start), ...followLeftOvers]),
    'fi',
    // Only what is to be ended is swept up: what a block leaves behind on purpose stays.
    'if [ -e "$d/ending" ]; then sweep TERM KILL 2>/dev/null; fi',
    `${marker} >&2`,
    '{ kill $w $x; } 2>/dev/null',
    `${marker}; printf '%s' "$r$l"; ${marker}`,
    `[ -f "$d/output" ] && cat "$d/output"; ${marker}`,
    `[ -f "$d/output${unheardSuffix}" ] && head -c ${unheardLimitBytes} "$d/output${unheardSuffix}"; ${marker}`,
    `[ -f "$d/base" ] && cat "$d/base"; ${marker}`,
    `[ -f "$d/state" ] && cat "$d/state"; ${marker}`,
    'rm -rf "$d"',
    'exit 0',
    '}',
    '',
  ];
  return lines.join('\n');
}

/** Variables that change how a shell reads what it is given, whoever has given it. */
const shellEnvironment = ['SHELLOPTS', 'BASHOPTS', 'POSIXLY_CORRECT', 'BASH_ENV', 'ENV'];

/** They act on a bash at once, before it reads a word of ours. */
const cleanEnvironment = `if env -u ENV true 2>/dev/null; then set -- env ${shellEnvironment.map((name) => `-u ${name}`).join(' ')} "$@"; fi`;

/** Sets the words that start the block, or says that nothing on the host can run it. */
function choose(start: RemoteStart): ByteText[] {
  const choices = start.type === 'shell' ? start.commands.map((command) => [command]) : start.choices;
  const tests = choices.map(([command = '', ...rest], index) => {
    const words = [command, ...rest].map((word) => shellQuote(toByteText(word))).join(' ');
    const test = `command -v ${shellQuote(toByteText(command))} >/dev/null 2>&1`;
    return `${index === 0 ? 'if' : 'elif'} ${test}; then set -- ${words}`;
  });
  return [...tests, 'else r=missing; fi'];
}

/** The watch over the connection, in a process of its own that INT does not reach. */
function watch(): ByteText[] {
  return [
    '(',
    // What the tool says goes to the block; `done` says that nothing more will come.
    'while IFS= read -r s; do [ "$s" = done ] && exit; : >"$d/ending"; tell "$s"; done',
    'for i in 1 2 3 4 5; do leader && break; sleep 0.2 || sleep 1; done',
    ': >"$d/ending"; sweep INT TERM KILL',
    'kill $x; rm -rf "$d"',
    ') <&3 >/dev/null 2>&1 &',
    'w=$!',
  ];
}

function run(start: RemoteStart): ByteText[] {
  // A group of its own, so that all of it can be told from what watches over it.
  const group =
    "g='setsid'; command -v setsid >/dev/null 2>&1 || { g='perl -e setpgrp(0,0);exec(@ARGV) --'; command -v perl >/dev/null 2>&1 || g=; }";
  if (start.type === 'shell') {
    return [
      group,
      cleanEnvironment,
      ...writeCode(start),
      `c=${shellQuote(start.script)}`,
      // That a signal has ended it is said by us.
      `{ printf '%s\\n' "$c" | $g "$@" ${[...start.plainArguments].join(' ')} -c 'eval "$(command -p cat <&3)"' ${codePath(start.file)} 3<&0 </dev/null 2>&4 4>&-`,
      'r=$?; } 4>&2 2>/dev/null',
    ];
  }
  const exports = [...start.env].map(([name, value]) =>
    value === undefined ? `unset ${name}` : `export ${name}=${shellQuote(toByteText(value))}`,
  );
  const file = codePath(start.file);
  const { preload } = start;
  const begin = `exec $g /bin/sh -c 'printf "%s\\n" "$$" >"$0/pid"; exec "$@"' "$d" "$@"`;
  const inside = [
    ...(start.cwd === undefined ? [] : [`cd -- ${folderWord(start.cwd)} || exit 126`]),
    ...exports,
    'export RUNSHEET_OUTPUT="$d/output"',
  ];
  return [
    group,
    ...writeCode(start),
    ...(preload === undefined
      ? []
      : [`printf '%s\\n' ${shellQuote(preload.text)} >${codePath(preload.name)}`]),
    `${start.input === undefined ? '' : `${printed(start.input)} | `}(`,
    ...inside,
    `${begin} ${preload === undefined ? '' : `--require ${codePath(preload.name)} `}${file}${start.input === undefined ? ' </dev/null' : ''}`,
    ')',
    'r=$?',
  ];
}

/** Pieces that the `printf` of every shell takes whole. */
const printedBytes = 16_384;

/**
 * A command that prints these bytes. Its words are no program's arguments, and no file holds them: `printf` is the
 * shell's own.
 */
function printed(input: Uint8Array): ByteText {
  const words: ByteText[] = [];
  for (let at = 0; at < input.length; at += printedBytes) {
    const text = Buffer.from(input.subarray(at, at + printedBytes)).toString('latin1');
    const escaped = text.replace(/[\\\0]/g, (one) => (one === '\0' ? '\\0000' : '\\\\'));
    words.push(`printf '%b' ${shellQuote(escaped)}`);
  }
  return `{ ${[...words, ':'].join('; ')}; }`;
}

/** The code of a block has a file of its own, in the private folder. */
function codePath(file: string): ByteText {
  return `"$d"/code/${shellQuote(toByteText(file))}`;
}

function writeCode({ code, file }: RemoteStart): ByteText[] {
  const text = code.replaceAll('\0', '').replace(/\n$/, '');
  return [
    'mkdir -m 700 "$d/code"',
    `(umask 077; printf '%s\\n' ${shellQuote(toByteText(text))} >${codePath(file)})`,
  ];
}

/** Lays the block ready for the session that has a terminal: its script waits in a pipe, not in a file. */
function offer(start: Extract<RemoteStart, { type: 'shell' }>, nonce: string): ByteText[] {
  const begin = [
    `d=\${TMPDIR:-/tmp}/runsheet-${nonce}`,
    'trap : INT TERM HUP QUIT',
    'printf "%s\\n" "$$" >"$d/pid"',
    'IFS= read -r p <"$d/program"',
    'set -- "$p"',
    cleanEnvironment,
    `"$@" ${[...start.plainArguments].join(' ')} -c 'eval "$(command -p cat "$1")"' ${codePath(start.file)} "$d/script"`,
    's=$?',
    '[ -d "$d" ] && printf "%s\\n" "$s" >"$d/status"',
    'exit "$s"',
  ].join('\n');
  return [
    'if [ -z "$r" ]; then',
    `printf '%s\\n' "$1" >"$d/program"`,
    `printf '%s\\n' ${shellQuote(begin)} >"$d/start"`,
    ...writeCode(start),
    'mkfifo -m 600 "$d/script"',
    `c=${shellQuote(start.script)}`,
    `{ printf '%s\\n' "$c" >"$d/script"; } </dev/null >/dev/null 2>&1 3<&- &`,
    'x=$!',
    'fi',
  ];
}
