// Owns reading shell code line by line: what each piece of it is, and whether it is open.
import { CommandBuilder, type ListKind } from './command-builder.ts';
import { LineCursor } from './line-cursor.ts';
import { PieceList } from './piece-list.ts';
import type { HereDocument, OpenEnd, Parameter, PieceKind, ShellCode, ShellCommand } from './shell-code.ts';
import type { BodyFrame, ListFrame, ShellFrame } from './shell-frame.ts';
import { shellPatterns } from './shell-patterns.ts';

/** Deeper nesting than this is taken for no code that a person wrote. */
const deepest = 100;

/**
 * Reads POSIX shells, bash and zsh. Takes any text: what is no shell code is told apart as well as can be. Each line
 * is looked at once, so that a caller may stop where a command is complete.
 */
export class ShellReader {
  readonly #pieces = new PieceList();
  readonly #commands: ShellCommand[] = [];
  readonly #outermost: ListFrame = {
    type: 'list',
    closer: undefined,
    builder: new CommandBuilder(this.#commands),
  };
  readonly #frames: ShellFrame[] = [this.#outermost];
  /** Those of the frames that commands and here-documents are read in. */
  readonly #owners: (ListFrame | BodyFrame)[] = [this.#outermost];
  /** Here-documents whose redirections were read, and whose bodies follow the line. */
  readonly #pending: BodyFrame[] = [];
  /** How many of them have begun. */
  #begun = 0;
  readonly #cursor = new LineCursor();
  #isContinued = false;

  /** Takes the next line, with the newline at its end unless the code ends without one. */
  feed(line: string): void {
    this.#cursor.begin(line);
    this.#isContinued = false;
    if (!this.#endBody()) while (!this.#cursor.isAtEnd) this.#step();
  }

  /** True where the next line is the body of a here-document. */
  get isInHereDocument(): boolean {
    return this.#owners.some(({ type }) => type === 'body');
  }

  /** Why the code cannot end here; undefined where it can. */
  get open(): OpenEnd | undefined {
    if (this.isInHereDocument || this.#pending.length > this.#begun) return 'here-document';
    if (this.#isContinued) return 'continued-line';
    const [, ...inner] = this.#frames;
    if (inner.some(({ type }) => type === 'single' || type === 'ansi' || type === 'double')) return 'quotes';
    if (inner.length > 0) return 'brackets';
    if (this.#outermost.builder.isAwaiting) return 'operator';
    return this.#outermost.builder.isOpen ? 'compound' : undefined;
  }

  /** Ends the code and gives what was read. Nothing can be fed any more. */
  finish(code: string): ShellCode {
    const { open } = this;
    this.#leaveAbove(0);
    return { code, pieces: this.#pieces.pieces, commands: this.#commands, ...(open && { open }) };
  }

  /** Takes `length` characters as a piece, at most to the end of the line. */
  #take(kind: PieceKind, length: number, parameter?: Parameter): void {
    const start = this.#cursor.offset;
    this.#cursor.advance(length);
    const end = this.#cursor.offset;
    if (end === start) return;
    this.#pieces.add(kind, start, end, this.#owners.at(-1) ?? this.#outermost, parameter);
  }

  #enter(frame: ShellFrame): void {
    const isTooDeep = this.#frames.length >= deepest;
    this.#frames.push(isTooDeep ? { type: 'too-deep' } : frame);
    if (!isTooDeep && (frame.type === 'list' || frame.type === 'body')) this.#owners.push(frame);
  }

  #leave(): void {
    const frame = this.#frames.pop();
    if (frame?.type !== 'list' && frame?.type !== 'body') return;
    this.#owners.pop();
    if (frame.type === 'list') frame.builder.end(this.#cursor.offset);
    else frame.document.bodyEnd = this.#cursor.offset;
  }

  #leaveAbove(depth: number): void {
    while (this.#frames.length > depth) this.#leave();
  }

  /** Takes the line if it ends the body of a here-document, and all that is open in it. */
  #endBody(): boolean {
    const text = this.#cursor.slice(this.#cursor.rest);
    const ended = this.#owners.find(
      (owner) =>
        owner.type === 'body' &&
        (owner.document.stripsTabs ? text.replace(/^\t+/, '') : text) === owner.document.delimiter,
    );
    if (ended === undefined) return false;
    this.#leaveAbove(this.#frames.indexOf(ended));
    this.#take('delimiter', text.length);
    this.#take('space', 1);
    this.#beginBody();
    return true;
  }

  /** Begins the next of the here-documents that the line before has redirected. */
  #beginBody(): void {
    const next = this.#pending[this.#begun];
    if (next === undefined) return;
    this.#begun += 1;
    next.document.bodyStart = this.#cursor.offset;
    this.#enter(next);
  }

