// Owns finding the command that a bash tells of, in its own words, as its author wrote it.
import { readShell, wordText } from './reader/read-shell.ts';
import type { ShellCode, ShellCommand } from './reader/shell-code.ts';

/** A command of a block's code. */
export interface PlacedCommand {
  /** One-based. */
  readonly line: number;
  readonly command: string;
}

/**
 * The same place in the author's words, where that is plain. Of a pipeline bash names the last command, whichever of its
 * commands has failed; a command that holds `$(…)` over several lines, and a subshell, it places at their last line.
 */
export function writtenCommand(code: string, told: PlacedCommand): PlacedCommand {
  const read = readShell(code);
  if (read.open !== undefined) return told;
  const found = read.commands.filter(
    (command) => lineOf(code, command.start) <= told.line && told.line <= lineOf(code, command.end),
  );
  const named = found.filter((command) => isNamedBy(read, command, told.command));
  const [only] = named;
  if (only === undefined || named.length > 1) return told;
  const first = read.commands.find(({ pipeline }) => pipeline === only.pipeline);
  const start = first && startOf(read, first);
  if (start === undefined) return told;
  const isPipeline = first !== only;
  return {
    line: lineOf(code, start),
    command: isPipeline ? code.slice(start, only.end) : told.command,
  };
}

/** Whether bash would name it by these words: it writes blanks and `$(…)` in its own way. */
function isNamedBy(read: ShellCode, command: ShellCommand, words: string): boolean {
  const start = startOf(read, command);
  if (start === undefined || isFollowed(read, command)) return false;
  const text = read.code.slice(start, command.end);
  const head = (whole: string): string => whole.replace(/\$\([\s\S]*$/, '$(').replaceAll(/\s+/g, '');
  return head(text) === head(words);
}

/** Whether another command of its pipeline stands behind it. */
function isFollowed({ commands }: ShellCode, { pipeline, start }: ShellCommand): boolean {
  return commands.some((other) => other.pipeline === pipeline && other.start > start);
}

/** Where it begins, behind its keywords; undefined where it is nothing else. */
function startOf(read: ShellCode, { words, redirects }: ShellCommand): number | undefined {
  const first = words.find((word) => word.role !== 'keyword' || wordText(read, word) === '[[');
  const [redirect] = redirects;
  if (first === undefined) return redirect?.start;
  return redirect === undefined ? first.start : Math.min(first.start, redirect.start);
}

function lineOf(code: string, offset: number): number {
  return code.slice(0, offset).split('\n').length;
}
