// Owns ending the running block when the tool itself is killed.
import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Reads lines from the tool: the process groups that are running, or an empty line. When the tool is gone the
 * pipe ends, and what is running then gets INT, TERM and KILL, two seconds apart.
 */
const script = [
  'groups=',
  'while IFS= read -r line; do groups=$line; done',
  'for signal in INT TERM KILL; do',
  '  alive=',
  '  for group in $groups; do kill -s $signal -- -$group 2>/dev/null && alive=1; done',
  '  [ -n "$alive" ] || exit 0',
  '  for wait in 1 2 3 4 5 6 7 8 9 10; do',
  '    sleep 0.2 2>/dev/null || sleep 1',
  '    alive=',
  '    for group in $groups; do kill -s 0 -- -$group 2>/dev/null && alive=1; done',
  '    [ -n "$alive" ] || exit 0',
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
  readonly #groups = new Set<number>();
  #untold: NodeJS.Timeout | undefined;

  /**
   * Starts the process now. Before a terminal is made it has to be there: one that is started later inherits our side
   * of the terminal, and what runs on it would not hear that the tool is gone.
   */
  start(): void {
    this.#process ??= startProcess();
  }

  /** Call the answer when the group has ended. */
  watch(group: number): () => void {
    this.#groups.add(group);
    this.#tell();
    return () => {
      if (!this.#groups.delete(group)) return;
      this.#untold ??= setTimeout(() => this.#tell(), tellEndAfterMs).unref();
    };
  }

  close(): void {
    this.#groups.clear();
    this.#tell();
    this.#process?.stdin?.end();
    this.#process = undefined;
  }

  #tell(): void {
    clearTimeout(this.#untold);
    this.#untold = undefined;
    if (this.#process === undefined && this.#groups.size === 0) return;
    this.start();
    this.#process?.stdin?.write(`${[...this.#groups].join(' ')}\n`);
  }
}

function startProcess(): ChildProcess {
  const process = spawn('/bin/sh', ['-c', script], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  process.on('error', () => {});
  process.stdin?.on('error', () => {});
  process.unref();
  return process;
}
