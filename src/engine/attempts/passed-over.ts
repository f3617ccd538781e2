// Owns what is made of commands that failed in a block and that nothing in it asks for.

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

/** What a block went past, each place once, in the order in which that happened. */
export function passedOver(
  request: ExecutionRequest,
  { unheard = [] }: Pick<Attempt, 'unheard'>,
): PassedOver[] {
  if (unheard.length === 0) return [];
  const read = readShell(request.code);
  const found = new Map<string, PassedOver>();
  for (const failure of unheard) {
    const command = commandOf(read, failure);
    if (command === undefined) continue;
    const at = { ...placeOf(request, failure.line), command };
    found.set(`${at.blockLine} ${command}`, { exitCode: failure.exitCode, at });
  }
  return [...found.values()];
}

/**
 * A check that went past a failure has not shown what it is there for, unless what it prints is compared; steps go on, as
 * their shell does.
 */
export function failureOfCheck(
  { item, purpose }: ExecutionRequest,
  [first]: readonly PassedOver[],
): FailureReason<string> | undefined {
  const checks = item.phase === 'preconditions' || item.phase === 'validation';
  if (!checks || item.expect.length > 0 || purpose === 'condition' || first === undefined) return undefined;
  return { type: 'exit', code: first.exitCode, at: first.at, isUnheard: true };
}

/** What whoever reads that a block has passed should know. */
export function unheardWords(passed: readonly PassedOver[]): string[] {
  const words = passed.slice(0, mostTold).map(({ exitCode, at: { line, file, blockLine, command } }) => {
    const place = line === undefined ? `line ${blockLine} of the edited command` : `line ${line}`;
    const of = file === undefined ? '' : ` of \`${file}\``;
    return `it went on past exit ${exitCode} at ${place}${of}, which nothing asks for: \`${command}\``;
  });
  const more = passed.length - mostTold;
  return more > 0 ? [...words, `and past ${more} more`] : words;
}

/** The command that failed, or its line where the shell does not name it; nothing where its exit code is an answer. */
function commandOf(read: ShellCode, { line, command, exitCode }: UnheardFailure): string | undefined {
  const at = read.commands.filter(
    ({ start, end }) => lineOf(read.code, start) <= line && line <= lineOf(read.code, end),
  );
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

function lineOf(code: string, offset: number): number {
  return code.slice(0, offset).split('\n').length;
}
