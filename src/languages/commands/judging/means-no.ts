// Owns which exit codes of a condition mean no, and are no failure of it.
import { readShell, wordText } from '../../shell/reader/read-shell.ts';
import { programName } from '../command-table.ts';

interface NoAnswer {
  readonly program: string;
  /** Matches one of its arguments. */
  readonly argument: RegExp;
  readonly exitCode: number;
}

/** What these programs answer by another exit code than 1, as their manual pages have it. */
const noAnswers: readonly NoAnswer[] = [
  { program: 'systemctl', argument: /^(?:is-active|is-enabled|status)$/, exitCode: 3 },
  { program: 'service', argument: /^status$/, exitCode: 3 },
  { program: 'getent', argument: /^/, exitCode: 2 },
  { program: 'mountpoint', argument: /^/, exitCode: 32 },
];

/**
 * Whether a condition that has ended with this code says no: by 1, or by what its one command is known to say instead,
 * such as `systemctl is-active` with 3. Where several commands might have ended it, anything but 1 is no answer.
 */
export function meansNo(condition: string, exitCode: number | null): boolean {
  if (exitCode === 1) return true;
  const known = noAnswers.filter((answer) => answer.exitCode === exitCode);
  if (!known.some(({ program }) => condition.includes(program))) return false;
  const shell = readShell(condition);
  const [command, ...others] = shell.commands;
  if (command === undefined || others.length > 0) return false;
  if (command.words.some(({ role }) => role === 'keyword')) return false;
  const texts = (wanted: string): string[] =>
    command.words.filter(({ role }) => role === wanted).map((word) => wordText(shell, word));
  const [name = ''] = texts('name');
  return known.some(
    ({ program, argument }) =>
      programName(name) === program && texts('argument').some((text) => argument.test(text)),
  );
}
