// Owns the keyboard that a prompt reads: what is pasted answers nothing, and goes only where text is asked for.
import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** What a prompt asks for: single keys, marks in a list that are moved to and set, or text. */
export type AskedFor = 'key' | 'marks' | 'text';

/** The name of the keypress that stands for a paste that was not taken. */
export const refusedPaste = 'refused-paste';

const pasteBegin = '\u001b[200~';
const pasteEnd = '\u001b[201~';

/** The keys of a terminal, or a character behind Escape. */
const keySequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|O[@-~]|[^[O])?/gu;

/** What a chunk that is cut within the mark of a paste ends with; a shorter part of it may be a key. */
const cutMark = /\u001b\[2(?:0(?:0~?)?)?$/u;

type Terminal = NodeJS.ReadStream;

/**
 * Stands before a terminal for as long as a prompt asks. Pastes are told by the marks of the terminal, and where it knows
 * none by their speed: several characters in one read were typed by no hand.
 */
export class GuardedKeys extends PassThrough {
  readonly #terminal: Terminal;
  readonly #asked: AskedFor;
  readonly #decoder = new StringDecoder('utf8');
  #cut = '';
  #pasted: string | undefined;

  constructor(terminal: Terminal, asked: AskedFor) {
    super();
    this.#terminal = terminal;
    this.#asked = asked;
    terminal.on('data', this.#take);
  }

  get isTTY(): boolean {
    return this.#terminal.isTTY;
  }

  setRawMode(isRaw: boolean): this {
    this.#terminal.setRawMode?.(isRaw);
    return this;
  }

  override resume(): this {
    this.#terminal.resume();
    return super.resume();
  }

  override pause(): this {
    this.#terminal.pause();
    return super.pause();
  }

  /** Lets go of the terminal. */
  leave(): void {
    this.#terminal.off('data', this.#take);
  }

  readonly #take = (bytes: Uint8Array): void => {
    this.#read(this.#cut + this.#decoder.write(Buffer.from(bytes)));
  };

  #read(text: string): void {
    this.#cut = '';
    if (this.#pasted !== undefined) {
      const pasted = this.#pasted + text;
      const end = pasted.indexOf(pasteEnd);
      this.#pasted = end < 0 ? pasted : undefined;
      if (end < 0) return;
      this.#takePaste(pasted.slice(0, end));
      this.#read(pasted.slice(end + pasteEnd.length));
      return;
    }
    const begin = text.indexOf(pasteBegin);
    if (begin >= 0) {
      this.#takeTyped(text.slice(0, begin));
      this.#pasted = '';
      this.#read(text.slice(begin + pasteBegin.length));
      return;
    }
    this.#cut = cutMark.exec(text)?.[0] ?? '';
    this.#takeTyped(text.slice(0, text.length - this.#cut.length));
  }

  #takeTyped(text: string): void {
    if (isBurst(text, this.#asked)) this.#takePaste(text);
    else if (text !== '') this.write(text);
  }

  /** In a line, lines stand one behind the other, and none of their ends gives an answer. */
  #takePaste(text: string): void {
    if (this.#asked !== 'text') {
      this.emit('keypress', undefined, { name: refusedPaste, sequence: '', ctrl: false, meta: false });
      return;
    }
    const line = text.trim().replace(/\s*[\r\n]\s*/g, ' ');
    // Keys in a paste would be done, not written.
    const written = line.replace(/\t/g, '    ').replace(/[\u0000-\u001f\u007f]/g, '');
    if (written !== '') this.write(written);
  }
}

/** A line that was typed quickly, with its Enter, is one; marks are set and moved quickly, too, and `a` with its Enter. */
function isBurst(text: string, asked: AskedFor): boolean {
  // Keys with Ctrl are no text, and end what goes on however often they were pressed.
  const typed = text.replace(keySequence, '').replace(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]/g, '');
  if (asked === 'text') return /[\r\n][^\r\n]/.test(typed);
  if (asked === 'marks') return [...typed].length > 2 && /[^ \r\n]/.test(typed);
  return [...typed].length > 1;
}
