// Owns telling prompted commands from the output shown below them.
import { looksLikeCommand } from './looks-like-command.ts';
import { ShellReader } from './reader/shell-reader.ts';

export interface Transcript {
  /** The commands without their prompts, one below the other. */
  readonly commands: string;
  /** The other lines. */
  readonly output: string;
  /** Zero-based numbers of the lines that the commands were taken from, in their order. */
  readonly commandLines: ReadonlySet<number>;
}

/**
 * Splits a shell block whose first command stands behind a `$ ` prompt, whatever its label. `# ` is a comment;
 * it is a prompt only in a `transcript` (a block labelled console or shell-session) whose every command carries
 * it. `undefined` when nothing is prompted.
 */
export function splitTranscript(code: string, transcript: boolean): Transcript | undefined {
  const lines = code.split('\n');
  const first = lines.find((line) => line.trim() !== '' && !line.startsWith('#'));
  if (first !== undefined && /^\$(?: |$)/.test(first)) return split(lines, '$');
  if (transcript && everyCommandIsRoots(lines)) return split(lines, '#');
  return undefined;
}

/** True when `# ` lines are commands and no line without it looks like one. */
function everyCommandIsRoots(lines: readonly string[]): boolean {
  const first = lines.find((line) => line.trim() !== '');
  if (first === undefined || !first.startsWith('# ')) return false;
  const { commands, output } = split(lines, '#');
  return (
    commands.split('\n').some(looksLikeCommand) &&
    promptedOf(lines).every(looksLikeCommand) &&
    !output.split('\n').some(looksLikeCommand)
  );
}

function promptedOf(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.startsWith('# ')).map((line) => line.slice(2));
}

function split(lines: readonly string[], prompt: '$' | '#'): Transcript {
  const commands: string[] = [];
  const output: string[] = [];
  const commandLines = new Set<number>();
  /** Reads the command that goes on in the next line, if one does. */
  let reader: ShellReader | undefined;
  for (const [index, line] of lines.entries()) {
    const isPrompted = line === prompt || line.startsWith(`${prompt} `);
    // A prompt in the middle of a command that never ended: the author's quotes do not balance.
    if (line.startsWith(`${prompt} `) && !reader?.isInHereDocument) reader = undefined;
    if (reader === undefined && !isPrompted) {
      output.push(line);
      continue;
    }
    const command = reader === undefined ? line.slice(2) : withoutSecondPrompt(line);
    commands.push(command);
    commandLines.add(index);
    reader ??= new ShellReader();
    reader.feed(`${command}\n`);
    if (reader.open === undefined) reader = undefined;
  }
  return { commands: commands.join('\n'), output: trimBlankLines(output).join('\n'), commandLines };
}

/** The line without the `> ` that shells show where a command goes on. */
function withoutSecondPrompt(line: string): string {
  return line.startsWith('> ') ? line.slice(2) : line === '>' ? '' : line;
}

function trimBlankLines(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first === -1) return [];
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(first, last + 1);
}
