// Owns finding and ending everything that a block started.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { execa } from 'execa';

/** What belongs together: a process group, the session and the descendants of its leader, and who carries the marker. */
export interface ProcessTree {
  /** Leader of the process group. */
  readonly leader: number;
  /** `NAME=value` in the environment of everything the block started: it finds what left the group. */
  readonly marker?: string;
}

/** How long to wait after each signal before the next harder one, in milliseconds. */
export interface Grace {
  readonly interruptMs: number;
  readonly terminateMs: number;
  /** After KILL nothing but a hanging kernel keeps a process; then we go on without it. */
  readonly killMs: number;
}

export const defaultGrace: Grace = { interruptMs: 2000, terminateMs: 2000, killMs: 2000 };

interface ProcessInfo {
  readonly pid: number;
  /** When it was started, in the system's own unit; tells it from a later process of the same number. */
  readonly start: string;
  readonly parent: number;
  readonly group: number;
  /** Zero where the system does not tell it. */
  readonly session: number;
  readonly isZombie: boolean;
  readonly hasMarker: boolean;
}

const firstCheckMs = 10;
const slowestCheckMs = 100;

/** Processes that were seen to belong to a tree, by number, with their start. */
type Known = Map<number, string>;

/** INT, then TERM, then KILL to the whole tree, until nothing of it is left. */
export async function endProcessTree(tree: ProcessTree, grace: Grace): Promise<void> {
  const known: Known = new Map();
  for (const { signal, waitMs } of endingSignals(grace))
    if (await signalAndWait(tree, known, `SIG${signal}`, waitMs)) return;
}

/** The signals that end a block, by their names without `SIG`, each with how long it is given. */
export function endingSignals({ interruptMs, terminateMs, killMs }: Grace) {
  return [
    { signal: 'INT', waitMs: interruptMs },
    { signal: 'TERM', waitMs: terminateMs },
    { signal: 'KILL', waitMs: killMs },
  ] as const;
}

async function signalAndWait(
  tree: ProcessTree,
  known: Known,
  signal: NodeJS.Signals,
  waitMs: number,
): Promise<boolean> {
  let members = await listTree(tree, known);
  if (members.length === 0) return true;
  sendSignal(members, tree.leader, signal);
  let checkMs = firstCheckMs;
  for (let waited = 0; waited < waitMs; waited += checkMs) {
    checkMs = Math.min(checkMs * 2, slowestCheckMs, waitMs - waited);
    await new Promise((resolve) => setTimeout(resolve, checkMs));
    members = await listTree(tree, known);
    if (members.length === 0) return true;
    // A process that was being forked when the others were killed must not get away.
    if (signal === 'SIGKILL') sendSignal(members, tree.leader, signal);
  }
  return false;
}

function sendSignal(members: readonly ProcessInfo[], group: number, signal: NodeJS.Signals): void {
  signalOne(-group, signal);
  for (const member of members) if (member.group !== group) signalOne(member.pid, signal);
}

/** A process that is gone, or that belongs to somebody else, is no error. */
export function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {}
}

/**
 * The living processes of a tree, this one never among them. Those that were once seen in it are remembered:
 * a child whose parent has died can no longer be told by its descent.
 */
export async function listTree(tree: ProcessTree, known: Known = new Map()): Promise<ProcessInfo[]> {
  const all = existsSync('/proc/self/environ') ? readProc(tree.marker) : await readPs(tree.marker);
  const byPid = new Map(all.map((info) => [info.pid, info]));
  const belongs = (info: ProcessInfo): boolean => {
    if (info.group === tree.leader || info.session === tree.leader || info.hasMarker) return true;
    const seen = new Set<number>();
    for (
      let at: ProcessInfo | undefined = info;
      at !== undefined && !seen.has(at.pid);
      at = byPid.get(at.parent)
    ) {
      if (at.pid === tree.leader || known.get(at.pid) === at.start) return true;
      seen.add(at.pid);
    }
    return false;
  };
  const members = all.filter((info) => !info.isZombie && info.pid !== process.pid && belongs(info));
  for (const { pid, start } of members) known.set(pid, start);
  return members;
}

function readProc(marker: string | undefined): ProcessInfo[] {
  const found: ProcessInfo[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      // The command's name stands in parentheses and may hold anything, also parentheses.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      found.push({
        pid: Number(name),
        start: fields[19] ?? '',
        parent: Number(fields[1]),
        group: Number(fields[2]),
        session: Number(fields[3]),
        isZombie: fields[0] === 'Z' || fields[0] === 'X',
        hasMarker: marker !== undefined && environmentHolds(name, marker),
      });
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

function environmentHolds(pid: string, marker: string): boolean {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    const bytes = Buffer.from(marker, 'utf8').toString('latin1');
    return environment.startsWith(`${bytes}\0`) || environment.includes(`\0${bytes}\0`);
  } catch {
    // Somebody else's process.
    return false;
  }
}

/** macOS and other systems without /proc: `ps` shows the environment of the user's own processes. */
async function readPs(marker: string | undefined): Promise<ProcessInfo[]> {
  const options = { cwd: '/', cleanup: false, maxBuffer: 64 * 1024 * 1024 };
  const [table, environments] = await Promise.all([
    execa('ps', ['-axo', 'pid=,ppid=,pgid=,stat=,lstart='], options),
    marker === undefined ? undefined : execa('ps', ['-axEwwo', 'pid=,command='], options),
  ]);
  const marked = new Set<number>();
  for (const line of environments?.stdout.split('\n') ?? [])
    if (marker !== undefined && `${line} `.includes(` ${marker} `)) marked.add(Number.parseInt(line, 10));
  return table.stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length >= 4)
    .map(([pid, parent, group, state, ...start]) => ({
      pid: Number(pid),
      start: start.join(' '),
      parent: Number(parent),
      group: Number(group),
      session: 0,
      isZombie: state?.startsWith('Z') ?? false,
      hasMarker: marked.has(Number(pid)),
    }));
}
