// Owns asking line by line, without moving a cursor: for dumb terminals, screen readers and pipes. Knows no runs.
import { createInterface, type Interface } from 'node:readline';
import { type Asker, type Box, type Choice, type Menu, OperatorLeft, QuestionWithdrawn } from './asker.ts';
import { type RawInput, readUnseen } from './read-unseen.ts';

export interface LineAskerOptions {
  readonly input: RawInput;
  readonly write: (text: string) => void;
}

/** A reader that never stops talking is not kept in memory. */
const mostWaitingLines = 1_000;

/** Reads answers a line at a time. What was typed before a question stood answers nothing, unless it came by pipe. */
export class LineAsker implements Asker {
  readonly #input: RawInput;
  readonly #write: (text: string) => void;
  #reader: Interface | undefined;
  #waiting: string[] = [];
  #ended = false;
  #wanted: ((line: string | undefined) => void) | undefined;

  constructor({ input, write }: LineAskerOptions) {
    this.#input = input;
    this.#write = write;
  }

  async choose<Value>({ message, choices, layout, enter }: Menu<Value>, signal: AbortSignal): Promise<Value> {
    this.#write(`${message}\n${layout === 'list' ? listOf(choices, enter) : keysOf(choices, enter)}`);
    for (;;) {
      const line = (await this.#read('> ', signal)).trim().toLowerCase();
      if (line === '' && enter) return enter.value;
      const chosen = choices.find(
        ({ key, label }) => key.toLowerCase() === line || label.toLowerCase() === line,
      );
      if (chosen) return chosen.value;
      const keys = choices.map(({ key }) => key).join(', ');
      this.#write(`please answer with ${enter ? 'Enter, or ' : ''}one of ${keys}\n`);
    }
  }

  async askText(message: string, signal: AbortSignal, initial?: string): Promise<string> {
    const kept = initial === undefined || initial === '' ? '' : ` (Enter keeps: ${initial})`;
    const line = (await this.#read(`${message}${kept} `, signal)).trim();
    return line === '' ? (initial ?? '') : line;
  }

  async askSecret(message: string, signal: AbortSignal): Promise<string> {
    if (!this.#input.isTTY || !this.#input.setRawMode) return this.#read(`${message} `, signal);
    this.#write(`${message} (not shown) `);
    this.suspend();
    try {
      return await readUnseen(this.#input, signal);
    } finally {
      this.#write('\n');
      this.resume();
    }
  }

  async askLines(message: string, initial: string, signal: AbortSignal): Promise<string | undefined> {
    this.#write(`${message}\n${initial.replace(/^/gm, '  ').trimEnd()}\n`);
    this.#write(
      'Type the new text, then a line with a single full stop. A full stop alone keeps it as it is.\n',
    );
    const lines: string[] = [];
    for (;;) {
      const line = await this.#read('| ', signal);
      if (line === '.') break;
      lines.push(line);
    }
    return lines.length === 0 ? undefined : `${lines.join('\n')}\n`;
  }

  async tick(message: string, boxes: readonly Box[], signal: AbortSignal): Promise<readonly boolean[]> {
    const ticked = boxes.map((box) => box.ticked);
    this.#write(`${message}\n`);
    for (;;) {
      for (const [index, { text }] of boxes.entries()) {
        this.#write(`  ${index + 1}. [${ticked[index] ? 'x' : ' '}] ${text}\n`);
      }
      const line = (
        await this.#read('numbers to tick or untick, `all`, or Enter when done: ', signal)
      ).trim();
      if (line === '') return ticked;
      const numbers = line === 'all' ? boxes.map((_, index) => index + 1) : line.split(/[\s,]+/).map(Number);
      const wrong = numbers.find((number) => ticked[number - 1] === undefined);
      if (wrong !== undefined) {
        this.#write(`please give numbers from 1 to ${boxes.length}\n`);
        continue;
      }
      for (const number of numbers) ticked[number - 1] = line === 'all' || !ticked[number - 1];
    }
  }

  suspend(): void {
    this.#reader?.pause();
  }

  resume(): void {
    this.#reader?.resume();
  }

  close(): void {
    this.#ended = true;
    this.#reader?.close();
    this.#reader = undefined;
    this.#input.pause();
  }

  /** The next line; a person who ends the input has left. */
  async #read(prompt: string, signal: AbortSignal): Promise<string> {
    if (signal.aborted) throw new QuestionWithdrawn();
    // Lines typed at a terminal before the question was asked were meant for something else.
    if (this.#input.isTTY) this.#waiting = [];
    this.#write(prompt);
    this.#reader ??= this.#open();
    const line = await this.#next(signal);
    if (line === undefined) {
      this.#write('\n');
      throw signal.aborted ? new QuestionWithdrawn() : new OperatorLeft('end');
    }
    // Where nobody's typing was echoed, the record on screen should still show what was answered.
    if (!this.#input.isTTY) this.#write(`${line}\n`);
    return line;
  }

  #next(signal: AbortSignal): Promise<string | undefined> {
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) return Promise.resolve(waiting);
    if (this.#ended) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const settle = (line: string | undefined): void => {
        signal.removeEventListener('abort', withdraw);
        this.#wanted = undefined;
        resolve(line);
      };
      const withdraw = (): void => settle(undefined);
      signal.addEventListener('abort', withdraw, { once: true });
      this.#wanted = settle;
    });
  }

  #open(): Interface {
    const reader = createInterface({
      input: this.#input,
      terminal: false,
      crlfDelay: Number.POSITIVE_INFINITY,
    });
    reader.on('line', (line) => {
      if (this.#wanted) this.#wanted(line);
      else if (this.#waiting.length < mostWaitingLines) this.#waiting.push(line);
    });
    reader.on('close', () => {
      if (this.#reader !== reader) return;
      this.#ended = true;
      this.#wanted?.(undefined);
    });
    return reader;
  }
}

function keysOf<Value>(choices: readonly Choice<Value>[], enter: Choice<Value> | undefined): string {
  const others = choices.filter((choice) => choice !== enter);
  const keys = others.map(({ key, label }) => `${key} = ${label}`);
  return `  ${[...(enter ? [`Enter = ${enter.label}`] : []), ...keys].join(', ')}\n`;
}

function listOf<Value>(choices: readonly Choice<Value>[], enter: Choice<Value> | undefined): string {
  const lines = choices.map(({ key, label, does }) => `  ${key} = ${label}${does ? `: ${does}` : ''}`);
  return `${[...(enter ? [`  Enter = ${enter.label}`] : []), ...lines].join('\n')}\n`;
}
