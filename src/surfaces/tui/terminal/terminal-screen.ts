// Owns the terminal while it is ours: keyboard, screen, the moment of each picture, stopping and going on.

import type { ReactNode } from 'react';
import { type Palette, paintLine } from '../../../view/layout/palette.ts';
import type { StyledLine } from '../../../view/layout/styled-line.ts';
import { KeyInput, type KeyInputOptions } from '../keys/key-input.ts';
import type { Size } from '../main-size.ts';
import type { CursorPlace } from '../screen/use-terminal-cursor.ts';
import { FrameClock } from './frame-clock.ts';
import { FrameSink } from './frame-sink.ts';
import { HeldStream } from './held-stream.ts';
import { TerminalMode, type TerminalModeOptions } from './terminal-mode.ts';

/** What is drawn, and who hears of keys, sizes and errors. */
export interface TerminalScreenOptions extends TerminalModeOptions, Omit<KeyInputOptions, 'input'> {
  /** The lines of a picture for as long as Ink is not there. */
  readonly firstPicture: () => readonly string[];
  readonly palette: Palette;
  readonly onResize: () => void;
  /** The newest picture is on the screen. */
  readonly onShown?: () => void;
  /** Something went wrong while drawing: a bug. */
  readonly onError: (error: unknown) => void;
}

/** Holds the terminal between `open` and `close`, and draws on it. */
export class TerminalScreen {
  readonly #options: TerminalScreenOptions;
  readonly #mode: TerminalMode;
  readonly #keys: KeyInput;
  readonly #sink: FrameSink;
  readonly #errors = new HeldStream(process.stderr);
  readonly #clock = new FrameClock(() => this.draw());
  readonly #watchers = new Set<() => void>();
  #screen: ReactNode;
  #cursor: CursorPlace | undefined;
  /** Makes the newest picture; called at most once for each frame. */
  #compose: (() => ReactNode) | undefined;
  #undraw: (() => void) | undefined;
  #isDisposed = false;

  constructor(options: TerminalScreenOptions) {
    this.#options = options;
    this.#mode = new TerminalMode(options);
    this.#keys = new KeyInput(options);
    this.#sink = new FrameSink({
      write: (text) => {
        // Ink draws once more when it is stopped; by then the screen may be somebody else's.
        if (this.#mode.isEntered) options.output.write(text);
      },
      size: () => this.size(),
      cursor: () => this.#cursor,
      onShown: () => options.onShown?.(),
      ellipsis: options.palette.symbols.ellipsis,
    });
  }

  size(): Size {
    const { columns, rows } = this.#options.output;
    return { columns: Math.max(1, columns || 80), rows: Math.max(1, rows || 24) };
  }

  /** Takes the terminal. */
  open(): void {
    this.#mode.enter();
    this.#errors.hold();
    this.#keys.start();
    this.#options.output.on('resize', this.#resized);
    process.on('SIGTSTP', this.stopProcess).on('SIGCONT', this.#continued);
    this.#sink.forget();
    this.#clock.start();
  }

  /** Gives the terminal back as it was. */
  close(): void {
    this.#clock.stop();
    process.off('SIGTSTP', this.stopProcess).off('SIGCONT', this.#continued);
    this.#options.output.off('resize', this.#resized);
    this.#keys.stop();
    this.#mode.leave();
    this.#errors.release();
  }

  /** Takes the mouse's wheel while it is wanted. */
  useMouse(isWanted: boolean): void {
    this.#mode.useMouse(isWanted);
  }

  /** Reads bytes as if they had just been typed. */
  type(bytes: Uint8Array): void {
    this.#keys.give(bytes);
  }

  /** Asks for a picture soon: something goes on by itself. */
  soon(): void {
    this.#clock.soon();
  }

  /** Asks for a picture at once: a person waits for it. */
  now(): void {
    this.#clock.now();
  }

  /** Asks for a picture in so many milliseconds, whatever happens until then. */
  in(ms: number): void {
    this.#clock.in(ms);
  }

  /** Takes the terminal with a picture that was made before, so that no empty screen is seen while it is worked out. */
  openDrawn(): void {
    const lines = this.#options.firstPicture();
    this.open();
    this.#sink.show(lines);
  }

  /** Makes a picture now. */
  draw(): void {
    if (!this.#compose) {
      this.#sink.show(this.#options.firstPicture());
      return;
    }
    this.#screen = this.#compose();
    for (const watch of [...this.#watchers]) watch();
  }

  /** Shows another line in a row: what changes by itself each second is not worth a picture. */
  showLine(row: number, line: StyledLine): void {
    this.#sink.showLine(row, paintLine(line, this.#options.palette));
  }

  /** Paints every line anew with the next picture. */
  repaint(): void {
    this.#sink.forget();
    this.#clock.now();
  }

  /** Loads Ink, which takes longer than a first picture may, and draws with it from then on what `compose` makes. */
  async useInk(compose: () => ReactNode): Promise<void> {
    const { drawWithInk } = await import('./draw-with-ink.tsx');
    const source = {
      subscribe: (listener: () => void): (() => void) => {
        this.#watchers.add(listener);
        return () => this.#watchers.delete(listener);
      },
      current: () => this.#screen,
      putCursor: (place: CursorPlace | undefined): void => {
        this.#cursor = place;
      },
    };
    if (this.#isDisposed) return;
    this.#screen = compose();
    const undraw = await drawWithInk(source, this.#sink, this.#options.onError);
    if (this.#isDisposed) return undraw();
    this.#undraw = undraw;
    this.#compose = compose;
    this.#clock.now();
  }

  /** Ends the drawing for good; what is on the screen stays. */
  dispose(): void {
    this.#isDisposed = true;
    this.#undraw?.();
  }

  /** Ctrl-Z: the shell gets its terminal as it was, and the whole job stops. */
  readonly stopProcess = (): void => {
    this.close();
    process.kill(0, 'SIGTSTP');
    // Runs when the job goes on, or at once where nobody can stop it (no shell above).
    setTimeout(() => this.open(), 20);
  };

  readonly #resized = (): void => {
    this.#options.onResize();
    this.repaint();
  };

  /** Somebody stopped the process without asking; the shell has since used the terminal for itself. */
  readonly #continued = (): void => {
    this.close();
    this.open();
  };
}
