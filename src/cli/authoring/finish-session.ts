// Owns the end of a recorded session: the page is drafted, shown, changed, checked and written, as its author wishes.
import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { readRunbookFile } from '../../engine/disk/read-runbook-file.ts';
import { replaceFile } from '../../engine/disk/replace-file.ts';
import type { RecordedShell } from '../../engine/recording/hooked-start.ts';
import { typedWord } from '../../languages/shell/shell-quote.ts';
import { draftPage } from '../../run/drafting/draft-page.ts';
import { type Draft, draftSteps } from '../../run/drafting/draft-steps.ts';
import type { SessionEntry } from '../../run/drafting/session-entry.ts';
import { suggestInputs } from '../../run/drafting/suggest-inputs.ts';
import { valuesLeft } from '../../run/drafting/values-left.ts';
import { editorOf, editText } from '../../surfaces/edit-text.ts';
import { askYesOrNo } from '../../surfaces/prompt/ask-yes-or-no.ts';
import { askOutsideRun, ownTerminal, type PrompterSession } from '../../surfaces/prompt/open-prompter.ts';
import { visibleText } from '../../text/visible-text.ts';
import { counted } from '../../view/words/quoted.ts';
import { checkLoaded } from '../checking/check-page.ts';
import { exitCode } from '../exit-code.ts';
import { loadRunbookText } from '../load/load-runbook.ts';
import { complain } from '../report-diagnostics.ts';
import { mayColour, writeMessage, writeResult } from '../write-result.ts';

/** What is known of the page before its author is asked. */
export interface FinishOptions {
  readonly file?: string;
  readonly title?: string;
  readonly input: Readonly<Record<string, string>>;
}

/** What a page is made of. */
export interface TypedSession {
  readonly shell: RecordedShell;
  /** Where it was typed. */
  readonly folder: string;
  readonly entries: readonly SessionEntry[];
  /** What is said where nothing is written: how to come to the page again. */
  readonly again: string;
  /** Called once it is a page, or nothing to be made one of. */
  readonly done: () => void;
}

/** Lines that are told one by one. */
const mostLeft = 20;

type Wish = 'write' | 'edit' | 'show' | 'leave';

/** Makes a page of a session; gives the exit code. */
export async function finishSession(session: TypedSession, options: FinishOptions): Promise<number> {
  const draft = draftOf(session);
  if (draft === undefined) return exitCode.succeeded;
  const leave = (): number => {
    writeMessage(`Nothing was written; ${session.again}\n`);
    return exitCode.succeeded;
  };
  const asked = await askFacts(draft, options);
  if (asked === undefined) return leave();
  const { file } = asked;
  let page = pageOf(draft, session, asked);
  show(page);
  tellLeft(page, asked.inputs);
  for (;;) {
    tellWrong(file, page);
    const wish = await askWish(file);
    if (wish === 'leave') return leave();
    if (wish === 'write') break;
    if (wish === 'show') show(page);
    else {
      const edited = await editText(page, { editor: editorOf(process.env), extension: '.md' });
      if (edited === undefined) writeMessage('The editor ended with an error; the page is unchanged.\n');
      else page = edited;
    }
  }
  return write(file, page, leave, session.done);
}

/** Prints the page that a session comes to, where nobody can be asked; gives the exit code. */
export function printSession(session: TypedSession, title: string, inputs: FinishOptions['input']): number {
  const draft = draftOf(session);
  if (draft === undefined) return exitCode.succeeded;
  const page = pageOf(draft, session, { title, file: 'draft.md', inputs });
  writeResult(page);
  tellLeft(page, inputs);
  return exitCode.succeeded;
}

/** Undefined where there is nothing to make a page of, which is said then. */
function draftOf({ entries, done }: TypedSession): Draft | undefined {
  const draft = draftSteps(entries);
  tellLeftOut(draft);
  if ([draft.preconditions, draft.steps, draft.validation].some((steps) => steps.length > 0)) return draft;
  writeMessage('Nothing that was typed can be a step, so no page was made.\n');
  done();
  return undefined;
}

function pageOf(draft: Draft, { shell, folder }: TypedSession, { title, file, inputs }: Facts): string {
  const cwd = folderFrom(file, folder);
  return draftPage(draft, {
    title,
    ...(shell !== 'bash' && { shell }),
    ...(cwd !== undefined && { cwd }),
    inputs,
  });
}

interface Facts {
  readonly title: string;
  readonly file: string;
  readonly inputs: Readonly<Record<string, string>>;
}

