// Owns showing what blocks print as lines that cannot be taken for the tool's own.
import { fitText } from '../text/display-width.ts';
import { isPlainAscii } from '../text/is-plain-ascii.ts';
import { visibleText } from '../text/visible-text.ts';
import { OutputNeutraliser } from '../view/output-neutraliser.ts';

/** What of a program's output is obeyed. */
export interface PrefixedOutputOptions {
  readonly keepColours: boolean;
  /** A carriage return goes back to the line's start, as on a terminal; else it begins a new line. */
  readonly rewind: boolean;
}

/** Colours that are carried over to the next line, at most so many characters. */
const longestColour = 64;

const colours = /\u001b\[[\d;:]*m/g;

interface Source {
  readonly neutraliser: OutputNeutraliser;
  readonly prefix: string;
  /** The prefix in UTF-8, one character a byte. */
  readonly prefixBytes: string;
  colour: string;
  /** A carriage return came last: what follows decides what it means. */
  returned: boolean;
}

/** Names of hosts and items are cut to so many columns before each line. */
const longestLabel = 32;

/** What stands before the lines of a host or an item. */
export function labelOf(name: string): string {
  return fitText(visibleText(name), longestLabel);
}

/**
 * Turns chunks of several sources into text with each line behind its source's prefix, so that no output can
 * look like a line of ours. Unfinished lines are shown at once and ended when another source or the tool writes.
 */
export class PrefixedOutput {
  readonly #options: PrefixedOutputOptions;
  readonly #sources = new Map<string, Source>();
  /** The source whose line is unfinished. */
  #open: Source | undefined;

  constructor(options: PrefixedOutputOptions) {
    this.#options = options;
  }

  /** The text to write for a chunk of `name`; the prefix is that of the source's first chunk. */
  push(name: string, prefix: string, bytes: Uint8Array): string {
    const source = this.#sources.get(name) ?? this.#add(name, prefix);
    return this.#show(source, source.neutraliser.push(bytes));
  }

  /**
   * The same in bytes, for what nearly all output is and without the detour over wide characters, which is most of
   * the price of a hundred megabytes; undefined where the chunk holds anything but plain ASCII, and nothing is done.
   */
  pushPlain(name: string, prefix: string, bytes: Uint8Array): Uint8Array | undefined {
    const source = this.#sources.get(name) ?? this.#add(name, prefix);
    if (bytes.length === 0 || source.colour !== '' || source.returned || !source.neutraliser.isIdle)
      return undefined;
    if (!isPlainAscii(bytes)) return undefined;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    const ended = this.#open && this.#open !== source ? this.interrupt() : '';
    return Buffer.from(ended + this.#showPlain(source, text, source.prefixBytes), 'latin1');
  }

  /** Ends the line that is unfinished, if one is, so that the tool can write its own. */
  interrupt(): string {
    if (!this.#open) return '';
    const end = this.#open.colour === '' ? '\n' : '\u001b[0m\n';
    this.#open = undefined;
    return end;
  }

  /** Ends every source; what they still held comes out. */
  end(): string {
    let text = '';
    for (const source of this.#sources.values()) text += this.#show(source, source.neutraliser.end());
    this.#sources.clear();
    return text + this.interrupt();
  }

  #add(name: string, prefix: string): Source {
    const { keepColours } = this.#options;
    const source: Source = {
      neutraliser: new OutputNeutraliser({ keepColours }),
      prefix,
      prefixBytes: Buffer.from(prefix, 'utf8').toString('latin1'),
      colour: '',
      returned: false,
    };
    this.#sources.set(name, source);
    return source;
  }

  #show(source: Source, text: string): string {
    if (text === '') return '';
    let shown = this.#open && this.#open !== source ? this.interrupt() : '';
    if (source.colour === '' && !source.returned && !/[\r\u001b]/.test(text)) {
      return shown + this.#showPlain(source, text, source.prefix);
    }
    const lines = source.returned ? `\r${text}`.split('\n') : text.split('\n');
    source.returned = false;
    for (const [index, line] of lines.entries()) {
      const last = index === lines.length - 1;
      if (index > 0) {
        shown += this.#open ? this.interrupt() : `${source.prefix.trimEnd()}\n`;
      }
      shown += this.#showLine(source, line, last);
    }
    return shown;
  }

  /** Text without colours and carriage returns: nearly all there is, and the path of a hundred megabytes. */
  #showPlain(source: Source, text: string, prefix: string): string {
    const empty = prefix.replace(/ +$/, '');
    const finished = text.endsWith('\n');
    const body = finished ? text.slice(0, -1) : text;
    const first = this.#open ? '' : body === '' || body.startsWith('\n') ? empty : prefix;
    const rest =
      body.includes('\n\n') || body.endsWith('\n')
        ? body.replace(/\n(?!\n|$)/g, `\n${prefix}`).replace(/\n(?=\n|$)/g, `\n${empty}`)
        : body.replaceAll('\n', `\n${prefix}`);
    this.#open = finished ? undefined : source;
    return `${first}${rest}${finished ? '\n' : ''}`;
  }

  /** A line or a part of one, without its newline; opens the line when there is anything to show. */
  #showLine(source: Source, text: string, unfinished: boolean): string {
    let line = text;
    if (line.endsWith('\r')) {
      line = line.slice(0, -1);
      // Before a newline it means nothing; at the end of a chunk nobody knows yet.
      source.returned = unfinished;
    }
    if (line === '') return '';
    let shown = '';
    for (const [index, part] of line.split('\r').entries()) {
      if (index > 0) {
        if (part === '') continue;
        if (this.#open) shown += this.#options.rewind ? '\u001b[0m\r\u001b[K' : this.interrupt();
        this.#open = undefined;
      }
      if (part === '') continue;
      const invisible = part.replace(colours, '') === '';
      // A colour alone begins no line; it is put before the next text.
      if (this.#open || !invisible) {
        if (!this.#open) shown += source.prefix + source.colour;
        this.#open = source;
        shown += part;
      }
      if (this.#options.keepColours) this.#remember(source, part);
    }
    return shown;
  }

  #remember(source: Source, text: string): void {
    for (const [sequence] of text.matchAll(colours)) {
      const colour = /^\u001b\[0*m$/.test(sequence) ? '' : source.colour + sequence;
      source.colour = colour.length > longestColour ? sequence : colour;
    }
  }
}
