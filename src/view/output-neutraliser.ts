// Owns making a program's output harmless for a terminal, as a stream.

/** What may be kept. */
export interface NeutraliseOptions {
  /** Keep colours and weights (SGR); everything else that a terminal would obey is always taken out. */
  readonly keepColours: boolean;
}

type Mode = 'text' | 'escape' | 'intermediate' | 'csi' | 'string' | 'string-escape' | 'osc' | 'osc-escape';

/** Parameters of a colour sequence beyond this are an attack or a mistake. */
const longestParameters = 64;

/**
 * Takes bytes as they come and gives back text that can only print: control sequences (ECMA-48), titles,
 * clipboard writes and other strings vanish, also when a chunk ends within one. Newlines, carriage returns and
 * tabs stay. Bytes that are no UTF-8 become U+FFFD. Characters that turn the direction of text are dropped.
 */
export class OutputNeutraliser {
  readonly #keepColours: boolean;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #mode: Mode = 'text';
  #parameters = '';
  #endedInCharacter = false;

  constructor({ keepColours }: NeutraliseOptions) {
    this.#keepColours = keepColours;
  }

  /** True where nothing is held back: printable ASCII, newlines and tabs can now go by as they are. */
  get isIdle(): boolean {
    return this.#mode === 'text' && !this.#endedInCharacter;
  }

  push(bytes: Uint8Array): string {
    this.#endedInCharacter = (bytes.at(-1) ?? 0) >= 0x80;
    return this.#filter(this.#decoder.decode(bytes, { stream: true }));
  }

  /** What was held back; a colour that is still on is for the caller to end. */
  end(): string {
    const rest = this.#filter(this.#decoder.decode());
    this.#mode = 'text';
    return rest;
  }

  #filter(text: string): string {
    // Most output holds nothing to take out, and this is the path of a hundred megabytes.
    if (this.#mode === 'text' && !suspicious.test(text)) return text;
    let kept = '';
    for (const character of text) kept += this.#take(character);
    return kept;
  }

  #take(character: string): string {
    const code = character.codePointAt(0) ?? 0;
    if (this.#mode === 'text') return this.#takeText(character, code);
    // CAN and SUB end every sequence; ESC begins a new one, or the end of a string.
    if (code === 0x18 || code === 0x1a) return this.#leave();
    if (code === 0x1b) {
      this.#mode = this.#mode === 'string' ? 'string-escape' : this.#mode === 'osc' ? 'osc-escape' : 'escape';
      return '';
    }
    switch (this.#mode) {
      case 'escape':
        return this.#takeEscape(code);
      case 'intermediate':
        if (code < 0x20 || code > 0x2f) this.#mode = 'text';
        return '';
      case 'csi':
        return this.#takeControl(character, code);
      case 'osc':
        // A title or a link never holds a newline; one that does was never ended, and must not eat the rest.
        if (code === 0x0a) return this.#leave('\n');
        return code === 0x07 || code === 0x9c ? this.#leave() : '';
      case 'string':
        return code === 0x9c ? this.#leave() : '';
      default:
        // After ESC within a string: a backslash ends it, anything else is an escape sequence of its own.
        return code === 0x5c ? this.#leave() : this.#takeEscape(code);
    }
  }

  #takeText(character: string, code: number): string {
    if (code === 0x1b) {
      this.#mode = 'escape';
      return '';
    }
    if (code >= 0x80 && code <= 0x9f) {
      this.#takeEscape(code - 0x40);
      return '';
    }
    if (code < 0x20) return code === 0x0a || code === 0x0d || code === 0x09 ? character : '';
    return code === 0x7f || turning.test(character) ? '' : character;
  }

  /** What follows ESC; the eight-bit forms come here too. */
  #takeEscape(code: number): string {
    this.#parameters = '';
    if (code === 0x5b) this.#mode = 'csi';
    else if (code === 0x5d) this.#mode = 'osc';
    else if (code === 0x50 || code === 0x58 || code === 0x5e || code === 0x5f) this.#mode = 'string';
    else if (code >= 0x20 && code <= 0x2f) this.#mode = 'intermediate';
    else this.#mode = 'text';
    return '';
  }

  #takeControl(character: string, code: number): string {
    if (code >= 0x20 && code <= 0x3f) {
      if (this.#parameters.length <= longestParameters) this.#parameters += character;
      return '';
    }
    // A newline within a sequence is obeyed by terminals; the sequence goes on after it.
    if (code < 0x20) return code === 0x0a || code === 0x0d || code === 0x09 ? character : '';
    this.#mode = 'text';
    if (character !== 'm' || !this.#keepColours || !/^[\d;:]{0,64}$/.test(this.#parameters)) return '';
    return `\u001b[${this.#parameters}m`;
  }

  #leave(text = ''): string {
    this.#mode = 'text';
    return text;
  }
}

const suspicious =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const turning = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
