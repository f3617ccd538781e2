// Owns what is told of the command at which a block ended: where it stands, and whether the rest can be run alone.
import { readStatements, type Statement } from '../../languages/shell/read-statements.ts';
import { writtenCommand } from '../../languages/shell/written-command.ts';
import type { ExecutionRequest } from '../../run/executor.ts';
import type { CodePlace, FailedCommand } from '../../run/failed-command.ts';
import type { BlockItem } from '../../run/plan.ts';

/** A command may hold a here-document of any size; the record needs to tell it from others. */
const commandLimit = 500;

/** Where a strict block ended, as its shell tells it. */
export interface FailedAt {
  /** One-based, of the code that was run. */
  readonly line: number;
  readonly command: string;
}

/** The command in the author's own lines; `isCarried` says that the shell's state at that moment is that of the run. */
export function failedCommand(
  request: ExecutionRequest,
  { line, command }: FailedAt,
  isCarried: boolean,
): FailedCommand<string> {
  const { item, code, fromLine } = request;
  const written = writtenCommand(code, { line, command });
  const rest = isCarried && restKeepsItsMeaning(item) ? restFrom(code, line, fromLine) : undefined;
  return {
    ...placeOf(request, written.line),
    command: shortened(written.command),
    ...(rest !== undefined && { rest: placeOf(request, rest) }),
  };
}

export function shortened(command: string): string {
  return command.length > commandLimit ? `${command.slice(0, commandLimit)}…` : command;
}

export function placeOf({ item, isEdited }: ExecutionRequest, blockLine: number): CodePlace {
  if (isEdited) return { blockLine };
  const line = item.codeLines?.[blockLine - 1] ?? item.line + blockLine;
  return { line, ...(item.file !== undefined && { file: item.file }), blockLine };
}

/**
 * Whether commands that belong to the block have not run, though its exit code is one that counts as success: such a
 * code is meant of the block's end. A line in a function is of whoever calls it, which the last statement does where
 * there is but one.
 */
export function isBeforeItsEnd(code: string, { line }: Pick<FailedAt, 'line'>): boolean {
  const statements = readStatements(code);
  if (statements === undefined) return false;
  const last = statements.at(-1);
  const isInFunction = statements.some((one) => one.definesFunction && covers(one, line));
  if (isInFunction) return statements.filter(({ definesFunction }) => !definesFunction).length > 1;
  return last !== undefined && line < last.firstLine;
}

/** The end of a block alone prints less, and begins where `cwd` says and not where the block had gone. */
function restKeepsItsMeaning({ captures, expect, cwd, background }: BlockItem): boolean {
  return captures === undefined && expect.length === 0 && cwd === undefined && !background;
}

/** The line at which the command that failed begins, in a block that is nothing but one command after the other. */
function restFrom(code: string, line: number, fromLine: number | undefined): number | undefined {
  const statements = readStatements(code);
  if (statements === undefined || !statements.every(({ isPlain }) => isPlain)) return undefined;
  const failed = statements.filter((one) => covers(one, line));
  const [first] = failed;
  if (first === undefined || failed.length > 1) return undefined;
  const before = statements[statements.indexOf(first) - 1];
  if (before === undefined) return fromLine;
  return before.lastLine < first.firstLine ? first.firstLine : undefined;
}

function covers({ firstLine, lastLine }: Statement, line: number): boolean {
  return firstLine <= line && line <= lastLine;
}
