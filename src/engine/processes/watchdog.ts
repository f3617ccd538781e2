// Owns ending the running block when the tool itself is killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { codeFolder, memoryFolders } from '../files/code-files.ts';

/**
 * Reads lines from the tool: the process groups that are running, each with the name of its mark or nothing behind a
 * colon; an empty line when nothing runs; `memory` where the line stands in descriptor 3. When the tool is gone the pipe
 * ends, and what is running then gets INT, TERM and KILL, two seconds apart: the groups, and what has left them, as far
 * as it descends from one of their leaders, is in a leader's session (a shell that reads the end of its terminal before
 * it hears of its hang-up leaves its jobs there) or has the mark in its environment. The code of blocks that lies in
 * memory is taken away in the end.
 */
const script = [
  'folder=$1 watched=',
  'while IFS= read -r line; do watched=$line; done',
  '[ "$watched" != memory ] || IFS= read -r watched <&3',
  `code=$(readlink "$folder/${codeFolder}") 2>/dev/null; case $code in ${memoryFolders}*/*) code= ;; ${memoryFolders}*) ;; *) code= ;; esac`,
  // What still runs has read its code.
  '[ -z "$code" ] || trap \'rm -rf -- "$code"\' EXIT',
  '[ -n "$watched" ] || exit 0',
  'groups= known=',
  'set --',
  'for one in $watched; do',
  '  groups="$groups ${one%%:*}"',
  '  case $one in *:?*) set -- "$@" -e "RUNSHEET_OUTPUT=$folder/${one#*:}" ;; esac',
  'done',
  'outside() {',
  '  { ps -A -o pid= -o ppid= -o pgid= -o sid= || ps -A -o pid= -o ppid= -o pgid=; } |',
  '    awk -v groups="$groups" \'{ parent[$1] = $2; group[$1] = $3; session[$1] = $4 }',
  '    END { count = split(groups, list); for (i = 1; i <= count; i++) wanted[list[i]] = 1',
  '      for (pid in parent) if (!(group[pid] in wanted)) for (at = pid; at in parent && at > 1; at = parent[at])',
  "        if (at in wanted || group[at] in wanted || session[at] in wanted) { print pid; break } }'",
  '  [ $# -gt 0 ] || return 0',
  '  if [ -r /proc/self/environ ]; then',
  '    for file in $(grep -lF "$@" /proc/[0-9]*/environ); do file=${file%/environ}; echo "${file#/proc/}"; done',
  '  else',
  '    ps -axEwwo pid=,command= | grep -F "$@" | awk \'{ print $1 }\'',
  '  fi',
  '}',
  'lives() {',
  '  for group in $groups; do kill -s 0 -- -$group && return; done',
  '  for pid in $known; do kill -s 0 $pid && return; done',
  '  return 1',
  '}',
  'exec 2>/dev/null',
  'for signal in INT TERM KILL; do',
  '  known="$known $(outside "$@")"',
  '  for group in $groups; do kill -s $signal -- -$group; done',
  '  for pid in $known; do kill -s $signal $pid; done',
  '  for wait in 1 2 3 4 5 6 7 8 9 10; do',
  '    lives || exit 0',
  '    sleep 0.2 || sleep 1',
  '  done',
  'done',
].join('\n');

/**
 * That a group has ended is told so much later: mostly the next block begins before, and tells it with its own. No
 * system gives the number away again so soon.
 */
const tellEndAfterMs = 20;

/**
 * Watches over blocks from a process of its own, so that none goes on unseen after the tool was killed: a
 * resumed run asks about a block in doubt, and its answer is only safe when that block is not still running. It is
 * told of each block at once, however short that may be: a tool can be killed a moment after it has begun one.
 */
export class Watchdog {
  #process: ChildProcess | undefined;
  /** What it reads when we are gone: writing there wakes nobody, which takes as long as a small block's code. */
  #memory: number | undefined;
  /** Whether it knows that it is to look there. */
  #looksThere = false;
  readonly #folder: string;
  /** Names of marks, or nothing, by group. */
  readonly #watched = new Map<number, string>();
  #untold: NodeJS.Timeout | undefined;

  /** `folder` is what the run puts before the names of its marks. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Starts the process now. Before a terminal is made it has to be there: one that is started later inherits our side
   * of the terminal, and what runs on it would not hear that the tool is gone.
   */
  start(): void {
    if (this.#process !== undefined) return;
    this.#memory = openMemory();
    this.#process = startProcess(this.#folder, this.#memory);
  }

  /**
   * `mark` is the end of the path that everything of the group has in its environment as `RUNSHEET_OUTPUT`, and no other
   * such path begins with it. Call the answer when the group has ended.
   */
  watch(group: number, mark = ''): () => void {
    this.#watched.set(group, mark);
    this.#tell();
    return () => {
      if (!this.#watched.delete(group)) return;
      this.#untold ??= setTimeout(() => this.#tell(), tellEndAfterMs).unref();
    };
  }

  close(): void {
    this.#watched.clear();
    this.#tell();
    this.#process?.stdin?.end();
    this.#process = undefined;
    if (this.#memory !== undefined) closeSync(this.#memory);
    this.#memory = undefined;
    this.#looksThere = false;
  }

  #tell(): void {
    clearTimeout(this.#untold);
    this.#untold = undefined;
    if (this.#process === undefined && this.#watched.size === 0) return;
    this.start();
    const all = [...this.#watched].map(([group, mark]) => `${group}:${mark}`);
    const line = `${all.join(' ')}\n`;
    const isThere = this.#memory !== undefined && writeWhole(this.#memory, line);
    if (isThere && this.#looksThere) return;
    this.#looksThere = isThere;
    this.#process?.stdin?.write(isThere ? 'memory\n' : line);
  }
}

/** A file in memory without a name; undefined where there is no such thing. */
function openMemory(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const path = `${memoryFolders}${randomUUID()}`;
    // We write at places of our own, so that whoever has it too still reads from its start.
    const descriptor = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    return descriptor;
  } catch {
    return undefined;
  }
}

/** A page of memory is written whole or not at all, whenever the tool is killed. */
const pageBytes = 4096;

/** False where it could not be written so. */
function writeWhole(descriptor: number, line: string): boolean {
  const bytes = Buffer.from(line);
  if (bytes.length > pageBytes) return false;
  try {
    return writeSync(descriptor, bytes, 0, bytes.length, 0) === bytes.length;
  } catch {
    return false;
  }
}

function startProcess(folder: string, memory: number | undefined): ChildProcess {
  const process = spawn('/bin/sh', ['-c', script, 'watchdog', folder], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore', memory ?? 'ignore'],
  });
  process.on('error', () => {});
  process.stdin?.on('error', () => {});
  process.unref();
  return process;
}
