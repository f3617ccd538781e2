// Owns making commands of the words and operators of one list of commands.
import type { HereDocument, ShellCommand, ShellPipeline, ShellWord, WordRole } from './shell-code.ts';

/** What stands between the brackets: commands; or words alone, as in an array. */
export type ListKind = 'commands' | 'elements';

/** Keywords that a command follows. */
const leading = new Set(['then', 'do', 'else', 'elif', 'if', 'while', 'until', 'time', '!', '{', 'coproc']);
const opening = new Set(['if', 'while', 'until', 'for', 'select', '{']);
/** Operators that another command follows, in this line or the next. */
const awaiting = new Set(['|', '|&', '&&', '||']);
const closing = new Set(['fi', 'done', '}']);

/** Commands that run the command behind them, with those of their options that take a word. */
const wrappers: Readonly<Record<string, RegExp>> = {
  sudo: /^-[ugpCchrtTUDR]$/,
  exec: /^-a$/,
  env: /^-[uC]$/,
  command: /^$/,
  nohup: /^$/,
};

/** What may come next: `function` and `case` are followed by words that are no command. */
type Expected = 'command' | 'wrapped' | 'wrapper-value' | 'argument' | 'function' | 'subject';

/** Takes what the reader finds between two brackets, or in the whole code, in order. */
export class CommandBuilder {
  readonly #commands: ShellCommand[];
  readonly #parent: ShellPipeline | undefined;
  readonly #kind: ListKind;
  #pipeline: ShellPipeline;
  #command: ShellCommand | undefined;
  #word: ShellWord | undefined;
  #expected: Expected = 'command';
  #wrapper = '';
  #isTarget = false;
  #isTest = false;
  #isPiped = false;
  /** The operator that another command has to follow. */
  #awaits = '';
  #compounds = 0;
  readonly #cases: ('subject' | 'pattern' | 'body')[] = [];

  constructor(commands: ShellCommand[], kind: ListKind = 'commands', parent?: ShellPipeline) {
    this.#commands = commands;
    this.#kind = kind;
    this.#parent = parent;
    this.#pipeline = this.#newPipeline();
  }

  get command(): ShellCommand | undefined {
    return this.#command;
  }

  get word(): ShellWord | undefined {
    return this.#word;
  }

  get pipeline(): ShellPipeline {
    return this.#pipeline;
  }

  /** True where operators are text: in arrays and `[[ … ]]`. */
  get splitsNothing(): boolean {
    return this.#kind === 'elements' || this.#isTest;
  }

  /** True where patterns of `case` stand: `|` is between them, and `)` ends them. */
  get isInPattern(): boolean {
    return this.#cases.at(-1) === 'pattern';
  }

  get isInCase(): boolean {
    return this.#cases.length > 0;
  }

  /** True where a command may begin. */
  get isAtCommand(): boolean {
    return this.#expected === 'command' && !this.#isTarget && !this.splitsNothing && !this.isInPattern;
  }

  /** True where a compound command is not closed. */
  get isOpen(): boolean {
    return this.#compounds > 0 || this.#cases.length > 0;
  }

  /** True where a command has to follow an operator. */
  get isAwaiting(): boolean {
    return this.#awaits !== '';
  }

