// Owns the question whether a process seen earlier is still the same and alive.
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemErrorCode } from '../files/file-operations.ts';

/** What tells a process from every other one, also from a later one with its number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it began, in the system's own words; empty where the system does not tell. */
  readonly startedAt: string;
  /** Host, and the process namespace in it: numbers mean something only within one. */
  readonly host: string;
  /** Changes with each boot of the host; empty where the system does not tell. */
  readonly boot: string;
  /** Stays the same from boot to boot; empty where nothing tells one machine from its copies. */
  readonly machine: string;
}

/** Where processes are that can be seen from here. */
type Place = Pick<ProcessIdentity, 'host' | 'boot' | 'machine'>;

/** Who this process is. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startedAt: startOf(process.pid) ?? '', ...ownPlace() };
}

/** Letters and digits that no other process has. */
export function nameOf(identity: ProcessIdentity): string {
  return hash('sha256', JSON.stringify(identity), 'hex').slice(0, 16);
}

/**
 * `unknown` where the process is of another host or namespace, into which nobody sees from here. Several machines may
 * have one name (`localhost`, copies of an image), so that another boot is an earlier one only on the very machine.
 */
export function lifeOf(identity: ProcessIdentity, here: Place = ownPlace()): 'alive' | 'dead' | 'unknown' {
  if (identity.boot !== here.boot) return isSameMachine(identity, here) ? 'dead' : 'unknown';
  if (identity.host !== here.host) return 'unknown';
  const alive =
    identity.startedAt === '' ? exists(identity.pid) : startOf(identity.pid) === identity.startedAt;
  return alive ? 'alive' : 'dead';
}

/** Signal 0 is delivered to nobody, but fails for a process that is not there. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}

function isSameMachine(one: Place, other: Place): boolean {
  const [name] = one.host.split('/');
  return one.machine !== '' && one.machine === other.machine && name === other.host.split('/')[0];
}

function ownPlace(): Place {
  machine ??= ownMachine();
  return { host: ownHost(), boot: ownBoot(), machine };
}

let machine: string | undefined;

/** In a container it is that of the image, which any number of machines may run at the same time. */
function ownMachine(): string {
  const isContainer =
    ['/.dockerenv', '/run/.containerenv'].some((path) => existsSync(path)) ||
    ['KUBERNETES_SERVICE_HOST', 'container'].some((name) => process.env[name] !== undefined);
  if (isContainer) return '';
  const ids = ['/etc/machine-id', '/var/lib/dbus/machine-id'].map(
    (path) => whereTold(() => readFileSync(path, 'utf8').trim()) ?? '',
  );
  return ids.find((id) => /^[0-9a-f]{32}$/.test(id)) ?? '';
}

function ownHost(): string {
  return `${hostname()}/${whereTold(() => readlinkSync('/proc/self/ns/pid')) ?? ''}`;
}

function ownBoot(): string {
  return whereTold(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '';
}

/** When the living process `pid` began; `undefined` where there is none. */
function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    // Not by execa: every run comes by here, and loading it takes a tenth of what a short run takes.
    const told = whereTold(() =>
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim(),
    );
    return told === '' ? undefined : told;
  }
  const stat = whereTold(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === undefined) return undefined;
  // proc(5): the command's name stands in parentheses and may hold anything, so fields are counted from its end.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? undefined : fields[18];
}

/** The value, or `undefined` where the system has no such thing. */
function whereTold(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
