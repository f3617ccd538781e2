// Owns the place in the code that is read, line by line.

/** A place in a line, with what can be asked of the text there. */
export class LineCursor {
  #line = '';
  /** The offset of the line in the code. */
  #base = 0;
  #at = 0;

  /** Goes to the start of the next line. */
  begin(line: string): void {
    this.#base += this.#line.length;
    this.#line = line;
    this.#at = 0;
  }

  /** The offset in the code. */
  get offset(): number {
    return this.#base + this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#line.length;
  }

  /** The character here; empty at the end. */
  get character(): string {
    return this.#line.charAt(this.#at);
  }

  /** How many characters the line still has, without its newline. */
  get rest(): number {
    return this.#line.length - this.#at - (this.#line.endsWith('\n') ? 1 : 0);
  }

  /** True for the last character of the line but its newline. */
  get isLastInLine(): boolean {
    const next = this.#line.charAt(this.#at + 1);
    return next === '' || next === '\n';
  }

  /** Goes on by so many characters, at most to the end of the line. */
  advance(length: number): void {
    this.#at = Math.min(this.#at + length, this.#line.length);
  }

  startsWith(text: string): boolean {
    return this.#line.startsWith(text, this.#at);
  }

  /** The next characters, as many as there are. */
  slice(length: number): string {
    return this.#line.slice(this.#at, this.#at + length);
  }

  /** What stands between an offset in the code and here; empty where that begins in another line. */
  textSince(offset: number): string {
    return offset < this.#base ? '' : this.#line.slice(offset - this.#base, this.#at);
  }

  /** What a sticky pattern matches here. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#line);
  }

  /** How many characters a sticky pattern matches here. */
  lengthOf(pattern: RegExp): number {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#line) ? pattern.lastIndex - this.#at : 0;
  }
}