  /** Begins a word, unless one has begun; `plain` is its text up to the first quote or expansion. */
  beginWord(at: number, plain: string, isWhole: boolean): void {
    if (this.#word !== undefined) return;
    const command = this.#beginCommand(at);
    this.#awaits = '';
    this.#word = { start: at, end: at, role: this.#roleOf(plain, isWhole) };
    command.words.push(this.#word);
  }

  /** Ends the word, if one is open. */
  endWord(at: number): void {
    if (this.#word === undefined) return;
    this.#word.end = at;
    if (this.#command) this.#command.end = at;
    this.#word = undefined;
  }

  /** A redirection; `plain` is the text of the word that it stands right behind. */
  redirect(start: number, operator: string, end: number, document?: HereDocument, plain = ''): void {
    const word = this.#word;
    this.endWord(start);
    const command = this.#beginCommand(start);
    if (word !== undefined && /^\d+$/.test(plain)) this.#takeAsDescriptor(word);
    command.redirects.push({ start, operator, ...(document && { hereDocument: document }) });
    command.end = end;
    this.#isTarget = document === undefined;
  }

  /** An operator between commands: `|`, `&&`, a newline and so on. */
  endCommand(at: number, operator: string): void {
    this.endWord(at);
    if (operator === '\n' && (this.isAwaiting || this.#kind === 'elements')) return;
    this.#command = undefined;
    this.#expected = 'command';
    this.#wrapper = '';
    this.#isTarget = false;
    this.#isTest = false;
    this.#awaits = awaiting.has(operator) ? operator : '';
    this.#isPiped = operator === '|' || operator === '|&';
    if (!this.#isPiped) {
      this.#pipeline.terminator = operator;
      this.#pipeline = this.#newPipeline();
    }
    if (/^;[;&|]/.test(operator) && this.#cases.length > 0) this.#cases[this.#cases.length - 1] = 'pattern';
  }

  /** The end of the list. */
  end(at: number): void {
    this.endWord(at);
    this.#command = undefined;
  }

  /** An operator in `[[ … ]]` or an array, which splits nothing. */
  passOperator(at: number, operator: string): void {
    this.endWord(at);
    this.#awaits = /^(?:&&|\|\|)$/.test(operator) ? operator : '';
  }

  /** A subshell or a calculation, which is the command that an operator before it waits for. */
  beginGroup(): void {
    this.#awaits = '';
  }

  /** The `)` behind the patterns of `case`. */
  endPattern(at: number): void {
    this.endCommand(at, ')');
    this.#cases[this.#cases.length - 1] = 'body';
  }

  /** The `()` of a function: its body follows. */
  defineFunction(at: number): void {
    const last = this.#command?.words.at(-1);
    if (last) last.role = 'keyword';
    this.endCommand(at, '()');
  }

  /** True where `()` would make a function of what was read. */
  get mayBeFunction(): boolean {
    const words = this.#command?.words ?? [];
    return this.#kind === 'commands' && words.at(-1)?.role === 'name';
  }

  #newPipeline(): ShellPipeline {
    return { parent: this.#parent, terminator: undefined };
  }

  #beginCommand(at: number): ShellCommand {
    if (this.#command !== undefined) return this.#command;
    this.#command = {
      start: at,
      end: at,
      words: [],
      redirects: [],
      pipeline: this.#pipeline,
      isPiped: this.#isPiped,
    };
    this.#commands.push(this.#command);
    return this.#command;
  }

  /** In `2>file` the `2` is no word of the command. */
  #takeAsDescriptor(word: ShellWord): void {
    if (word.role === 'name') this.#expected = this.#wrapper === '' ? 'command' : 'wrapped';
    word.role = 'redirect';
  }

  #roleOf(plain: string, isWhole: boolean): WordRole {
    if (this.#kind === 'elements') return 'element';
    if (this.#isTarget) {
      this.#isTarget = false;
      return 'redirect';
    }
    if (this.isInPattern) return isWhole && plain === 'esac' ? this.#closeCase() : 'pattern';
    switch (this.#expected) {
      case 'command':
        return (isWhole && this.#keyword(plain)) || this.#roleOfCommandWord(plain, isWhole);
      case 'wrapped':
        return this.#roleOfCommandWord(plain, isWhole);
      case 'wrapper-value':
        this.#expected = 'wrapped';
        return 'wrapper';
      case 'function':
        this.#expected = 'command';
        return 'keyword';
      case 'subject':
        return this.#roleInSubject(plain, isWhole);
      case 'argument':
        if (isWhole && plain === ']]') this.#isTest = false;
        return 'argument';
    }
  }

  #keyword(word: string): WordRole | undefined {
    if (word === 'esac' && this.isInCase) return this.#closeCase();
    if (opening.has(word)) this.#compounds += 1;
    // It may have options, and is followed by keywords too.
    if (word === 'time') this.#wrapper = word;
    if (leading.has(word)) return 'keyword';
    if (closing.has(word)) this.#compounds = Math.max(0, this.#compounds - 1);
    else if (word === 'case') this.#cases.push('subject');
    else if (word !== 'for' && word !== 'select' && word !== 'function') return undefined;
    this.#expected = word === 'function' ? 'function' : word === 'case' ? 'subject' : 'argument';
    return 'keyword';
  }

  /** `case WORD in`. */
  #roleInSubject(plain: string, isWhole: boolean): WordRole {
    const isSubject = (this.#command?.words.at(-1)?.role ?? 'keyword') === 'keyword';
    if (isSubject || !isWhole || plain !== 'in') return 'argument';
    this.#cases[this.#cases.length - 1] = 'pattern';
    return 'keyword';
  }

  #closeCase(): WordRole {
    this.#cases.pop();
    this.#expected = 'argument';
    return 'keyword';
  }

  #roleOfCommandWord(plain: string, isWhole: boolean): WordRole {
    if (/^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/.test(plain)) return 'assignment';
    if (this.#wrapper !== '' && plain.startsWith('-')) return this.#wrapperOption(plain);
    if (isWhole && Object.hasOwn(wrappers, plain)) {
      this.#wrapper = plain;
      this.#expected = 'wrapped';
      return 'wrapper';
    }
    this.#expected = 'argument';
    this.#isTest = isWhole && plain === '[[';
    return 'name';
  }

  #wrapperOption(option: string): WordRole {
    // `command -v` looks for a command and runs none.
    if (this.#wrapper === 'command' && /^-\w*[vV]/.test(option)) this.#expected = 'argument';
    else if (wrappers[this.#wrapper]?.test(option)) this.#expected = 'wrapper-value';
    return 'wrapper';
  }
}
