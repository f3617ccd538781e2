// Owns turning what was typed in a session into the steps of a page.

import { shellCommands } from '../../languages/commands/find-effect.ts';
import { onlyLooks } from '../../languages/commands/judging/only-looks.ts';
import { languageOf } from '../../languages/languages.ts';
import { silentReads } from '../../languages/shell/reader/silent-reads.ts';
import { placeholderOf } from './put-variable.ts';
import type { CommandEntry, EditedFile, SessionEntry } from './session-entry.ts';

/** A block of a page that is still to be written. */
export interface DraftBlock {
  /** Of a command: shell code. Of a file: what it is to hold. */
  readonly code: string;
  /** The file that the block is, as it was typed. */
  readonly file?: string;
  readonly isInteractive?: true;
  readonly check?: string;
  /** What stands behind the fence, as the page has it that the command was changed in. */
  readonly info?: string;
  readonly output: readonly string[];
}

/** A step of such a page. */
export interface DraftStep {
  /** What was typed before it; absent where nothing was. */
  readonly title?: string;
  readonly prose: readonly string[];
  readonly blocks: readonly DraftBlock[];
  /** In the order in which they were typed. */
  readonly undo: readonly string[];
  readonly verify: readonly string[];
}

/** A command that did not come into the page, and why. */
export interface LeftOut {
  readonly code: string;
  readonly why: string;
}

/** What a session comes to. */
export interface Draft {
  readonly preconditions: readonly DraftStep[];
  readonly steps: readonly DraftStep[];
  readonly validation: readonly DraftStep[];
  readonly leftOut: readonly LeftOut[];
  /** What is to be said of what did come into it. */
  readonly remarks: readonly string[];
  /** Secrets that are inputs of the page. */
  readonly secrets: readonly string[];
}

const housekeeping =
  /^(?:clear|reset|exit|logout|history|fc|fg|bg|jobs|alias|runsheet)(?:\s[^;&|]*)?$|^(?::|true)$/;
const interruptedExit = 130;

/** The steps of a session: what a run would do again, in the order in which it was done. */
export function draftSteps(entries: readonly SessionEntry[]): Draft {
  const builder = new StepBuilder(entries);
  entries.forEach((entry, index) => {
    if (entry.kind === 'note') builder.note(entry.text);
    else builder.command(entry, index);
  });
  return builder.finish();
}

type OpenStep = { -readonly [Key in keyof DraftStep]: DraftStep[Key] };

class StepBuilder {
  readonly #entries: readonly SessionEntry[];
  readonly #steps: OpenStep[] = [];
  readonly #leftOut: LeftOut[] = [];
  readonly #remarks: string[] = [];
  readonly #secrets = new Set<string>();
  #notes: string[] = [];

  constructor(entries: readonly SessionEntry[]) {
    this.#entries = entries;
  }

  note(text: string): void {
    const [, kind, said = ''] = /^(undo|check|verify):\s*(.*)$/s.exec(text) ?? [];
    const last = this.#steps.at(-1);
    if (kind === undefined) {
      if (text.trim() !== '') this.#notes.push(text.trim());
    } else if (said === '' || last === undefined || this.#notes.length > 0) {
      const why = said === '' ? 'nothing follows it' : 'no command comes before it';
      this.#leftOut.push({ code: text, why });
    } else if (kind === 'undo') last.undo = [...last.undo, said];
    else if (kind === 'verify') last.verify = [...last.verify, said];
    else this.#check(said, last);
  }

  command(entry: CommandEntry, index: number): void {
    const { code } = entry;
    const secrets = (entry.secrets ?? []).filter((name) => isNamed(entry, name));
    if (housekeeping.test(code.trim())) return;
    const why = this.#whyLeftOut(entry, index);
    if (why !== undefined) {
      this.#leftOut.push({ code, why });
      return;
    }
    const given = givenSecret(code, secrets);
    for (const name of [...secrets, ...(given ?? [])]) this.#secrets.add(name);
    // The run gives it to every block.
    if (given !== undefined) return;
    if (entry.isOwnFunction)
      this.#remarks.push(`\`${firstWord(code)}\` is a function of your own shell, which no run has`);
    this.#addBlocks(blocksOf(entry));
  }

