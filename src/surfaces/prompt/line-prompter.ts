// Owns asking line by line, without moving a cursor: for dumb terminals, screen readers and pipes.
import { visibleText } from '../../text/visible-text.ts';
import { matchingPicks } from '../matching-picks.ts';
import type { MenuChoice } from '../question-choices.ts';
import { type LineSource, lineSourceOf } from './line-source.ts';
import {
  type Box,
  type Menu,
  OperatorLeft,
  type Pick,
  type Prompter,
  QuestionWithdrawn,
} from './prompter.ts';
import { type RawInput, readUnseen } from './read-unseen.ts';

/** Where answers come from, and where questions go. */
export interface LinePrompterOptions {
  readonly input: RawInput;
  readonly write: (text: string) => void;
}

/** More would scroll away what stands first. */
const mostShown = 20;

/** Reads answers a line at a time. What was typed before a question stood answers nothing, unless it came by pipe. */
export class LinePrompter implements Prompter {
  readonly #input: RawInput;
  readonly #write: (text: string) => void;
  readonly #lines: LineSource;

  constructor({ input, write }: LinePrompterOptions) {
    this.#input = input;
    this.#write = write;
    this.#lines = lineSourceOf(input);
  }

  /** What comes by pipe was written as answers, however early. */
  async dropTypedAhead(): Promise<void> {
    if (this.#input.isTTY) await this.#lines.forget();
  }

  async choose<Value>({ message, choices, layout, enter }: Menu<Value>, signal: AbortSignal): Promise<Value> {
    this.#write(
      `${visibleText(message)}\n${layout === 'list' ? choiceList(choices, enter) : keyLine(choices, enter)}`,
    );
    for (;;) {
      const line = (await this.#readAnswer('> ', signal)).trim().toLowerCase();
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
    const kept = initial === undefined || initial === '' ? '' : ` (Enter keeps: ${visibleText(initial)})`;
    const lines = [await this.#read(`${visibleText(message)}${kept} `, signal), ...(await this.#pasted())];
    const line = lines
      .map((one) => one.trim())
      .join(' ')
      .trim();
    return line === '' ? (initial ?? '') : line;
  }

  async askSecret(message: string, signal: AbortSignal): Promise<string> {
    if (!this.#input.isTTY || !this.#input.setRawMode) return this.#readUnechoed(message, signal);
    this.#lines.pause();
    // The question is put once the terminal echoes nothing: a quick answer would be seen otherwise.
    const answer = readUnseen(this.#input, signal);
    this.#write(`${message} (not shown) `);
    try {
      return await answer;
    } finally {
      this.#write('\n');
      this.#input.pause();
    }
  }

  async askLines(message: string, initial: string, signal: AbortSignal): Promise<string | undefined> {
    this.#write(`${message}\n${initial.replace(/^/gm, '  ').trimEnd()}\n`);
    this.#write(
      'Type the new text, then a line with a single full stop. A full stop alone keeps the old text.\n',
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
    this.#write(`${visibleText(message)}\n`);
    for (;;) {
      for (const [index, { text, depth = 0 }] of boxes.entries()) {
        const indent = '  '.repeat(depth);
        this.#write(`  ${index + 1}. ${indent}[${ticked[index] ? 'x' : ' '}] ${visibleText(text)}\n`);
      }
      const line = (
        await this.#readAnswer('numbers to tick or untick, `all`, or Enter when done: ', signal)
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

  async pick<Value>(message: string, picks: readonly Pick<Value>[], signal: AbortSignal): Promise<Value> {
    this.#write(`${visibleText(message)}\n`);
    let shown = picks;
    for (;;) {
      for (const [index, { name, note }] of shown.slice(0, mostShown).entries())
        this.#write(`  ${index + 1} = ${visibleText(name)}: ${visibleText(note)}\n`);
      if (shown.length > mostShown) this.#write(`  and ${shown.length - mostShown} more\n`);
      const line = (await this.#readAnswer('a number, or a part of the name: ', signal)).trim();
      // Longer numbers are parts of names, such as dates.
      if (/^\d{1,3}$/.test(line)) {
        const numbered = shown[Number(line) - 1];
        if (numbered !== undefined) return numbered.value;
        this.#write(`please give a number from 1 to ${shown.length}, or a part of the name\n`);
        continue;
      }
      const matching = matchingPicks(picks, line);
      const [only] = matching;
      if (line !== '' && matching.length === 1 && only !== undefined) return only.value;
      if (matching.length === 0) this.#write(`nothing here has \`${visibleText(line)}\` in its name\n`);
      shown = matching.length === 0 ? picks : matching;
    }
  }

  suspend(): void {
    this.#lines.pause();
  }

  resume(): void {
    // The next question takes the input up again.
  }

  close(): void {
    this.#lines.pause();
  }

  /** A secret that comes by pipe is not written back. */
  async #readUnechoed(message: string, signal: AbortSignal): Promise<string> {
    this.#write(`${message}\n`);
    const line = await this.#lines.next(signal);
    if (line === undefined) throw signal.aborted ? new QuestionWithdrawn() : new OperatorLeft('end');
    return line;
  }

  /** The next line that was typed. */
  async #readAnswer(prompt: string, signal: AbortSignal): Promise<string> {
    for (;;) {
      const line = await this.#read(prompt, signal);
      if ((await this.#pasted()).length === 0) return line;
      this.#write('several lines came at once: pasted text answers nothing here\n');
    }
  }

  /** What was pasted with the line that has just been read; by pipe each line is an answer. */
  async #pasted(): Promise<readonly string[]> {
    return this.#input.isTTY ? this.#lines.rest() : [];
  }

  /** The next line; a person who ends the input has left. */
  async #read(prompt: string, signal: AbortSignal): Promise<string> {
    if (signal.aborted) throw new QuestionWithdrawn();
    this.#write(prompt);
    const line = await this.#lines.next(signal);
    if (line === undefined) {
      this.#write('\n');
      throw signal.aborted ? new QuestionWithdrawn() : new OperatorLeft('end');
    }
    // Where no terminal echoes what is typed, the answer should still be seen.
    if (!this.#input.isTTY) this.#write(`${line}\n`);
    return line;
  }
}

function keyLine<Value>(choices: readonly MenuChoice<Value>[], enter: MenuChoice<Value> | undefined): string {
  const others = choices.filter((choice) => choice !== enter);
  const keys = others.map(({ key, label }) => `${key} = ${label}`);
  return `  ${[...(enter ? [`Enter = ${enter.label}`] : []), ...keys].join(', ')}\n`;
}

function choiceList<Value>(
  choices: readonly MenuChoice<Value>[],
  enter: MenuChoice<Value> | undefined,
): string {
  const lines = choices.map(({ key, label, does }) => `  ${key} = ${label}${does ? `: ${does}` : ''}`);
  return `${[...(enter ? [`  Enter = ${enter.label}`] : []), ...lines].join('\n')}\n`;
}
