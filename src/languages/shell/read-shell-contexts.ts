// Owns in which quotes, if any, each place of shell code stands.
import type { FoundPlaceholder } from '../found-placeholder.ts';
import type {
  HereDocument,
  PlacedPlaceholder,
  ShellCommand,
  ShellContext,
  ShellReading,
  ShellWord,
} from './shell-reading.ts';

/** Deeper nesting of substitutions than this is taken for no code that a person wrote. */
const deepest = 100;

/**
 * Finds out where placeholders stand, in POSIX shells, bash and zsh: quotes, substitutions, here-documents,
 * comments, arithmetic and `case`. A place that it does not come by is `expansion`: nothing is put there.
 */
export function readShellContexts(code: string, placeholders: readonly FoundPlaceholder[]): ShellReading {
  return new ContextReader(code, placeholders).read();
}

const caseWords = /^(?:case|esac)(?![\w-])/;
const leadingWords = /^(?:then|do|else|elif|if|while|until|time|!|\{)$/;

class ContextReader {
  readonly #code: string;
  readonly #placeholders: readonly FoundPlaceholder[];
  readonly #placed: PlacedPlaceholder[] = [];
  readonly #commands: ShellCommand[] = [];
  #at = 0;
  #next = 0;
  #depth = 0;
  #pipeline = 0;
  #parent: number | undefined;
  #lastPipeline = 0;
  #command: ShellCommand | undefined;
  #word: ShellWord | undefined;
  #pending: { document: HereDocument; command: ShellCommand | undefined }[] = [];

  constructor(code: string, placeholders: readonly FoundPlaceholder[]) {
    this.#code = code;
    this.#placeholders = placeholders;
  }

  read(): ShellReading {
    while (this.#at < this.#code.length) this.#commandsUntil(undefined);
    for (; this.#next < this.#placeholders.length; this.#next += 1) this.#place('expansion', this.#next);
    return { placed: this.#placed, commands: this.#commands };
  }

  /** Takes the placeholder that starts here, if one does; those that were jumped over cannot be filled. */
  #take(context: ShellContext, hereDocument?: HereDocument): boolean {
    let placeholder = this.#placeholders[this.#next];
    while (placeholder !== undefined && placeholder.start < this.#at) {
      this.#place('expansion', this.#next);
      this.#next += 1;
      placeholder = this.#placeholders[this.#next];
    }
    if (placeholder === undefined || placeholder.start !== this.#at) return false;
    this.#place(context, this.#next, hereDocument);
    this.#next += 1;
    this.#at = placeholder.end;
    return true;
  }

  #place(context: ShellContext, index: number, hereDocument?: HereDocument): void {
    const placeholder = this.#placeholders[index];
    if (placeholder === undefined) return;
    this.#placed.push({
      placeholder,
      context,
      ...(this.#command && context !== 'comment' && { command: this.#command }),
      ...(this.#word && context !== 'comment' && { word: this.#word }),
      ...(hereDocument && { hereDocument }),
    });
  }

  /** Commands up to what closes them: `)`, a backtick, or the end of the code. */
  #commandsUntil(closer: ')' | '`' | undefined): void {
    const outer = {
      command: this.#command,
      word: this.#word,
      pipeline: this.#pipeline,
      parent: this.#parent,
    };
    this.#depth += 1;
    if (closer !== undefined) this.#parent = this.#pipeline;
    this.#command = undefined;
    this.#word = undefined;
    this.#endCommand();
    let cases = 0;
    while (this.#at < this.#code.length) {
      const character = this.#code.charAt(this.#at);
      const before = this.#at;
      if (this.#beginsWord() && this.#word === undefined) this.#beginWord();
      if (this.#take('word')) continue;
      if (character === closer && (closer === '`' || cases === 0)) {
        this.#endWord(before);
        break;
      }
      if (this.#isCaseWord(before)) {
        cases = Math.max(0, cases + (character === 'c' ? 1 : -1));
        this.#at += 4;
      } else this.#readOne(character);
    }
    this.#endCommand();
    this.#depth -= 1;
    if (this.#at < this.#code.length) this.#at += 1;
    this.#command = outer.command;
    this.#word = outer.word;
    this.#pipeline = outer.pipeline;
    this.#parent = outer.parent;
  }

  /** `case` or `esac` where a command begins: between them a `)` closes a pattern. */
  #isCaseWord(at: number): boolean {
    if (this.#word?.start !== at || !caseWords.test(this.#code.slice(at, at + 6))) return false;
    const before = this.#command?.words.at(-2);
    return before === undefined || leadingWords.test(this.#code.slice(before.start, before.end));
  }

  #beginsWord(): boolean {
    return !/[\s;&|()<>]/.test(this.#code.charAt(this.#at)) || this.#isPlaceholderHere();
  }

  #isPlaceholderHere(): boolean {
    return this.#placeholders[this.#next]?.start === this.#at;
  }

  #beginWord(): void {
    if (this.#command === undefined) {
      const parent = this.#parent === undefined ? {} : { parent: this.#parent };
      this.#command = { words: [], pipeline: this.#pipeline, ...parent };
      this.#commands.push(this.#command);
    }
    this.#word = { start: this.#at, end: this.#code.length };
    this.#command.words.push(this.#word);
  }

  #endWord(at: number): void {
    if (this.#word) this.#word.end = at;
    this.#word = undefined;
  }

  #endCommand(isPiped = false): void {
    this.#endWord(this.#at);
    this.#command = undefined;
    if (isPiped) return;
    this.#lastPipeline += 1;
    this.#pipeline = this.#lastPipeline;
  }

  /** One character, or what it opens, outside of all quotes. */
  #readOne(character: string): void {
    const code = this.#code;
    if (character === '\n') {
      this.#endCommand();
      this.#at += 1;
      this.#readHereDocuments();
    } else if (character === '\\') this.#at += 2;
    else if (/\s/.test(character)) {
      this.#endWord(this.#at);
      this.#at += 1;
    } else if (character === '#' && this.#word?.start === this.#at) this.#readComment();
    else if (character === "'") this.#readSingle(this.#at + 1, 'single-quotes');
    else if (character === '"') this.#readDouble(false);
    else if (character === '`') {
      this.#at += 1;
      this.#nested(() => this.#commandsUntil('`'));
    } else if (character === '$') this.#readDollar(false);
    else if (code.startsWith('((', this.#at) && this.#word === undefined) this.#readArithmetic(2, '))');
    else if (character === '(') {
      // A subshell is a part of its pipeline; what stands before it is a function's name or an array's.
      this.#endWord(this.#at);
      this.#at += 1;
      this.#nested(() => this.#commandsUntil(')'));
    } else if (code.startsWith('<<<', this.#at)) this.#readOperator(3);
    else if (code.startsWith('<<', this.#at)) this.#readHereDocumentStart();
    else if (character === '|' && code.charAt(this.#at + 1) !== '|') {
      this.#endCommand(true);
      this.#at += code.charAt(this.#at + 1) === '&' ? 2 : 1;
    } else if (/[;&|)]/.test(character)) {
      const isRedirect =
        character === '&' && /[<>]/.test(code.charAt(this.#at - 1) + code.charAt(this.#at + 1));
      if (!isRedirect) this.#endCommand();
      this.#at += 1;
    } else if (/[<>]/.test(character)) this.#readOperator(1);
    else this.#at += 1;
  }

  #readOperator(length: number): void {
    this.#endWord(this.#at);
    this.#at += length;
  }

  #nested(read: () => void): void {
    if (this.#depth < deepest) read();
    else this.#at = this.#code.length;
  }

  #readComment(): void {
    // A comment is no word of its command.
    this.#command?.words.pop();
    this.#word = undefined;
    while (this.#at < this.#code.length && this.#code.charAt(this.#at) !== '\n') {
      if (!this.#take('comment')) this.#at += 1;
    }
  }

  #readSingle(from: number, context: 'single-quotes' | 'ansi-c-quotes'): void {
    this.#at = from;
    while (this.#at < this.#code.length) {
      if (this.#take(context)) continue;
      const character = this.#code.charAt(this.#at);
      this.#at += character === '\\' && context === 'ansi-c-quotes' ? 2 : 1;
      if (character === "'") return;
    }
  }

  /** From the opening to the closing quote; `isInExpansion` where the quotes stand in `"${…}"` themselves. */
  #readDouble(isInExpansion: boolean): void {
    this.#at += 1;
    while (this.#at < this.#code.length) {
      if (this.#take(isInExpansion ? 'expansion' : 'double-quotes')) continue;
      const character = this.#code.charAt(this.#at);
      if (character === '"') {
        this.#at += 1;
        return;
      }
      this.#readInQuotes(character, this.#code.length);
    }
  }

  /** What is special between double quotes and in here-documents. */
  #readInQuotes(character: string, end: number): void {
    if (character === '\\') this.#at = Math.min(end, this.#at + 2);
    else if (character === '$') this.#readDollar(true);
    else if (character === '`') this.#skipBackticks();
    else this.#at += 1;
  }

  /** Whether quotes count between backticks between quotes differs from shell to shell: nothing is put there. */
  #skipBackticks(): void {
    this.#at += 1;
    while (this.#at < this.#code.length) {
      if (this.#take('expansion')) continue;
      const character = this.#code.charAt(this.#at);
      this.#at += character === '\\' ? 2 : 1;
      if (character === '`') return;
    }
  }

  #readDollar(isQuoted: boolean): void {
    const code = this.#code;
    if (code.startsWith('$((', this.#at)) this.#readArithmetic(3, '))');
    else if (code.startsWith('$[', this.#at)) this.#readArithmetic(2, ']');
    else if (code.startsWith('$(', this.#at)) {
      this.#at += 2;
      this.#nested(() => this.#commandsUntil(')'));
    } else if (code.startsWith('${', this.#at)) this.#nested(() => this.#readParameter(isQuoted));
    else if (!isQuoted && code.startsWith("$'", this.#at)) this.#readSingle(this.#at + 2, 'ansi-c-quotes');
    else {
      this.#at += 1;
      // `$<name>` would be a variable whose name is asked for.
      if (this.#isPlaceholderHere()) this.#take('expansion');
    }
  }

  #readArithmetic(opening: number, closer: string): void {
    this.#at += opening;
    let open = 0;
    while (this.#at < this.#code.length) {
      if (this.#take('arithmetic')) continue;
      const character = this.#code.charAt(this.#at);
      if (open === 0 && this.#code.startsWith(closer, this.#at)) {
        this.#at += closer.length;
        return;
      }
      if (character === '(') open += 1;
      if (character === ')') open -= 1;
      // Not arithmetic after all, but a subshell in a substitution.
      if (open < 0) return;
      if (character === '$' && /^\$[({]/.test(this.#code.slice(this.#at, this.#at + 2)))
        this.#readDollar(true);
      else this.#at += 1;
    }
  }

  /** `${name}` and its kind; a placeholder can stand only in a value such as that of `${name:-value}`. */
  #readParameter(isQuoted: boolean): void {
    this.#depth += 1;
    const head = /^\$\{(?:[A-Za-z_]\w*|[0-9@*#?$!-])(:?[-+=?])/.exec(
      this.#code.slice(this.#at, this.#at + 200),
    );
    const takesValue = head !== null;
    this.#at += head === null ? 2 : head[0].length;
    while (this.#at < this.#code.length) {
      const context = isQuoted ? 'double-quotes' : 'word';
      if (this.#take(takesValue ? context : 'expansion')) continue;
      const character = this.#code.charAt(this.#at);
      if (character === '}') {
        this.#at += 1;
        break;
      }
      if (character === '"') this.#readDouble(isQuoted || !takesValue);
      else if (character === "'" && !isQuoted) this.#skipSingle(takesValue);
      else this.#readInQuotes(character, this.#code.length);
    }
    this.#depth -= 1;
  }

  #skipSingle(takesValue: boolean): void {
    const first = this.#placed.length;
    this.#readSingle(this.#at + 1, 'single-quotes');
    if (takesValue) return;
    for (const [offset, placed] of this.#placed.slice(first).entries())
      this.#placed[first + offset] = { ...placed, context: 'expansion' };
  }

  #readHereDocumentStart(): void {
    const found = /^<<(-?)[ \t]*((?:\\?[^\s;&|()<>'"\\`$]|'[^'\n]*'|"[^"\n]*")+)/.exec(
      this.#code.slice(this.#at, this.#at + 300),
    );
    if (found === null) {
      this.#readOperator(2);
      return;
    }
    this.#endWord(this.#at);
    const written = found[2] ?? '';
    const delimiterEnd = this.#at + found[0].length;
    const document: HereDocument = {
      delimiter: written.replace(/['"\\]/g, ''),
      isQuoted: /['"\\]/.test(written),
      stripsTabs: found[1] === '-',
      delimiterStart: delimiterEnd - written.length,
      delimiterEnd,
      bodyStart: delimiterEnd,
      bodyEnd: delimiterEnd,
    };
    this.#pending.push({ document, command: this.#command });
    this.#at = delimiterEnd;
  }

  #readHereDocuments(): void {
    const pending = this.#pending;
    this.#pending = [];
    const outer = { command: this.#command, word: this.#word };
    for (const { document, command } of pending) {
      this.#command = command;
      this.#word = undefined;
      this.#readBody(document);
    }
    this.#command = outer.command;
    this.#word = outer.word;
  }

  #readBody(document: HereDocument): void {
    const code = this.#code;
    document.bodyStart = this.#at;
    let end = this.#at;
    let after = code.length;
    for (;;) {
      const newline = code.indexOf('\n', end);
      const line = code.slice(end, newline === -1 ? code.length : newline);
      const isEnd = (document.stripsTabs ? line.replace(/^\t+/, '') : line) === document.delimiter;
      after = newline === -1 ? code.length : newline + 1;
      if (isEnd) break;
      end = after;
      if (newline === -1) break;
    }
    document.bodyEnd = end;
    while (this.#at < end) {
      if (this.#take(document.isQuoted ? 'quoted-here-document' : 'here-document', document)) continue;
      if (document.isQuoted) this.#at += 1;
      else this.#readInQuotes(code.charAt(this.#at), end);
    }
    this.#at = Math.max(this.#at, after);
  }
}