function askFacts(draft: Draft, { file, title, input }: FinishOptions): Promise<Facts | undefined> {
  return askOutsideRun(ownTerminal(), undefined, async (session) => {
    const named = title ?? (await askLine(session, 'Title of the page', titleOfFile(file)));
    const path = file ?? (await askLine(session, 'Where it is written', `${slugOf(named)}.md`));
    const inputs = { ...input };
    for (const suggested of suggestInputs(draft)) {
      const { name, value, commands } = suggested;
      if (Object.values(inputs).includes(value) || name in inputs) continue;
      const where = counted(commands, 'command');
      const message = `\`${visibleText(value)}\` is in ${where}. Ask for it as the input ${name}?`;
      if (await askYes(session, message)) inputs[name] = value;
    }
    return { title: named, file: path, inputs };
  });
}

async function askLine({ prompter, signal }: PrompterSession, message: string, initial: string) {
  const said = await prompter.askText(message, signal, initial);
  return said === '' ? initial : said;
}

function askYes({ prompter, signal }: PrompterSession, message: string): Promise<boolean> {
  const choices = [
    { key: 'y', label: 'yes', value: true },
    { key: 'n', label: 'no', value: false },
  ];
  return prompter.choose({ message, choices, layout: 'keys' }, signal);
}

function askWish(file: string): Promise<Wish> {
  const choices = [
    { key: 'w', label: 'write', value: 'write' as const },
    { key: 'e', label: 'edit', value: 'edit' as const },
    { key: 's', label: 'show', value: 'show' as const },
    { key: 'q', label: 'leave', value: 'leave' as const },
  ];
  return askOutsideRun<Wish>(ownTerminal(), 'leave', ({ prompter, signal }) =>
    prompter.choose({ message: `The page \`${visibleText(file)}\`:`, choices, layout: 'keys' }, signal),
  );
}

async function write(file: string, page: string, leave: () => number, written: () => void): Promise<number> {
  const refuseToWrite = (message: string, help: string | undefined): number => {
    complain(message, help);
    leave();
    return exitCode.usage;
  };
  const isThere = existsSync(file);
  if (isThere && !(await askYesOrNo(`\`${visibleText(file)}\` is there already. Replace it?`)))
    return leave();
  const read = isThere ? readRunbookFile(file) : undefined;
  if (read !== undefined && !read.ok) return refuseToWrite(read.error.message, read.error.help);
  const replaced = await replaceFile(file, new TextEncoder().encode(page), read?.value.identity ?? 'absent');
  if (!replaced.ok) return refuseToWrite(replaced.error.message, replaced.error.help);
  written();
  writeMessage(
    `${visibleText(file)} written; run it with \`runsheet run ${visibleText(typedWord(file))}\`\n`,
  );
  return exitCode.succeeded;
}

function show(page: string): void {
  const lines = page.split('\n').map(visibleText);
  writeMessage(`\n${lines.join('\n')}\n`);
}

function tellWrong(file: string, page: string): void {
  const loaded = loadRunbookText(file, new TextEncoder().encode(page));
  const colours = mayColour(process.stderr, process.env) ? 'coloured' : 'plain';
  for (const { rendered } of checkLoaded(file, loaded, { text: colours }).findings)
    writeMessage(`${rendered}\n`);
}

function tellLeftOut({ leftOut, remarks }: Draft): void {
  tellWhy(leftOut);
  for (const remark of remarks) writeMessage(`note: ${visibleText(remark)}\n`);
}

/** The value that a person has named an input by, where it is a part of a longer word: whether that is it, too, they know. */
function tellLeft(page: string, inputs: Facts['inputs']): void {
  const left = valuesLeft(page, inputs);
  for (const { name, value, line, text } of left.slice(0, mostLeft))
    writeMessage(
      `note: line ${line} still holds \`${visibleText(value)}\`, the value of ${name}: \`${visibleText(text)}\`\n`,
    );
  if (left.length > mostLeft) writeMessage(`note: and ${counted(left.length - mostLeft, 'more line')}\n`);
}

/** What was typed and is no step, and why. */
export function tellWhy(leftOut: Draft['leftOut']): void {
  for (const { code, why } of leftOut) writeMessage(`left out: \`${oneLine(code)}\`: ${visibleText(why)}\n`);
}

function oneLine(code: string): string {
  return visibleText(code.trim().replace(/\s*\n\s*/g, ' ⏎ '));
}

/** A folder as a page names it, from its own; absent where that is the same. */
function folderFrom(file: string, folder: string): string | undefined {
  const path = relative(dirname(resolve(file)), folder);
  if (path === '') return undefined;
  return /^(?:\.\.\/){3}/.test(`${path}/`) ? folder : path;
}

function titleOfFile(file: string | undefined): string {
  const name = file?.replace(/^.*\//, '').replace(/\.\w+$/, '') ?? '';
  const words = name.replaceAll(/[-_]+/g, ' ').trim();
  return words === '' ? 'Recorded session' : words[0]?.toUpperCase() + words.slice(1);
}

function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\d]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  return slug === '' ? 'runbook' : slug;
}
