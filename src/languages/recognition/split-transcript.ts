// Owns telling what was typed behind a prompt from the output shown below it.
import { ShellReader } from '../shell/reader/shell-reader.ts';
import { looksLikeCommand } from './looks-like-command.ts';
import { type Prompt, readPrompt } from './read-prompt.ts';

export interface Transcript {
  /** What was typed, without its prompts, one below the other. */
  readonly commands: string;
  /** What is shown below it; blank lines before the next prompt are none of it. */
  readonly output: string;
  /** Zero-based numbers of the lines that the commands were taken from, in their order. */
  readonly commandLines: ReadonlySet<number>;
  /** `shell`, or the client that it was typed into: `mysql`, `python` … */
  readonly reader: string;
  /** The machines, containers and clients that the prompts name, each once; none where all are nobody's in particular. */
  readonly places: readonly string[];
}

/**
 * Splits a block whose first line that is no comment stands behind a prompt, whatever its label. `# ` is a comment; it
 * is a prompt only where `mayBeRoots` (a block labelled console or shell-session, or without a label) and every command
 * carries it. `undefined` when nothing is prompted.
 */
export function splitTranscript(code: string, mayBeRoots: boolean): Transcript | undefined {
  const lines = code.split('\n');
  const first = lines.find((line) => line.trim() !== '' && !/^\s*#/.test(line));
  const prompt = first === undefined ? undefined : firstPrompt(first);
  if (prompt !== undefined) return split(lines, prompt);
  if (!mayBeRoots || !everyCommandIsRoots(lines)) return undefined;
  return split(lines, rootPrompt);
}

const rootPrompt: Prompt = { reader: 'shell', length: 2, indent: 0, isBare: true, mark: '#' };

/** The prompt of a line that nothing but comments stand before. */
function firstPrompt(line: string): Prompt | undefined {
  const prompt = readPrompt(line);
  if (prompt === undefined || !prompt.isBare || prompt.mark === '$' || prompt.mark === '%') return prompt;
  const typed = line.slice(prompt.length);
  // `> ` is also a redirection, and the prompt of many clients.
  if (
    /^(?:\\\w|db\.\w)/.test(typed) ||
    /^(?:select|show|create|alter|drop|insert|update|delete|set|use)\s.*;/i.test(typed)
  )
    return { ...prompt, reader: 'sql', place: 'sql' };
  return looksLikeCommand(typed) && /^\w/.test(typed) ? prompt : undefined;
}

/** True when `# ` lines are commands and no line without it looks like one. */
function everyCommandIsRoots(lines: readonly string[]): boolean {
  const first = lines.find((line) => line.trim() !== '');
  if (first === undefined || !first.startsWith('# ')) return false;
  const { commands, output } = split(lines, rootPrompt);
  return (
    commands.split('\n').some(looksLikeCommand) &&
    lines.every((line) => !line.startsWith('# ') || looksLikeCommand(line.slice(2))) &&
    !output.split('\n').some(looksLikeCommand)
  );
}

/** Whether a line is typed behind the same kind of prompt as the first. */
function isPrompted(prompt: Prompt, first: Prompt): boolean {
  if (prompt.isBare && prompt.mark === (first.isBare ? first.mark : '$')) return true;
  return !prompt.isBare && prompt.reader === first.reader;
}

function split(lines: readonly string[], first: Prompt): Transcript {
  const commands: string[] = [];
  const output: string[][] = [];
  const commandLines = new Set<number>();
  const places = new Set<string>();
  const isShell = first.reader === 'shell';
  /** Reads the command that goes on in the next line, if one does. */
  let reader: ShellReader | undefined;
  let isInClient = false;
  for (const [index, line] of lines.entries()) {
    const prompt = readPrompt(line);
    const isNext = prompt !== undefined && isPrompted(prompt, first);
    // A prompt in the middle of a command that never ended: the author's quotes do not balance.
    if (isNext && prompt.length < line.length && !reader?.isInHereDocument) reader = undefined;
    const goesOn = isShell ? reader !== undefined : goesOnInClient(line, index, commandLines);
    if (!isNext && !goesOn) {
      const isClients = prompt?.place !== undefined && !prompt.isBare && prompt.reader !== first.reader;
      if (isShell && isClients && (isInClient || commandLines.has(index - 1))) {
        places.add(prompt.place);
        isInClient = true;
      }
      output.at(-1)?.push(line);
      continue;
    }
    isInClient = false;
    const isTyped = isNext && reader === undefined;
    const command = isTyped ? line.slice(prompt.length) : withoutSecondPrompt(line, first.indent);
    if (isTyped) {
      output.push([]);
      if (prompt.place !== undefined) places.add(prompt.place);
    }
    commands.push(command);
    commandLines.add(index);
    if (!isShell) continue;
    reader ??= new ShellReader();
    reader.feed(`${command}\n`);
    if (reader.open === undefined) reader = undefined;
  }
  return {
    commands: commands.join('\n'),
    output: output.flatMap(withoutGap).join('\n'),
    commandLines,
    reader: first.reader,
    places: [...places],
  };
}

/** The line without the `> ` that shells show where a command goes on, or what clients do: `    -> `, `... `. */
function withoutSecondPrompt(line: string, indent: number): string {
  const blanks = line.length - line.trimStart().length;
  const written = line.slice(Math.min(blanks, indent));
  return written.replace(/^(?:> |>$|\s*(?:-|'|")> |\s*\.\.\.>? ?|[\w.-]*[-'("]\*?[#>] )/, '');
}

const clientGoesOn = /^(?:\s*(?:-|'|")>(?:\s|$)|\s*\.\.\.>?(?:\s|$)|[\w.-]*[-'("]\*?[#>](?:\s|$))/;

function goesOnInClient(line: string, index: number, commandLines: ReadonlySet<number>): boolean {
  return commandLines.has(index - 1) && clientGoesOn.test(line);
}

/** The output of a command without the blank lines around it, and without the comments of the next command. */
function withoutGap(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  let end = lines.findLastIndex((line) => line.trim() !== '') + 1;
  while (end > 0 && /^\s*#\s/.test(lines[end - 1] ?? '')) {
    let from = end - 1;
    while (from > 0 && /^\s*#\s/.test(lines[from - 1] ?? '')) from -= 1;
    // Comments that nothing parts from the output may be a part of it.
    if (from > 0 && (lines[from - 1] ?? '').trim() !== '') break;
    end = from;
    while (end > 0 && (lines[end - 1] ?? '').trim() === '') end -= 1;
  }
  return first === -1 ? [] : lines.slice(first, end);
}
