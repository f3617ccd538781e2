// Owns the command line that makes a command another user's.
import { shellQuote } from '../../../languages/shell/shell-quote.ts';

/** How blocks are made another user's. */
export interface RunAsSettings {
  /** The words of a command that runs what follows them; `{user}` stands for the account. `sudo` when absent. */
  readonly command?: readonly string[];
}

/** What sudo is told where nothing else is said: to ask for nothing, and to give the account its own home. */
const sudoWords = ['sudo', '-n', '-H', '-u', '{user}', '--'];

/** What can be said to the program for one call. */
export interface RunAsCall {
  readonly user: string;
  /** A line for `/bin/sh`; it is seen by everybody, and holds nothing secret. */
  readonly command: string;
  /** Words for sudo, in the place of the one that forbids it to ask; it forbids it when absent. */
  readonly asking?: readonly string[];
}

/**
 * A line for `/bin/sh` that runs the command as the user, from the user's home. Nothing is put before it where it is that
 * user already, and root needs no sudo.
 */
export function runAs({ command: words }: RunAsSettings, { user, command, asking }: RunAsCall): string {
  const inner = `HOME=~${user} USER=${user} LOGNAME=${user}; export HOME USER LOGNAME; cd 2>/dev/null || cd /; ${command}`;
  const call = `/bin/sh -c ${shellQuote(inner)}`;
  const line = (all: readonly string[]): string =>
    `exec ${all.map((word) => shellQuote(word.replaceAll('{user}', user))).join(' ')} ${call}`;
  const root =
    words === undefined
      ? `if [ "$(id -u)" = 0 ] && ! command -v sudo >/dev/null 2>&1; then ${line(['runuser', '-u', '{user}', '--'])}; fi; `
      : '';
  const chosen = words ?? sudoWords;
  return `if [ "$(id -un)" = ${shellQuote(user)} ]; then exec ${call}; fi; ${root}${line(asking === undefined ? chosen : mayAsk(chosen, asking))}`;
}

/** Whether the program is sudo, which we know how to let ask. */
export function canAsk({ command = sudoWords }: RunAsSettings): boolean {
  return /(?:^|\/)sudo$/.test(command[0] ?? '');
}

function mayAsk([program = 'sudo', ...rest]: readonly string[], asking: readonly string[]): string[] {
  return [program, ...asking, ...rest.filter((word) => word !== '-n' && word !== '--non-interactive')];
}
