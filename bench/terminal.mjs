// Owns a program on a real terminal whose output is read as words, for benchmarks.
import { closeSync, constants, openSync } from 'node:fs';
import { spawn } from '@lydell/node-pty';

/** Words that have not come after this long end the benchmark. */
const deadlineMs = 60_000;

/** Output is kept this far back; words that are waited for are never longer. */
const keptLength = 20_000;

/** Starts a program on a terminal without colours, so that words on its screen are words in what it writes. */
export class Terminal {
  #pty;
  #seen = '';
  #look = () => {};

  constructor({ args, cwd, env = {}, cols = 120, rows = 40 }) {
    this.#pty = spawn(process.execPath, args, {
      cols,
      rows,
      cwd,
      name: 'xterm-256color',
      env: {
        PATH: process.env.PATH,
        HOME: cwd,
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
        NO_COLOR: '1',
        ...env,
      },
    });
    const held = openSync(this.#pty.ptsName, constants.O_RDWR | constants.O_NOCTTY);
    this.#pty.onData((data) => {
      this.#seen = (this.#seen + data).slice(-keptLength);
      this.#look();
    });
    this.ended = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode }) => {
        closeSync(held);
        resolve(exitCode);
      });
    });
  }

  get pid() {
    return this.#pty.pid;
  }

  /** Resolves when the words are written, counted from the last call of `forget` or `press` on. */
  shows(words) {
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(
        () => reject(new Error(`"${words}" never came:\n${this.#seen.slice(-2000)}`)),
        deadlineMs,
      );
      this.#look = () => {
        if (!this.#seen.includes(words)) return;
        clearTimeout(deadline);
        this.#look = () => {};
        resolve();
      };
      this.#look();
    });
  }

  /** Presses keys; only what is written after them counts. */
  press(keys) {
    this.#seen = '';
    this.#pty.write(keys);
  }

  kill() {
    this.#pty.kill('SIGKILL');
  }
}
