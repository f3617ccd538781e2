// Owns what the bytes of a keyboard mean, as a stream.

/** A key as the operator thinks of it. */
export type Key =
  /** Typed text: one character, or several that came at once and are no paste. */
  | { readonly type: 'text'; readonly text: string }
  /** Text that the terminal says was pasted; it may hold newlines and is never a command. */
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'ctrl'; readonly letter: string }
  | { readonly type: 'named'; readonly name: KeyName };

/** Keys that are no characters. */
export type KeyName =
  | 'enter'
  | 'escape'
  | 'tab'
  | 'back-tab'
  | 'backspace'
  | 'delete'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'page-up'
  | 'page-down'
  | 'wheel-up'
  | 'wheel-down';

/** The last part of a control sequence to the key (xterm, VT220, Linux console, rxvt). */
const sequences: Readonly<Record<string, KeyName>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  Z: 'back-tab',
  '1~': 'home',
  '7~': 'home',
  '3~': 'delete',
  '4~': 'end',
  '8~': 'end',
  '5~': 'page-up',
  '6~': 'page-down',
};

const pasteBegin = '\u001b[200~';
const pasteEnd = '\u001b[201~';

/** A paste longer than this is cut: nobody means to type a book into a note. */
const longestPaste = 100_000;

/** An escape sequence that is longer than this is none. */
const longestSequence = 32;

/**
 * Reads keys out of bytes that may be cut anywhere. An escape byte at the end of a chunk may be the Escape key or
 * the beginning of another one; `flush` settles that, and is to be called when nothing more came for a moment.
 */
export class KeyReader {
  readonly #decoder = new TextDecoder();
  #rest = '';
  #pasted: string | undefined;

  /** Whether something is held back that `flush` would settle. */
  get isWaiting(): boolean {
    return this.#rest !== '';
  }

  push(bytes: Uint8Array): Key[] {
    return this.#read(this.#rest + this.#decoder.decode(bytes, { stream: true }), false);
  }

  flush(): Key[] {
    return this.#read(this.#rest, true);
  }

  #read(text: string, final: boolean): Key[] {
    const keys: Key[] = [];
    let at = 0;
    while (at < text.length) {
      if (this.#pasted !== undefined) {
        const end = text.indexOf(pasteEnd, at);
        // The marker that ends a paste may itself be cut.
        const until = end >= 0 ? end : final ? text.length : Math.max(at, text.length - pasteEnd.length + 1);
        this.#pasted = (this.#pasted + text.slice(at, until)).slice(0, longestPaste);
        at = until;
        if (end < 0) break;
        keys.push({ type: 'paste', text: this.#pasted.replace(/\r\n?/g, '\n') });
        this.#pasted = undefined;
        at = end + pasteEnd.length;
        continue;
      }
      const taken = this.#readOne(text, at, final, keys);
      if (taken === 0) break;
      at += taken;
    }
    this.#rest = text.slice(at);
    return keys;
  }

  /** Reads one key at `at` and gives how many characters it took; zero when more has to come first. */
  #readOne(text: string, at: number, final: boolean, keys: Key[]): number {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const code = character.codePointAt(0) ?? 0;
    if (character === '\u001b') return this.#readEscape(text, at, final, keys);
    if (code >= 0x20 && code !== 0x7f) keys.push({ type: 'text', text: character });
    else keys.push(controlKey(code));
    return character.length;
  }

  #readEscape(text: string, at: number, final: boolean, keys: Key[]): number {
    const rest = text.slice(at, at + longestSequence);
    if (text.startsWith(pasteBegin, at)) {
      this.#pasted = '';
      return pasteBegin.length;
    }
    const found = /^\u001b(?:\[[0-?]*[ -/]*([@-~])|O([@-~]))/.exec(rest);
    if (found) {
      const parameters = rest.slice(2, found[0].length - 1).split(';')[0] ?? '';
      const last = found[1] ?? found[2] ?? '';
      const isMouse = parameters.startsWith('<');
      const name = isMouse ? wheelName(parameters) : sequences[last === '~' ? `${parameters}~` : last];
      if (name) keys.push({ type: 'named', name });
      else if (last === 'M' && found[2] !== undefined) keys.push({ type: 'named', name: 'enter' });
      return found[0].length;
    }
    const mayGrow = /^\u001b(?:\[[0-?]*[ -/]*|O)?$/.test(rest);
    if (mayGrow && !final && rest.length < longestSequence) return 0;
    keys.push({ type: 'named', name: 'escape' });
    return 1;
  }
}

/** The wheel of a mouse by the number of its button, whatever else is held down; clicks mean nothing. */
function wheelName(parameters: string): KeyName | undefined {
  const button = Number(parameters.slice(1)) & ~0b11100;
  return button === 64 ? 'wheel-up' : button === 65 ? 'wheel-down' : undefined;
}

function controlKey(code: number): Key {
  if (code === 0x0d) return { type: 'named', name: 'enter' };
  if (code === 0x09) return { type: 'named', name: 'tab' };
  if (code === 0x7f || code === 0x08) return { type: 'named', name: 'backspace' };
  return { type: 'ctrl', letter: String.fromCharCode(code + 0x60) };
}

/** A key as the name that bindings use: `enter`, `space`, `ctrl-c`, `a`; a paste has none. */
export function keyName(key: Key): string {
  switch (key.type) {
    case 'text':
      return key.text === ' ' ? 'space' : key.text;
    case 'paste':
      return '';
    case 'ctrl':
      return `ctrl-${key.letter}`;
    case 'named':
      return key.name;
  }
}
