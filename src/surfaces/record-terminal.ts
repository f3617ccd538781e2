// Owns recording what a terminal is shown, in the form of asciinema's players: asciicast, version 2.
import { openSync, writeSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

/** A stream that a terminal is written through. */
export type TerminalStream = NodeJS.WriteStream & { readonly fd: number };

/** What a recording is made of beside what is shown. */
export interface RecordingOptions {
  /** Where it is written, readable by its owner only. */
  readonly file: string;
  /** Of the player's page. */
  readonly title: string;
  /** `TERM` of the terminal. */
  readonly term: string | undefined;
  /** Wall time in milliseconds. */
  readonly nowMs: () => number;
  /** Called once, when nothing more can be written; what is guided goes on. */
  readonly onFailure: (error: unknown) => void;
}

const recordings = new WeakMap<object, Recording>();

/** The same stream; what is written through it is also in the file, until the process ends. Throws the system's errors where there can be none. */
export function recordTerminal(stream: TerminalStream, options: RecordingOptions): TerminalStream {
  const recording = new Recording(stream, options);
  const recorded = new Proxy(stream, {
    get(target, key) {
      if (key === 'write') return recording.write;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  recordings.set(recorded, recording);
  return recorded;
}

/**
 * What is shown until `during` has ended is not recorded: a program that has the terminal shows what nobody has masked.
 * A stream that is not recorded is left alone.
 */
export async function withoutRecording<Value>(stream: object, during: () => Promise<Value>): Promise<Value> {
  const goOn = recordings.get(stream)?.hold();
  try {
    return await during();
  } finally {
    goOn?.();
  }
}

class Recording {
  readonly #stream: TerminalStream;
  readonly #options: RecordingOptions;
  readonly #startMs: number;
  readonly #decoder = new StringDecoder('utf8');
  #descriptor: number | undefined;
  #held = 0;

  constructor(stream: TerminalStream, options: RecordingOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#startMs = options.nowMs();
    this.#descriptor = openSync(options.file, 'w', 0o600);
    this.#line({
      version: 2,
      width: stream.columns || 80,
      height: stream.rows || 24,
      timestamp: Math.floor(this.#startMs / 1000),
      title: options.title,
      env: { TERM: options.term ?? '' },
    });
    stream.on('resize', () => this.#event('r', `${stream.columns}x${stream.rows}`));
  }

  readonly write = (...given: Parameters<TerminalStream['write']>): boolean => {
    const [bytes] = given;
    const text = typeof bytes === 'string' ? bytes : this.#decoder.write(Buffer.from(bytes));
    // The terminal makes both of a newline, and a player is none.
    if (this.#held === 0 && text !== '') this.#event('o', text.replaceAll(/\r?\n/g, '\r\n'));
    return this.#stream.write(...given);
  };

  hold(): () => void {
    if (this.#held === 0) this.#event('m', 'another program uses the terminal; this is not recorded');
    this.#held += 1;
    return () => {
      this.#held -= 1;
    };
  }

  #event(kind: 'o' | 'r' | 'm', data: string): void {
    this.#line([Math.max(0, this.#options.nowMs() - this.#startMs) / 1000, kind, data]);
  }

  #line(value: unknown): void {
    if (this.#descriptor === undefined) return;
    try {
      writeSync(this.#descriptor, `${JSON.stringify(value)}\n`);
    } catch (error) {
      this.#descriptor = undefined;
      this.#options.onFailure(error);
    }
  }
}
