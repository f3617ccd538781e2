// Owns `runsheet print --watch`: a page as its operator will see it, drawn anew on every save.
import { type FSWatcher, realpathSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import { errorMessage } from '../../basics/coded-error.ts';
import { choosePalette } from '../../surfaces/choose-palette.ts';
import { type Key, KeyReader } from '../../surfaces/tui/keys/key-reader.ts';
import { TerminalMode } from '../../surfaces/tui/terminal/terminal-mode.ts';
import { visibleText } from '../../text/visible-text.ts';
import { exitCode } from '../exit-code.ts';
import { complain } from '../report-diagnostics.ts';
import { operatorPage } from './operator-page.ts';

/** Editors write a file in several steps. */
const settledMs = 60;
/** What else belongs to a page: pages that it links to, and configuration. */
const concerns = /\.(?:md|markdown|mdx|ya?ml|ini)$/i;

/** Shows the page until its author leaves; gives the exit code. */
export async function watchPage(path: string): Promise<number> {
  const [input, output] = [process.stdin, process.stdout];
  if (!input.isTTY || !output.isTTY) {
    complain('`--watch` needs a terminal', '`runsheet print` alone prints the page once');
    return exitCode.usage;
  }
  const viewer = new PageViewer(path, output);
  const watchers: FSWatcher[] = [];
  try {
    // The folder, for a file that is replaced is not the one that was watched.
    for (const folder of new Set([dirname(path), dirname(realpathSync(path))]))
      watchers.push(watch(folder, (_, name) => (name === null || concerns.test(name)) && viewer.changed()));
  } catch (error) {
    for (const watcher of watchers) watcher.close();
    complain(`cannot watch \`${visibleText(path)}\`: ${errorMessage(error, path)}`);
    return exitCode.usage;
  }
  const mode = new TerminalMode({ input, output });
  const reader = new KeyReader();
  mode.enter();
  input.resume();
  try {
    await new Promise<void>((left) => {
      input.on('data', (bytes: Buffer) => {
        for (const key of [...reader.push(bytes), ...reader.flush()])
          if (viewer.press(key) === 'left') left();
      });
      for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => left());
      output.on('resize', () => viewer.changed());
      viewer.draw();
    });
  } finally {
    for (const watcher of watchers) watcher.close();
    viewer.close();
    mode.leave();
    input.pause();
  }
  return exitCode.succeeded;
}

type Terminal = NodeJS.WriteStream;

/** The part of the page that is in sight, which stays where it is when the page changes. */
class PageViewer {
  readonly #path: string;
  readonly #output: Terminal;
  #lines: readonly string[] = [];
  #top = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string, output: Terminal) {
    this.#path = path;
    this.#output = output;
  }

  /** Draws anew when nothing more has changed for a moment. */
  changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.draw(), settledMs);
  }

  draw(): void {
    this.#lines = operatorPage(this.#path, choosePalette(this.#output, process.env), this.#columns);
    this.#paint();
  }

  press(key: Key): 'left' | 'stays' {
    const name = key.type === 'named' ? key.name : key.type === 'ctrl' ? `^${key.letter}` : key.text;
    if (name === 'q' || name === '^c' || name === '^d') return 'left';
    const page = Math.max(1, this.#rows - 2);
    const moves: Readonly<Record<string, number>> = {
      ...{ up: -1, k: -1, down: 1, j: 1, enter: 1, 'page-up': -page, 'page-down': page, ' ': page, b: -page },
      ...{ home: -Infinity, g: -Infinity, end: Infinity, G: Infinity },
    };
    const last = Math.max(0, this.#lines.length - (this.#rows - 1));
    this.#top = Math.max(0, Math.min(Math.min(this.#top, last) + (moves[name] ?? 0), last));
    this.#paint();
    return 'stays';
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  get #columns(): number {
    return this.#output.columns || 80;
  }

  get #rows(): number {
    return this.#output.rows || 24;
  }

  #paint(): void {
    const rows = this.#rows - 1;
    // A page that is short for the moment, with an error in it, does not lose the place.
    const top = Math.min(this.#top, Math.max(0, this.#lines.length - rows));
    const shown = this.#lines.slice(top, top + rows);
    const end = top + shown.length;
    const foot = `${visibleText(this.#path)} · ${end}/${this.#lines.length} · redrawn on every save · q quits`;
    const blank = Array.from({ length: rows - shown.length }, () => '');
    const picture = [...shown, ...blank].map((line) => `${line}\u001b[0m\u001b[K`).join('\r\n');
    this.#output.write(
      `\u001b[?2026h\u001b[H${picture}\r\n\u001b[2m${foot.slice(0, this.#columns)}\u001b[0m\u001b[K\u001b[?2026l`,
    );
  }
}
