// Owns what shell code does about sessions: the one that it opens and leaves open, and the end of one.
import { commandTable } from '../commands/command-table.ts';
import { shellCommands } from '../commands/find-effect.ts';
import type { ReadCommand } from '../commands/read-command.ts';

/** A session that code opens, in UTF-16 offsets of it. */
export interface OpenedSession {
  /** The command, as far as it stands on its line. */
  readonly text: string;
  readonly start: number;
  /** Commands stand behind it that would be typed into it. */
  readonly hasCommands: boolean;
  /** It is over before the code is. */
  readonly isClosed: boolean;
}

let programs: ReadonlySet<string> | undefined;

/** Programs that can open a session; most code has none of them. */
function sessionPrograms(): ReadonlySet<string> {
  programs ??= new Set(
    commandTable.flatMap(({ programs: all }) =>
      all.flatMap(({ name, opensSession }) => (opensSession === undefined ? [] : name.split(' '))),
    ),
  );
  return programs;
}

/** The first session that shell code opens; `undefined` where it opens none. */
export function readSession(code: string): OpenedSession | undefined {
  const names = sessionPrograms();
  if (!code.split(/[^\w.-]+/).some((word) => names.has(word))) return undefined;
  const { commands } = shellCommands(code);
  const inner = commands.find(
    ({ effects, isInBackground }) => effects.has('opens-session') && !isInBackground,
  );
  if (inner === undefined) return undefined;
  const outer = commands.find(({ start, end }) => start <= inner.start && end >= inner.end) ?? inner;
  const newline = code.indexOf('\n', outer.end);
  const behind = newline === -1 ? [] : commands.filter(({ start }) => start > newline);
  const end = behind.findIndex(endsSession);
  const text = code.slice(outer.start, outer.end).split('\n', 1)[0] ?? '';
  return {
    text,
    start: outer.start,
    hasCommands: end === -1 ? behind.length > 0 : end > 0,
    isClosed: end !== -1,
  };
}

/** Whether code ends a session that was open before it. */
export function closesSession(code: string): boolean {
  return /^\s*(?:exit|logout|quit|\\q|\.quit|\.exit)\s*;?\s*(?:#.*)?$/m.test(code);
}

function endsSession({ words }: ReadCommand): boolean {
  return words.length === 1 && closesSession(words[0] ?? '');
}
