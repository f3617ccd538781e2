// Owns a real terminal (a pty and an emulator of the screen behind it) and a program on it.
import { chownSync, closeSync, constants, openSync } from 'node:fs';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { waitMs } from '../budgets.ts';

/** A screen that is waited for and has not come after this long fails the test, with the screen it has. */
const deadlineMs = waitMs.change;

export const keys = {
  enter: '\r',
  escape: '\x1b',
  tab: '\t',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  pageUp: '\x1b[5~',
  pageDown: '\x1b[6~',
  backspace: '\x7f',
  ctrlC: '\x03',
  ctrlD: '\x04',
  ctrlZ: '\x1a',
} as const;

export interface TerminalOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly cols: number;
  readonly rows: number;
  /** The account that it runs as and that has the terminal; that of the tests when absent. */
  readonly as?: { readonly uid: number; readonly gid: number };
}

/** A program on a terminal, read as a person reads it: as a screen. */
export class RigTerminal {
  readonly #pty: IPty;
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  readonly #changed = new Set<() => void>();
  #bytes = '';
  #onTheirWay = 0;
  #hasEnded = false;
  /** Resolves when the program has ended and all it printed is on the screen. */
  readonly ended: Promise<{ exitCode: number; signal?: number }>;

  constructor({ file, args, cwd, env, cols, rows, as }: TerminalOptions) {
    this.#screen = new xterm.Terminal({ cols, rows, scrollback: 10_000, allowProposedApi: true });
    this.#pty = spawn(file, [...args], { name: env.TERM ?? 'xterm', cwd, env, cols, rows, ...as });
    if (as !== undefined) chownSync(slavePath(this.#pty), as.uid, as.gid);
    // Held open here as well, or the last output is lost when the program ends right after printing it.
    const slave = openSync(slavePath(this.#pty), constants.O_RDWR | constants.O_NOCTTY);
    this.#pty.onData((data) => {
      this.#bytes += data;
      this.#onTheirWay += 1;
      this.#screen.write(data, () => {
        this.#onTheirWay -= 1;
        this.#announce();
      });
    });
    // What a terminal answers when it is asked for its cursor or its colours.
    this.#screen.onData((answer) => this.#pty.write(answer));
    this.ended = new Promise((resolve) => {
      this.#pty.onExit((exit) => {
        closeSync(slave);
        this.#screen.write('', () => {
          this.#hasEnded = true;
          this.#announce();
          resolve(exit);
        });
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** The terminal's own path, for looking at its modes. */
  get path(): string {
    return slavePath(this.#pty);
  }

  /** The lines of the screen as it is now, without trailing blanks. */
  screen(): string[] {
    const { baseY } = this.#screen.buffer.active;
    return Array.from({ length: this.#screen.rows }, (_, row) => this.#line(baseY + row));
  }

  /** All lines: what has scrolled away, then the screen. */
  scrolled(): string[] {
    return Array.from({ length: this.#screen.buffer.active.length }, (_, row) => this.#line(row));
  }

  /** Everything the program wrote, escape sequences included. */
  bytes(): string {
    return this.#bytes;
  }

  /** Whether all that was written is on the screen, up to the end of a synchronised update (private mode 2026). */
  get isWhole(): boolean {
    return this.#onTheirWay === 0 && this.#bytes.endsWith('\x1b[?2026l');
  }

  /** `alternate` while a program has the whole screen. */
  get buffer(): 'normal' | 'alternate' {
    return this.#screen.buffer.active.type;
  }

  /** Resolves once the screen holds the text or matches, which may be at once. */
  async waitFor(pattern: string | RegExp): Promise<void> {
    await this.waitUntil(
      (lines) => {
        const text = lines.join('\n');
        return typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text);
      },
      typeof pattern === 'string' ? JSON.stringify(pattern) : String(pattern),
    );
  }

  /** Resolves once the screen is as the test wants it; `what` names that when it never comes. */
  async waitUntil(holds: (lines: string[]) => boolean, what: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const finish = (error?: Error) => {
        clearTimeout(deadline);
        this.#changed.delete(look);
        if (error) reject(error);
        else resolve();
      };
      const look = () => {
        if (holds(this.screen())) finish();
        else if (this.#hasEnded) finish(new Error(`the program ended without ${what}\n${this.#picture()}`));
      };
      const deadline = setTimeout(
        () => finish(new Error(`no ${what} after ${deadlineMs / 1000} s\n${this.#picture()}`)),
        deadlineMs,
      );
      this.#changed.add(look);
      look();
    });
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  resize(cols: number, rows: number): void {
    this.#screen.resize(cols, rows);
    this.#pty.resize(cols, rows);
  }

  /** To the program alone, not to what it started. */
  kill(signal: NodeJS.Signals): void {
    if (this.#hasEnded) return;
    try {
      process.kill(this.#pty.pid, signal);
    } catch {
      // It has ended by itself, a moment before it was heard of.
    }
  }

  #line(row: number): string {
    // A line keeps what stood beyond the edge when the screen was wider; nobody sees that.
    return this.#screen.buffer.active.getLine(row)?.translateToString(true, 0, this.#screen.cols) ?? '';
  }

  #announce(): void {
    for (const look of [...this.#changed]) look();
  }

  #picture(): string {
    const edge = `+${'-'.repeat(this.#screen.cols)}+`;
    return [edge, ...this.screen().map((line) => `|${line}`), edge].join('\n');
  }
}

/** The path of the terminal's other end, which the package knows but does not declare. */
/** The device of the terminal's other end. */
export function slavePath(pty: IPty): string {
  const { ptsName } = pty as IPty & { ptsName?: string };
  if (ptsName === undefined) throw new Error('the terminal has no name');
  return ptsName;
}
