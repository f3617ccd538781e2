// Owns a session in an author's own shell, from its start to its end: what was typed, and what came of it.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlockTerminal } from '../../run/executor.ts';
import { readWhilePrinting } from '../processes/held-output.ts';
import { PseudoTerminal } from '../processes/pseudo-terminal.ts';
import { hookedStart, type RecordedShell } from './hooked-start.ts';
import { decodeField, MarkReader } from './mark-reader.ts';

/** What a recorded shell tells, as it happens; texts as they are, secrets in them. */
export type ShellTelling =
  | {
      readonly type: 'started';
      readonly code: string;
      readonly folder: string;
      readonly alias: string;
      readonly isFunction: boolean;
    }
  | {
      readonly type: 'ended';
      readonly exit: number;
      readonly milliseconds: number;
      readonly printed: string;
      readonly edited: readonly SeenFile[];
    }
  | { readonly type: 'noted'; readonly text: string }
  | {
      readonly type: 'secret';
      readonly name: string;
      readonly value: string;
      /** It was typed unseen, whatever its name says. */
      readonly isSilent: boolean;
    };

/** A file that an editor was given, before and after. */
export interface SeenFile {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

export interface RecordedShellOptions {
  readonly shell: RecordedShell;
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly columns: number;
  readonly rows: number;
  readonly attach: (terminal: BlockTerminal | undefined) => void;
  /** What the terminal is to show. */
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onTold: (telling: ShellTelling) => void;
  /** Milliseconds that only grow. */
  readonly now: () => number;
}

/** What a command prints beyond this is not kept. */
const longestOutput = 512 * 1024;
const longestFile = 65_536;

/** Runs the shell until its author leaves it; false where it never came to a prompt that can be recorded. */
export async function recordShell(options: RecordedShellOptions): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'runsheet-record-'));
  const nonce = randomBytes(12).toString('hex');
  const session = new Session(options);
  const reader = new MarkReader(nonce);
  try {
    const start = hookedStart(options.shell, folder, nonce, options.env);
    for (const [name, text] of Object.entries(start.files))
      writeFileSync(join(folder, name), text, { mode: 0o600 });
    const terminal = new PseudoTerminal({
      command: options.command,
      arguments: start.arguments,
      env: { ...definedOnly(options.env), ...start.env },
      cwd: options.cwd,
      size: { columns: options.columns, rows: options.rows },
      onBytes: (bytes) => {
        for (const piece of reader.push(bytes)) session.take(piece);
      },
    });
    options.attach({
      write: (bytes) => terminal.write(bytes),
      resize: (columns, rows) => terminal.resize({ columns, rows }),
    });
    await terminal.exited;
    await readWhilePrinting(terminal);
    terminal.close();
    return session.isOpen;
  } finally {
    options.attach(undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From marks to what they tell. */
class Session {
  isOpen = false;
  readonly #options: RecordedShellOptions;
  #files: (SeenFile & { readonly absolute: string })[] = [];
  #running: { readonly number: string; readonly since: number } | undefined;
  #printed: Uint8Array[] = [];
  #length = 0;
  #lastNumber = '';

  constructor(options: RecordedShellOptions) {
    this.#options = options;
  }

  take(piece: ReturnType<MarkReader['push']>[number]): void {
    if (piece.type === 'mark') {
      this.#mark(piece.fields);
      return;
    }
    this.#options.onBytes(piece.bytes);
    if (this.#running === undefined || this.#length > longestOutput) return;
    this.#printed.push(piece.bytes);
    this.#length += piece.bytes.length;
  }

  #mark([kind, ...fields]: readonly string[]): void {
    if (kind === 'F') this.#seeFile(fields);
    else if (kind === 'C') this.#start(fields);
    else if (kind === 'P') this.#prompt(fields);
    else if (kind === 'S' || kind === 'R') {
      const [name = '', value] = fields;
      this.#options.onTold({ type: 'secret', name, value: decodeField(value), isSilent: kind === 'R' });
    }
  }

  #seeFile([path, absolute, content = '']: readonly string[]): void {
    const before = content.startsWith('=') ? decodeField(content.slice(1)) : undefined;
    const file = { path: decodeField(path), absolute: decodeField(absolute) };
    this.#files.push({ ...file, ...(before !== undefined && { before }) });
  }

  #start([number = '', code, folder, alias, kind]: readonly string[]): void {
    // Several lines that were pasted at once are one entry of the history, and told at each of them.
    if (this.#lastNumber === number && this.isOpen && this.#options.shell === 'bash') {
      this.#running = { number, since: this.#options.now() };
      return;
    }
    this.#running = { number, since: this.#options.now() };
    this.#lastNumber = number;
    [this.#printed, this.#length] = [[], 0];
    this.#options.onTold({
      type: 'started',
      code: decodeField(code),
      folder: decodeField(folder),
      alias: decodeField(alias),
      isFunction: kind === 'function',
    });
  }

  #prompt([number = '', status = '0', text]: readonly string[]): void {
    const { now, onTold } = this.#options;
    if (this.#running !== undefined) {
      const printed = Buffer.concat(this.#printed).toString('utf8');
      const milliseconds = Math.round(now() - this.#running.since);
      const edited = this.#files.map(({ path, absolute, before }) => {
        const after = readText(absolute);
        return { path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
      });
      onTold({ type: 'ended', exit: Number(status), milliseconds, printed, edited });
    } else if (this.isOpen && number !== this.#lastNumber) {
      for (const line of decodeField(text).split('\n'))
        if (/^\s*#/.test(line)) onTold({ type: 'noted', text: line.replace(/^\s*#+ ?/, '') });
    }
    this.#running = undefined;
    this.#files = [];
    this.#lastNumber = number;
    this.isOpen = true;
  }
}

function readText(path: string): string | undefined {
  try {
    if (statSync(path).size > longestFile) return undefined;
    const bytes = readFileSync(path);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
