// Owns what is made of commands that failed in a block and that nothing in it asks for.

import { lineFinder } from '../../languages/shell/read-statements.ts';
import { readShell, wordText } from '../../languages/shell/reader/read-shell.ts';
import type { ShellCode, ShellCommand } from '../../languages/shell/reader/shell-code.ts';
import type { UnheardFailure } from '../../languages/shell/unheard-failure.ts';
import type { FailureReason } from '../../run/event.ts';
import type { ExecutionRequest } from '../../run/executor.ts';
import type { FailedCommand } from '../../run/failed-command.ts';
import { placeOf, shortened } from './failed-command.ts';
import type { Attempt } from './run-attempt.ts';

/** Loops may pass over thousands. */
const mostTold = 3;

/** Of whose answer the command around them makes something itself. */
const asking: ReadonlySet<string> = new Set(['[', '[[', 'case', 'test']);

/** Their exit code 1 says that nothing was found, or that there is a difference. */
const looking: ReadonlySet<string> = new Set(
  '[ [[ ack ag cmp command diff egrep expr fgrep git grep hash pgrep pidof rg test type which zgrep'.split(
    ' ',
  ),
);

/** A command that failed, and that nothing in its block asks for. */
interface PassedOver {
  readonly exitCode: number;
  readonly at: FailedCommand<string>;
}

/**
 * What is to be made of what a block went past, which has ended as `failure` says: why it fails all the same, and the words
 * for whoever reads that it has passed.
 */
export function passedOver(
  request: ExecutionRequest,
  attempt: Pick<Attempt, 'unheard'>,
  failure: FailureReason<string> | undefined,
): { readonly failure: FailureReason<string> | undefined; readonly warnings: readonly string[] } {
  if (failure !== undefined || request.item.looks || request.purpose === 'condition')
    return { failure, warnings: [] };
  const passed = placesPassed(request, attempt);
  const ofCheck = failureOfCheck(request, passed);
  return { failure: ofCheck, warnings: ofCheck === undefined ? unheardWords(passed) : [] };
}

/** Each place once, in the order in which that happened. */
function placesPassed(request: ExecutionRequest, { unheard = [] }: Pick<Attempt, 'unheard'>): PassedOver[] {
  if (unheard.length === 0) return [];
  const told = new Map(unheard.map((one) => [`${one.exitCode} ${one.line} ${one.command}`, one]));
  const read = readShell(request.code);
  const lineOf = lineFinder(read.code);
  const lines = read.commands.map((command) => ({
    command,
    first: lineOf(command.start),
    last: lineOf(command.end),
  }));
  const found = new Map<string, PassedOver>();
  for (const failure of told.values()) {
    const { line } = failure;
    const there = lines.flatMap((one) => (one.first <= line && line <= one.last ? [one.command] : []));
    const command = commandOf(read, there, failure);
    if (command === undefined) continue;
    const at = { ...placeOf(request, line), command };
    found.set(`${at.blockLine} ${command}`, { exitCode: failure.exitCode, at });
  }
  return [...found.values()];
}

/**
 * A check that went past a failure has not shown what it is there for, unless what it prints is compared; steps go on, as
 * their shell does.
 */
function failureOfCheck(
  { item }: ExecutionRequest,
  [first]: readonly PassedOver[],
): FailureReason<string> | undefined {
  const checks = item.phase === 'preconditions' || item.phase === 'validation';
  if (!checks || item.expect.length > 0 || first === undefined) return undefined;
  return { type: 'exit', code: first.exitCode, at: first.at, isUnheard: true };
}

function unheardWords(passed: readonly PassedOver[]): string[] {
  const words = passed.slice(0, mostTold).map(({ exitCode, at: { line, file, blockLine, command } }) => {
    const place = line === undefined ? `line ${blockLine} of the edited command` : `line ${line}`;
    const of = file === undefined ? '' : ` of \`${file}\``;
    return `it went on past exit ${exitCode} at ${place}${of}, which nothing asks for: \`${command}\``;
  });
  const more = passed.length - mostTold;
  return more > 0 ? [...words, `and past ${more} more`] : words;
}

/** The command that failed, or its line where the shell does not name it; nothing where its exit code is an answer. */
function commandOf(
  read: ShellCode,
  at: readonly ShellCommand[],
  { line, command, exitCode }: UnheardFailure,
): string | undefined {
  const inside = at.filter(
    (one) =>
      one.pipeline.parent !== undefined &&
      (command === '' || firstWord(textOf(read, one)) === firstWord(command)),
  );
  const asks = (one: ShellCommand): boolean =>
    commandsAround(at, one).some((outer) => asking.has(nameOf(read, outer)));
  const looks = (words: string): boolean => exitCode === 1 && looking.has(firstWord(words));
  if (inside.length > 0 && inside.every((one) => asks(one) || looks(textOf(read, one)))) return undefined;
  if (looks(command)) return undefined;
  const [only] = inside;
  const words = command !== '' || only === undefined || inside.length > 1 ? command : textOf(read, only);
  const [first = '', ...more] = (words || (read.code.split('\n')[line - 1] ?? '')).trim().split('\n');
  return shortened(more.length > 0 ? `${first} …` : first);
}

/** Those that it is a part of. */
function commandsAround(commands: readonly ShellCommand[], inner: ShellCommand): ShellCommand[] {
  const pipelines = new Set();
  for (let at = inner.pipeline.parent; at !== undefined; at = at.parent) pipelines.add(at);
  return commands.filter(
    ({ pipeline, start, end }) => pipelines.has(pipeline) && start <= inner.start && inner.start < end,
  );
}

function nameOf(read: ShellCode, { words }: ShellCommand): string {
  const name = words.find((word) => word.role === 'name' || asking.has(wordText(read, word)));
  return name === undefined ? '' : wordText(read, name);
}

function textOf(read: ShellCode, { words, end }: ShellCommand): string {
  const first = words.find(({ role }) => role !== 'keyword');
  return first === undefined ? '' : read.code.slice(first.start, end);
}

function firstWord(command: string): string {
  return /^\S*/.exec(command)?.[0] ?? '';
}
