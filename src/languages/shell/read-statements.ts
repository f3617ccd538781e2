// Owns which statements a block of shell code is a sequence of, by their lines.
import { partitionPoint } from '../../basics/partition-point.ts';
import { readShell, wordText } from './reader/read-shell.ts';
import type { ShellCode, ShellCommand, ShellPipeline } from './reader/shell-code.ts';

/** What stands at the top of a block between two separators: `a | b && c`, a loop, the definition of a function. */
export interface Statement {
  /** One-based, like the last one; those of its here-documents belong to it. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** It is no loop, condition, group, function or subshell. */
  readonly isPlain: boolean;
  readonly definesFunction: boolean;
}

/** The statements of a block; undefined for code that is not whole. */
export function readStatements(code: string): readonly Statement[] | undefined {
  const read = readShell(code);
  return read.open === undefined ? statementsOf(read) : undefined;
}

const opening = new Set(['if', 'while', 'until', 'for', 'select', 'case', '{']);
const closing = new Set(['fi', 'done', 'esac', '}']);
const harmless = new Set(['!', 'time']);
/** What they leave is not carried to the next block: descriptors, jobs, what runs at the end. */
const lasting = new Set(['exec', 'trap', 'coproc', 'wait']);

interface Draft {
  readonly start: number;
  end: number;
  isPlain: boolean;
  definesFunction: boolean;
}

function statementsOf(read: ShellCode): readonly Statement[] {
  const lineOf = lineFinder(read.code);
  const drafts: Draft[] = [];
  let depth = 0;
  let goesOn = false;
  let pipeline: ShellPipeline | undefined;
  for (const command of read.commands) {
    const root = rootOf(command.pipeline);
    const last = drafts.at(-1);
    const isInside =
      last !== undefined &&
      (root === pipeline || depth > 0 || (goesOn && !hasCalculation(read, last.end, command.start)));
    const draft: Draft = isInside
      ? last
      : { start: command.start, end: command.end, isPlain: true, definesFunction: false };
    if (!isInside) drafts.push(draft);
    const isNested = command.pipeline.parent !== undefined;
    // A nested command that no word of the statement covers stands in a subshell; elements of an array are no command.
    const isCovered = isInside && command.start < draft.end && root === pipeline;
    if (isNested && !isCovered && command.words[0]?.role !== 'element') draft.isPlain = false;
    draft.end = Math.max(draft.end, endOf(command));
    if (!isPlainCommand(read, command)) draft.isPlain = false;
    if (!isNested) {
      const keywords = keywordsOf(read, command);
      depth += keywords.filter((word) => opening.has(word)).length;
      depth = Math.max(0, depth - keywords.filter((word) => closing.has(word)).length);
      if (command.pipeline.terminator === '()' || keywords[0] === 'function') draft.definesFunction = true;
    }
    pipeline = root;
    goesOn = ['&&', '||', '()'].includes(root.terminator ?? '') || endsWithFunctionHead(read, command);
  }
  return drafts.map(({ start, end, isPlain, definesFunction }) => ({
    firstLine: lineOf(start),
    lastLine: lineOf(Math.max(start, end - 1)),
    isPlain,
    definesFunction,
  }));
}

function rootOf(pipeline: ShellPipeline): ShellPipeline {
  let root = pipeline;
  while (root.parent !== undefined) root = root.parent;
  return root;
}

/** The end of a command's last word, or of the last here-document that belongs to it. */
function endOf({ end, redirects }: ShellCommand): number {
  return redirects.reduce(
    (last, { hereDocument }) => Math.max(last, (hereDocument?.bodyEnd ?? 0) + (hereDocument ? 1 : 0)),
    end,
  );
}

function isPlainCommand(read: ShellCode, command: ShellCommand): boolean {
  if (command.pipeline.terminator === '&' || command.pipeline.terminator === '()') return false;
  if (keywordsOf(read, command).some((word) => !harmless.has(word))) return false;
  return command.words.every(
    (word) => (word.role !== 'name' && word.role !== 'wrapper') || !lasting.has(wordText(read, word)),
  );
}

function keywordsOf(read: ShellCode, { words }: ShellCommand): readonly string[] {
  return words.filter(({ role }) => role === 'keyword').map((word) => wordText(read, word));
}

/** Whether `((…))` stands there, which is a command without words. */
function hasCalculation({ pieces }: ShellCode, from: number, to: number): boolean {
  return pieces.some(({ kind, start }) => kind === 'arithmetic' && start >= from && start < to);
}

/** `function name` without brackets: the body follows. */
function endsWithFunctionHead(read: ShellCode, command: ShellCommand): boolean {
  const keywords = keywordsOf(read, command);
  return keywords[0] === 'function' && command.words.length === keywords.length && keywords.length === 2;
}

/** Gives the one-based line of an offset of the code. */
export function lineFinder(code: string): (offset: number) => number {
  const starts = [0];
  for (let at = code.indexOf('\n'); at !== -1; at = code.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) =>
    Math.max(
      1,
      partitionPoint(starts, (start) => start <= offset),
    );
}
