// Owns giving the operator's terminal back when the tool is killed, and cannot do it itself.
import { type ChildProcess, spawn } from 'node:child_process';

/** What the tool has of the terminal: the whole screen, or the keyboard, whose modes it has changed. */
type Taken = 'screen' | 'keys';

/** Colours, cursor keys, keypad, mouse, focus, marked pastes, wrapping and cursor as programs expect to find them. */
const resetCodes = [
  '\\033[0m\\033[?1l\\033>',
  ...[1000, 1002, 1003, 1004, 1006, 1015, 2004, 2026].map((mode) => `\\033[?${mode}l`),
  '\\033[?7h\\033[?25h',
].join('');

/**
 * Reads lines from the tool: what it has taken, or an empty line. When the tool is gone and had not given the terminal
 * back, the modes that raw input takes away are set again, unless somebody else, such as a shell, has set modes of their
 * own meanwhile: these know signals.
 */
const script = [
  'taken=',
  'while IFS= read -r line; do taken=$line; done',
  '[ -n "$taken" ] || exit 0',
  'exec 2>/dev/null',
  'modes=$(stty -a <&3)',
  'case $modes in *-isig*) case $modes in *-icanon*) stty brkint icrnl ixon isig icanon iexten echo <&3 ;; esac ;; esac',
  `printf '${resetCodes}' >&3`,
  `[ "$taken" != screen ] || printf '\\033[?1049l' >&3`,
].join('\n');

/** So long after the terminal was taken: the first picture comes before. */
const startAfterMs = 10;

let keeper: ChildProcess | undefined;
let starting: NodeJS.Timeout | undefined;
let taken: Taken | undefined;

/** The terminal of this descriptor has been taken; a process that outlives this one will give it back if need be. */
export function keepTerminal(descriptor: number, what: Taken): void {
  taken = what;
  if (keeper) tell();
  else
    starting ??= setTimeout(() => {
      starting = undefined;
      if (taken === undefined) return;
      keeper = startKeeper(descriptor);
      tell();
    }, startAfterMs).unref();
}

/** The terminal was given back. */
export function terminalGivenBack(): void {
  taken = undefined;
  clearTimeout(starting);
  starting = undefined;
  tell();
}

function tell(): void {
  keeper?.stdin?.write(`${taken ?? ''}\n`);
}

function startKeeper(descriptor: number): ChildProcess {
  const process = spawn('/bin/sh', ['-c', script], {
    // In a session of its own no signal of the terminal reaches it.
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore', descriptor],
  });
  process.on('error', () => {});
  process.stdin?.on('error', () => {});
  process.unref();
  return process;
}
