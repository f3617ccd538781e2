// Owns a real pty with an emulated screen around the guided program; waits for what the screen shows, never for time.
import { closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';
import { build } from 'esbuild';
import { waitMs } from '../../budgets.ts';
import { slavePath } from '../../e2e/rig-terminal.ts';

/** Bundles a program of this folder once; `remove` takes it away. */
export async function buildGuidedProgram(source = 'guided-program.ts'): Promise<{
  readonly path: string;
  readonly folder: string;
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'runsheet-guided-'));
  const path = join(folder, 'guided.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, source)],
    outfile: path,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return { path, folder, remove: () => rm(folder, { recursive: true }) };
}

export interface GuidedOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

export class GuidedTerminal {
  readonly #pty;
  readonly #terminal;
  readonly #onChange = new Set<() => void>();
  #written = Promise.resolve();
  raw = '';
  exitCode: number | undefined;

  constructor(program: string, runbook: string, { env = {}, columns = 80, rows = 40 }: GuidedOptions = {}) {
    this.#terminal = new headless.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
    const { PATH = '', HOME = '' } = process.env;
    this.#pty = spawn(process.execPath, [program, runbook], {
      cols: columns,
      rows,
      env: { PATH, HOME, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
    });
    this.#pty.onData((data) => {
      this.raw += data;
      this.#written = new Promise((resolve) => this.#terminal.write(data, () => resolve()));
      void this.#written.then(() => this.#changed());
    });
    // Held open here as well, or the last output is lost when the program ends right after printing it.
    const slave = openSync(slavePath(this.#pty), constants.O_RDWR | constants.O_NOCTTY);
    this.#pty.onExit(({ exitCode }) => {
      closeSync(slave);
      this.exitCode = exitCode;
      this.#changed();
    });
  }

  /** Everything that stands on the screen and above it, blank line ends dropped. */
  text(): string {
    const { active } = this.#terminal.buffer;
    const lines = Array.from(
      { length: active.length },
      (_, row) => active.getLine(row)?.translateToString(true) ?? '',
    );
    return lines.join('\n').trimEnd();
  }

  type(keys: string): void {
    this.#pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.#pty.resize(columns, rows);
    this.#terminal.resize(columns, rows);
  }

  kill(): void {
    if (this.exitCode === undefined) this.#pty.kill('SIGKILL');
  }

  /** Resolves when the text ends with, or matches, what is waited for. */
  async waitFor(wanted: string | RegExp, timeoutMs: number = waitMs.change): Promise<void> {
    const shows = (): boolean =>
      typeof wanted === 'string' ? this.text().trimEnd().endsWith(wanted) : wanted.test(this.text());
    await this.#until(shows, `the screen to show ${wanted}`, timeoutMs);
  }

  async waitForExit(timeoutMs: number = waitMs.change): Promise<number> {
    await this.#until(() => this.exitCode !== undefined, 'the end', timeoutMs);
    await this.#written;
    return this.exitCode ?? -1;
  }

  async #until(holds: () => boolean, what: string, timeoutMs: number): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const check = (): void => {
        if (!holds()) return;
        clearTimeout(timer);
        this.#onChange.delete(check);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#onChange.delete(check);
        reject(new Error(`waited in vain for ${what}; it shows:\n${this.text()}`));
      }, timeoutMs);
      this.#onChange.add(check);
    });
  }

  #changed(): void {
    for (const check of [...this.#onChange]) check();
  }
}

export async function writeRunbook(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}
