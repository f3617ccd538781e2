// Owns where the functions of a bash were written, so that their errors tell the lines that their authors know.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type ByteText, toByteText } from '../../../languages/shell/byte-text.ts';
import {
  type FunctionDefinition,
  functionDefinitions,
} from '../../../languages/shell/function-definitions.ts';
import { shellQuote } from '../../../languages/shell/shell-quote.ts';
import type { ShellState } from '../../../languages/shell/shell-state.ts';
import type { ShellJob } from '../shell-job.ts';

interface Origin {
  /** As its author wrote it, and as bash prints it. */
  readonly written: ByteText;
  readonly printed: ByteText;
  /** From 1, in the file of a block. */
  readonly line: number;
  readonly file: string;
}

/** Shell text that defines functions: files to source, and what has no origin. */
export interface FunctionTexts {
  readonly files: readonly ByteText[];
  readonly others: ByteText;
}

export class FunctionOrigins {
  readonly #origins = new Map<string, Origin>();
  #count = 0;
  #last: { readonly functions: ByteText; readonly texts: FunctionTexts } = {
    functions: '',
    texts: { files: [], others: '' },
  };

  /** Looks in the code of a block for the functions that it has left. */
  learn({ code, file, state }: ShellJob, { functions }: ShellState): void {
    if (functions === state.functions) return;
    const text = toByteText(code);
    const printed = new Map(printedDefinitions(functions).map((one) => [one.name, one.text]));
    let from = 0;
    for (const { name, text: written } of functionDefinitions(text)) {
      const start = text.indexOf(written, from);
      const own = printed.get(name);
      if (start === -1 || own === undefined || squeeze(written) !== squeeze(own)) continue;
      from = start;
      this.#origins.set(name, { written, printed: own, line: text.slice(0, start).split('\n').length, file });
    }
  }

  /** What defines these functions, which bash has printed. */
  textsFor(functions: ByteText): FunctionTexts {
    if (this.#last.functions !== functions) this.#last = { functions, texts: this.#write(functions) };
    return this.#last.texts;
  }

  #write(functions: ByteText): FunctionTexts {
    if (this.#origins.size === 0) return { files: [], others: functions };
    let others = functions;
    const known: Origin[] = [];
    for (const { name, text } of printedDefinitions(functions)) {
      const origin = this.#origins.get(name);
      if (origin?.printed !== text) continue;
      known.push(origin);
      others = others.replace(text, () => '');
    }
    return {
      files: [...groupByFile(known)].map(([file, origins]) => this.#writeFile(file, origins)),
      others: others.trim(),
    };
  }

  /** A file of the block's name, with each function on the lines it was written on. */
  #writeFile(file: string, origins: readonly Origin[]): ByteText {
    this.#count++;
    const path = join(dirname(file), `functions-${this.#count}`, basename(file));
    const lines: string[] = [];
    for (const { written, line } of [...origins].sort((one, other) => one.line - other.line)) {
      while (lines.length < line - 1) lines.push('');
      lines.push(...written.split('\n'));
    }
    mkdirSync(dirname(path), { mode: 0o700 });
    writeFileSync(path, `${lines.join('\n')}\n`, { encoding: 'latin1', mode: 0o600 });
    return `\\builtin . ${shellQuote(toByteText(path))}`;
  }
}

/** All that bash has printed, without those that other functions define. */
function printedDefinitions(functions: ByteText): FunctionDefinition[] {
  return functionDefinitions(functions).filter(({ isCertain }) => isCertain);
}

function groupByFile(origins: readonly Origin[]): Map<string, Origin[]> {
  const files = new Map<string, Origin[]>();
  for (const origin of origins) files.set(origin.file, [...(files.get(origin.file) ?? []), origin]);
  return files;
}

/** What two ways of writing the same function have in common: all but blanks, separators and comments. */
function squeeze(text: ByteText): ByteText {
  return text.replace(/(?:^|[ \t])#.*$/gm, '').replace(/[\s;]+/g, '');
}
