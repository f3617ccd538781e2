// Owns the guess whether a block that is labelled as shell code is any.
import { ShellReader } from '../shell/reader/shell-reader.ts';
import { judgeLine, type LineVerdict } from './judge-line.ts';
import type { Shape } from './shape-of-line.ts';

/** What a block reads like. */
export type CodeVerdict =
  /** Commands; `isKnown` where the first of them is written as only commands are. */
  | { readonly is: 'commands'; readonly isKnown: boolean }
  /** Nothing in it is a command, whatever its label says. */
  | { readonly is: 'no commands'; readonly shape: Shape | 'nothing but comments' }
  /** Commands among lines that are none; `line` is the first of these, zero-based. */
  | {
      readonly is: 'mixed';
      readonly shape: Shape | 'elision';
      readonly line: number;
      readonly isKnown: boolean;
    };

interface JudgedLine {
  readonly line: number;
  readonly verdict: LineVerdict;
}

/** Guesses what shell code is by each line that a command begins on; the lines of transcripts are told apart before. */
export function judgeCode(code: string): CodeVerdict {
  const lines = code.split('\n');
  const judged = judgeLines(lines).filter(({ verdict }) => verdict !== 'nothing');
  if (judged.some(({ verdict }) => verdict === 'Markdown')) return { is: 'no commands', shape: 'Markdown' };
  const isCommand = ({ verdict }: JudgedLine) => verdict === 'command' || verdict === 'perhaps';
  const others = judged.filter((one) => !isCommand(one));
  const commands = judged.filter(isCommand);
  const isKnown = judged[0]?.verdict === 'command';
  const [other] = others;
  if (other === undefined)
    return judged.length === 0
      ? {
          is: 'no commands',
          shape: lines.some((line) => line.trim() === '}') ? 'text' : 'nothing but comments',
        }
      : { is: 'commands', isKnown };
  const first = judged[0];
  // Assignments and words below such a line are more of it.
  if (first === other && (beginsFile.has(other.verdict) || /^\s*\[/.test(lines[other.line] ?? '')))
    return { is: 'no commands', shape: shapeOf(other.verdict) };
  const shape = commonest(others);
  const sure = commands.filter(({ verdict }) => verdict === 'command').length;
  if (sure === 0 && others.length >= commands.length && shape !== 'elision')
    return { is: 'no commands', shape };
  const line = others.find(({ verdict }) => verdict === shape)?.line ?? other.line;
  return { is: 'mixed', shape, line, isKnown };
}

/** The lines that commands begin on; where quotes or brackets never end, all lines behind them. */
function judgeLines(lines: readonly string[]): readonly JudgedLine[] {
  const all = lines.map((text, line) => ({ line, verdict: judgeLine(text) }));
  // Most blocks need no reader.
  if (all.every(({ verdict }) => verdict === 'command' || verdict === 'nothing')) return all;
  const judged: JudgedLine[] = [];
  let begun: { readonly reader: ShellReader; readonly line: number } | undefined;
  for (const [line, text] of lines.entries()) {
    const one = all[line];
    if (begun === undefined && one !== undefined) judged.push(one);
    // What is no command opens nothing: an apostrophe in a sentence is no quote.
    if (begun === undefined && one?.verdict !== 'command' && one?.verdict !== 'perhaps') continue;
    const reader: ShellReader = begun?.reader ?? new ShellReader();
    reader.feed(`${text}\n`);
    begun = reader.open === undefined ? undefined : (begun ?? { reader, line });
  }
  return begun === undefined ? judged : [...judged, ...all.slice(begun.line + 1)];
}

/** What a file, and never a script, begins with. */
const beginsFile: ReadonlySet<LineVerdict> = new Set(['a diff', 'XML or HTML', 'a stack trace']);

function shapeOf(verdict: LineVerdict): Shape {
  const isNone =
    verdict === 'command' || verdict === 'perhaps' || verdict === 'nothing' || verdict === 'elision';
  return isNone ? 'text' : verdict;
}

function commonest(judged: readonly JudgedLine[]): Shape | 'elision' {
  const counts = new Map<Shape | 'elision', number>();
  for (const { verdict } of judged) {
    if (verdict === 'command' || verdict === 'perhaps' || verdict === 'nothing') continue;
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ['text', 0] as const)[0];
}