  #step(): void {
    const frame = this.#frames.at(-1) ?? this.#outermost;
    switch (frame.type) {
      case 'list':
        this.#stepInList(frame);
        break;
      case 'single':
      case 'ansi':
      case 'double':
        this.#stepInQuotes(frame.type, frame.text);
        break;
      case 'body':
        if (frame.document.isQuoted) this.#take('quoted-here-document', Number.POSITIVE_INFINITY);
        else this.#stepInText(shellPatterns.body, 'here-document');
        break;
      case 'parameter':
        this.#stepInParameter(frame);
        break;
      case 'arithmetic':
        this.#stepInArithmetic(frame);
        break;
      case 'backticks':
        if (this.#cursor.startsWith('`')) this.#close('expansion', 1);
        else this.#stepInText(shellPatterns.backticks, 'expansion');
        break;
      case 'too-deep':
        this.#take('expansion', Number.POSITIVE_INFINITY);
    }
  }

  #open(kind: PieceKind, length: number, frame: ShellFrame): void {
    this.#take(kind, length);
    this.#enter(frame);
  }

  #close(kind: PieceKind, length: number): void {
    this.#leave();
    this.#take(kind, length);
  }

  #stepInQuotes(type: 'single' | 'ansi' | 'double', text: PieceKind): void {
    const character = this.#cursor.character;
    if (character === (type === 'double' ? '"' : "'")) this.#close('quote', 1);
    else if (type === 'double') this.#stepInText(shellPatterns.double, text);
    else if (character === '\\' && type === 'ansi') this.#takeEscape();
    else this.#take(text, this.#cursor.lengthOf(shellPatterns[type]) || 1);
  }

  /** What is special between double quotes, in here-documents and in `${…}`. */
  #stepInText(plain: RegExp, text: PieceKind): void {
    const character = this.#cursor.character;
    if (character === '\\') this.#takeEscape();
    else if (character === '$') this.#readDollar(text, true);
    else if (character === '`') this.#open('expansion', 1, { type: 'backticks' });
    else this.#take(text, this.#cursor.lengthOf(plain) || 1);
  }

  #takeEscape(): void {
    this.#isContinued = this.#cursor.isLastInLine;
    this.#take('escape', 2);
  }

  #stepInParameter(frame: Extract<ShellFrame, { type: 'parameter' }>): void {
    const { text, isQuoted, takesValue } = frame;
    const character = this.#cursor.character;
    if (character === '}') this.#close('expansion', 1);
    else if (character === '"') {
      const inner = isQuoted || !takesValue ? 'expansion' : 'double-quotes';
      this.#open('quote', 1, { type: 'double', text: inner });
    } else if (character === "'" && !isQuoted) {
      this.#open('quote', 1, { type: 'single', text: takesValue ? 'single-quotes' : 'expansion' });
    } else this.#stepInText(shellPatterns.parameter, text);
  }

  #stepInArithmetic(frame: Extract<ShellFrame, { type: 'arithmetic' }>): void {
    const character = this.#cursor.character;
    if (frame.depth === 0 && this.#cursor.startsWith(frame.closer))
      this.#close('expansion', frame.closer.length);
    else if (frame.depth === 0 && character === ')') this.#takeForSubshell(frame.closer);
    else if (character === '(' || character === ')') {
      frame.depth += character === '(' ? 1 : -1;
      this.#take('arithmetic', 1);
    } else if (this.#cursor.startsWith('$(') || this.#cursor.startsWith('${'))
      this.#readDollar('arithmetic', true);
    else this.#take('arithmetic', this.#cursor.lengthOf(shellPatterns.arithmetic) || 1);
  }

  /** What began with `((` was no arithmetic, but a subshell in a subshell or a substitution. */
  #takeForSubshell(closer: '))' | ']'): void {
    this.#close('operator', 1);
    if (closer === '))') this.#enterList(')');
  }

  /** `$` and what it expands; `text` is what it is where it expands nothing. */
  #readDollar(text: PieceKind, isQuoted: boolean): void {
    if (this.#cursor.startsWith('$((')) {
      this.#open('expansion', 3, { type: 'arithmetic', closer: '))', depth: 0 });
    } else if (this.#cursor.startsWith('$[')) {
      this.#open('expansion', 2, { type: 'arithmetic', closer: ']', depth: 0 });
    } else if (this.#cursor.startsWith('$(')) {
      this.#take('expansion', 2);
      this.#enterList(')');
    } else if (this.#cursor.startsWith('${')) this.#readParameterHead(isQuoted);
    else if (!isQuoted && this.#cursor.startsWith("$'")) {
      this.#open('quote', 2, { type: 'ansi', text: 'ansi-c-quotes' });
    } else {
      const found = this.#cursor.match(shellPatterns.simpleParameter);
      const name = found?.[1];
      if (found === null) this.#take(text, 1);
      else
        this.#take(
          'parameter',
          found[0].length,
          name === undefined ? undefined : { name, hasDefault: false },
        );
    }
  }

  #readParameterHead(isQuoted: boolean): void {
    const [head = '${', name, operator] = this.#cursor.match(shellPatterns.parameterHead) ?? [];
    const takesValue = operator !== undefined && head.length > 2 + operator.length;
    const parameter = name === undefined ? undefined : { name, hasDefault: operator !== undefined };
    // A placeholder can stand only in a value such as that of `${name:-value}`.
    const text = takesValue ? (isQuoted ? 'double-quotes' : 'word') : 'expansion';
    this.#take(parameter ? 'parameter' : 'expansion', head.length, parameter);
    this.#enter({ type: 'parameter', text, isQuoted, takesValue });
  }

  #enterList(closer: ')' | '`', kind: ListKind = 'commands'): void {
    const owner = this.#owners.at(-1) ?? this.#outermost;
    const parent = owner.type === 'body' ? owner.command?.pipeline : owner.builder.pipeline;
    this.#enter({ type: 'list', closer, builder: new CommandBuilder(this.#commands, kind, parent) });
  }

  #stepInList({ builder, closer }: ListFrame): void {
    const character = this.#cursor.character;
    if (character === closer && (closer === '`' || !builder.isInCase)) {
      this.#close(closer === '`' ? 'expansion' : 'operator', 1);
      return;
    }
    switch (character) {
      case '\n':
        builder.endCommand(this.#cursor.offset, '\n');
        this.#take('space', 1);
        this.#beginBody();
        break;
      case '#':
        if (builder.word === undefined && !this.#isGlobFlag(builder))
          this.#take('comment', this.#cursor.rest);
        else this.#readWord(builder, character);
        break;
      case '(':
      case ')':
        this.#readBracket(builder, character);
        break;
      case ';':
      case '&':
      case '|':
        if (this.#cursor.startsWith('&>')) this.#readRedirection(builder);
        else this.#readOperator(builder);
        break;
      case '<':
      case '>':
        this.#readRedirection(builder);
        break;
      default:
        this.#readBlanksOrWord(builder, character);
    }
  }

  #isGlobFlag(builder: CommandBuilder): boolean {
    return builder.splitsNothing && this.#cursor.match(shellPatterns.globFlag) !== null;
  }

  #readBlanksOrWord(builder: CommandBuilder, character: string): void {
    const blanks = this.#cursor.lengthOf(shellPatterns.blanks);
    if (blanks > 0) {
      builder.endWord(this.#cursor.offset);
      this.#take('space', blanks);
    } else if (character === '\\' && this.#cursor.isLastInLine) {
      this.#isContinued = true;
      this.#take('space', 2);
    } else this.#readWord(builder, character);
  }

  #readWord(builder: CommandBuilder, character: string): void {
    const plain = this.#cursor.slice(this.#cursor.lengthOf(shellPatterns.word));
    if (builder.word === undefined) {
      const after = this.#cursor.slice(plain.length + 1).slice(plain.length);
      builder.beginWord(this.#cursor.offset, plain, !/["'`\\$]/.test(after));
    }
    if (plain !== '') this.#take('word', plain.length);
    else if (character === '\\') this.#takeEscape();
    else if (character === "'") this.#open('quote', 1, { type: 'single', text: 'single-quotes' });
    else if (character === '"') this.#open('quote', 1, { type: 'double', text: 'double-quotes' });
    else if (character === '`') {
      this.#take('expansion', 1);
      this.#enterList('`');
    } else this.#readDollar('word', false);
  }

  #readBracket(builder: CommandBuilder, character: '(' | ')'): void {
    const isTest = builder.splitsNothing;
    if (character === ')') {
      if (builder.isInPattern) builder.endPattern(this.#cursor.offset);
      else if (isTest) builder.endWord(this.#cursor.offset);
      else builder.endCommand(this.#cursor.offset, ')');
      this.#take('operator', 1);
    } else if (builder.isInPattern && builder.word === undefined) this.#take('operator', 1);
    else if (this.#cursor.startsWith('((') && builder.word === undefined && !isTest) {
      builder.beginGroup();
      this.#open('operator', 2, { type: 'arithmetic', closer: '))', depth: 0 });
    } else this.#openBracket(builder);
  }

  /** A subshell, the elements of an array, a pattern such as `!(…)`, or the `()` of a function. */
  #openBracket(builder: CommandBuilder): void {
    const call = this.#cursor.match(shellPatterns.emptyBrackets);
    if (call !== null && builder.mayBeFunction) {
      builder.defineFunction(this.#cursor.offset);
      this.#take('operator', call[0].length);
    } else {
      const isPartOfWord = builder.word !== undefined || builder.splitsNothing;
      if (isPartOfWord) builder.endWord(this.#cursor.offset);
      else builder.beginGroup();
      this.#take('operator', 1);
      this.#enterList(')', isPartOfWord ? 'elements' : 'commands');
    }
  }

  #readOperator(builder: CommandBuilder): void {
    const operator = this.#cursor.match(shellPatterns.operators)?.[0] ?? ';';
    if (builder.splitsNothing && operator !== ';') builder.passOperator(this.#cursor.offset, operator);
    else if (builder.isInPattern && operator === '|') builder.endWord(this.#cursor.offset);
    else builder.endCommand(this.#cursor.offset, operator);
    this.#take('operator', operator.length);
  }

  #readRedirection(builder: CommandBuilder): void {
    if (builder.splitsNothing) {
      builder.endWord(this.#cursor.offset);
      this.#take('operator', 1);
    } else if (this.#cursor.startsWith('<(') || this.#cursor.startsWith('>(')) {
      builder.beginWord(this.#cursor.offset, '', false);
      this.#take('expansion', 2);
      this.#enterList(')');
    } else {
      const document = this.#cursor.startsWith('<<<')
        ? null
        : this.#cursor.match(shellPatterns.documentStart);
      const before = builder.word === undefined ? '' : this.#cursor.textSince(builder.word.start);
      if (document !== null) this.#readDocumentStart(builder, document, before);
      else {
        const operator = this.#cursor.match(shellPatterns.redirections)?.[0] ?? '>';
        builder.redirect(
          this.#cursor.offset,
          operator,
          this.#cursor.offset + operator.length,
          undefined,
          before,
        );
        this.#take('operator', operator.length);
      }
    }
  }

  #readDocumentStart(builder: CommandBuilder, found: RegExpExecArray, before: string): void {
    const [whole, dash = '', written = ''] = found;
    const delimiterEnd = this.#cursor.offset + whole.length;
    const document: HereDocument = {
      delimiter: written.replace(/['"\\]/g, ''),
      isQuoted: /['"\\]/.test(written),
      stripsTabs: dash === '-',
      delimiterStart: delimiterEnd - written.length,
      delimiterEnd,
      bodyStart: delimiterEnd,
      bodyEnd: delimiterEnd,
    };
    builder.redirect(this.#cursor.offset, `<<${dash}`, delimiterEnd, document, before);
    this.#pending.push({ type: 'body', document, command: builder.command });
    this.#take('operator', whole.length - written.length);
    this.#take('delimiter', written.length);
  }
}
