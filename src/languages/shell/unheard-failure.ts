// Owns how a shell tells of commands that have failed where nothing of their block asks for an exit code.
import type { ByteText } from './byte-text.ts';
import type { PlacedCommand } from './written-command.ts';

/**
 * The last command of a substitution that is an argument, or a value of `export` and its like, or of something in the
 * background: a shell goes on there, whatever it ended with and with `errexit`, too.
 */
export interface UnheardFailure extends PlacedCommand {
  readonly exitCode: number;
}

/** What follows the path in `RUNSHEET_OUTPUT`, as the name of the file in which they are told. */
export const unheardSuffix = '.unheard';

/** The file, as one shell word. */
export const unheardFile: ByteText = `"$RUNSHEET_OUTPUT${unheardSuffix}"`;

/** Bytes of it that are read at the most: loops may tell of any number. */
export const unheardLimitBytes = 64 * 1024;

/** Exit code, command, lines and files of the frames. */
const sectionsOfOne = 4;

/** Reads the file: the sections of one after the other, each ended by NUL; what is cut off at its end counts for nothing. */
export function readUnheard(text: string): UnheardFailure[] {
  const sections = text.split('\0').slice(0, -1);
  const found: UnheardFailure[] = [];
  for (let at = 0; at + sectionsOfOne <= sections.length; at += sectionsOfOne) {
    const [exitCode, command = '', lines = '', files = ''] = sections.slice(at, at + sectionsOfOne);
    const line = lineInBlock(lines, files);
    if (line !== undefined) found.push({ exitCode: Number(exitCode), command, line });
  }
  return found;
}

/**
 * The line of a block's own file, from 1, given the frames from the innermost on, which is ours: the line of each stands
 * with the one that it has called.
 */
export function lineInBlock(lines: string, files: string): number | undefined {
  const paths = files.trimEnd().split('\n');
  // The block's own file is the outermost; it is the innermost of its frames that counts.
  const line = Number(lines.split(' ')[paths.indexOf(paths.at(-1) ?? '') - 1]);
  return line > 0 ? line : undefined;
}