  finish(): Draft {
    // What was said last and led to nothing is for a person.
    if (this.#notes.length > 0) this.#addBlocks([]);
    const steps = this.#steps;
    const first = steps.findIndex((step) => !isLook(step));
    const last = steps.findLastIndex((step) => !isLook(step));
    const only = first === -1;
    return {
      preconditions: only ? [] : steps.slice(0, first),
      steps: only ? steps : steps.slice(first, last + 1),
      validation: only ? [] : steps.slice(last + 1),
      leftOut: this.#leftOut,
      remarks: this.#remarks,
      secrets: [...this.#secrets],
    };
  }

  #check(condition: string, last: OpenStep): void {
    const block = last.blocks.at(-1);
    if (block === undefined || block.file !== undefined || block.info !== undefined || !canQuote(condition)) {
      const why = block?.file === undefined ? 'it cannot be written as an attribute' : 'a file looks itself';
      this.#leftOut.push({ code: `check: ${condition}`, why });
      return;
    }
    last.blocks = [...last.blocks.slice(0, -1), { ...block, check: condition }];
  }

  #addBlocks(blocks: readonly DraftBlock[]): void {
    const last = this.#steps.at(-1);
    const [title, ...prose] = this.#notes;
    this.#notes = [];
    const isSettled = last === undefined || last.undo.length > 0 || last.verify.length > 0;
    if (title === undefined && !isSettled && last.title !== undefined) {
      last.blocks = [...last.blocks, ...blocks];
      return;
    }
    this.#steps.push({ ...(title !== undefined && { title }), prose, blocks, undo: [], verify: [] });
  }

  #whyLeftOut({ code, exit, edited }: CommandEntry, index: number): string | undefined {
    if (exit === undefined) return 'the session ended before it did';
    if (exit === interruptedExit) return 'it was interrupted';
    if (edited?.every(({ before, after }) => before === after && after !== undefined) && edited.length > 0)
      return `nothing was changed in ${edited.map(({ path }) => `\`${path}\``).join(', ')}`;
    if (exit === 0) return undefined;
    const program = programOf(code);
    const passedLater = this.#entries
      .slice(index + 1)
      .some((later) => later.kind === 'command' && later.exit === 0 && programOf(later.code) === program);
    return `it failed with exit ${exit}${passedLater ? `; a later \`${program}\` passed` : ''}`;
  }
}

/** The variables that a command does nothing but give secrets to; undefined for any other. */
function givenSecret(code: string, secrets: readonly string[]): readonly string[] | undefined {
  const silent = silentReads(code);
  if (silent.length > 0) return /^\s*(?:IFS=\s+)?read\s[^;&|]*$/.test(code) ? silent : undefined;
  const [, name] = /^\s*(?:export\s+)?([A-Z_][A-Z\d_]*)=["']*(?:\$\{?\w+\}?|\*{3})["']*\s*$/.exec(code) ?? [];
  return name !== undefined && secrets.includes(name) ? [name] : undefined;
}

/** Whether what comes into the page names a secret, or leaves it out; what only its output held is not asked for. */
function isNamed({ code, edited = [] }: CommandEntry, name: string): boolean {
  const texts = [code, ...edited.map(({ after = '' }) => after)];
  const names = [name, placeholderOf(name)].map((one) => new RegExp(`(?<!\\w)${one}(?!\\w)`));
  return texts.some((text) => text.includes('***') || names.some((one) => one.test(text)));
}

function blocksOf({ code, output, edited = [], isFullScreen, info }: CommandEntry): readonly DraftBlock[] {
  if (info !== undefined) return [{ code, info, output: [] }];
  const texts = edited.filter(isWritten);
  if (edited.length > 0 && texts.length === edited.filter(isChanged).length)
    return texts.map(({ path, after }) => ({ code: after, file: path, output: [] }));
  const { commands } = shellCommands(code);
  const isInteractive =
    isFullScreen === true ||
    commands.some(({ effects }) => effects.has('wants-terminal') || effects.has('opens-session'));
  return [{ code, output: isInteractive ? [] : output, ...(isInteractive && { isInteractive }) }];
}

function isChanged({ before, after }: EditedFile): boolean {
  return before !== after || after === undefined;
}

function isWritten(file: EditedFile): file is EditedFile & { readonly after: string } {
  return isChanged(file) && file.after !== undefined && file.after.trim() !== '';
}

function isLook({ blocks, undo, verify }: DraftStep): boolean {
  if (blocks.length === 0 || undo.length > 0 || verify.length > 0) return false;
  return blocks.every(
    // What stood in a step is one, whatever it does.
    ({ code, file, isInteractive, info }) =>
      file === undefined && !isInteractive && info === undefined && onlyLooks(code, 'sh'),
  );
}

/** Whether what stands behind a fence makes the block one of a shell; nothing there is a command as it was typed. */
export function isShell(info: string | undefined): boolean {
  const [label = ''] = info?.split(/[\s{]/) ?? ['sh'];
  return languageOf(label.toLowerCase())?.family === 'shell';
}

/** What is run, also where `sudo` and its like run it. */
function programOf(code: string): string {
  const commands = shellCommands(code).commands.flatMap(({ words }) => words[0] ?? []);
  const named = commands.find((word) => !/^(?:sudo|doas|env|time|command)$/.test(word));
  return (named ?? firstWord(code)).replace(/^.*\//, '');
}

function firstWord(code: string): string {
  return code.trim().split(/\s+/)[0] ?? '';
}

/** Whether the text can stand in quotes behind `check=`. */
function canQuote(text: string): boolean {
  return !text.includes('\n') && !(text.includes('"') && text.includes("'"));
}
