// Owns the script that stands in for ssh in a test: its hosts are shells on this machine.
import { shellQuote } from '../../../languages/shell/shell-quote.ts';
import type { StubbedHost } from '../../../runbook/cases/parse-test-file.ts';

/** Where hosts have what is theirs. */
export interface HostPlaces {
  readonly bash: string;
  /** A file that calls of hosts which are none of the case are added to, with a NUL behind each. */
  readonly refused: string;
  /** A folder with one for each host, by its name: its home. */
  readonly homes: string;
  /** For temporary files. */
  readonly tmp: string;
  /** Where what watches over a block is found; blocks have a `PATH` of their own. */
  readonly path: string;
}

/**
 * A program that is called as ssh is, and reaches nothing: on a host of the case the command runs here, in the host's
 * folder and with nothing of this environment; one that is down, and one that the case does not name, cannot be reached.
 */
export function renderSsh(hosts: Readonly<Record<string, StubbedHost>>, places: HostPlaces): string {
  const { bash, refused, homes, tmp, path } = places;
  const arms = Object.entries(hosts).map(([name, { down }]) =>
    down
      ? `  ${shellQuote(name)}) printf 'ssh: connect to host %s port 22: Connection refused\\n' "$host" >&2; exit 255;;`
      : `  ${shellQuote(name)}) ;;`,
  );
  return [
    `#!${bash}`,
    "asked='' socket=''",
    'while [[ $1 != -- ]]; do',
    '  [[ $1 == -O ]] && asked=yes',
    '  [[ $1 == ControlPath=* ]] && socket=${1#*=}',
    '  shift',
    'done',
    'host=$2 command=$3',
    'case $host in',
    ...arms,
    '  *)',
    `    printf '%s\\0' "ssh $host, which is none of the hosts of the case" >> ${shellQuote(refused)}`,
    `    printf '%s is none of the hosts of the case\\n' "$host" >&2`,
    '    exit 255;;',
    'esac',
    '[[ $asked ]] && exit 0',
    // By its socket the connection is known to stand.
    ': > "$socket"',
    `cd ${shellQuote(homes)}/"$host" || exit 255`,
    `exec /usr/bin/env -i HOME="$PWD" TMPDIR=${shellQuote(tmp)} PATH=${shellQuote(path)} \\`,
    '  LANG=C.UTF-8 LC_ALL=C.UTF-8 TZ=UTC TERM=dumb NO_COLOR=1 /bin/sh -c "$command"',
    '',
  ].join('\n');
}
