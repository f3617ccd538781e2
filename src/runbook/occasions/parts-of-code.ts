// Owns how comments divide the code of a block: each says what the commands below it are for.
import { readShell } from '../../languages/shell/reader/read-shell.ts';

/** Commands below a comment, up to the next one; UTF-16 offsets of the code. */
export interface PartOfCode {
  /** The words of the comment above them, lines joined; empty for what stands above all comments, or below a long one. */
  readonly comment: string;
  readonly start: number;
  /** The first line of the commands. */
  readonly firstCommand: string;
}

/** In UTF-16 code units; a longer one explains, and says more than what the commands are for. */
const longestComment = 300;

/** Lines that open and close functions, loops and conditions, as they are mostly written. */
const opens = /(?:\{|\(|\bdo|\bthen|\belse|\bin)\s*(?:#.*)?$/;
const closes = /^\s*(?:\}|\)|done\b|fi\b|esac\b|else\b|elif\b)/;

/**
 * The parts of shell code at its top level. Comments in functions, loops and conditions say what those do; a comment that
 * no command follows divides nothing.
 */
export function partsOfCode(code: string): readonly PartOfCode[] {
  if (!/^#(?!!)/m.test(code)) return [];
  const shell = readShell(code);
  const comments = new Set(shell.pieces.flatMap(({ kind, start }) => (kind === 'comment' ? [start] : [])));
  const parts: PartOfCode[] = [];
  let comment: string[] = [];
  let start = 0;
  let isOpen = true;
  let hasGap = false;
  let depth = 0;
  let at = 0;
  for (const line of code.split('\n')) {
    if (closes.test(line)) depth = Math.max(0, depth - 1);
    if (depth > 0) {
      // What stands in something is of that.
    } else if (line.startsWith('#') && !line.startsWith('#!') && comments.has(at)) {
      // Another one behind an empty line is of other commands.
      if (!isOpen || hasGap) {
        comment = [];
        start = at;
      }
      isOpen = true;
      hasGap = false;
      comment.push(line.replace(/^#+\s?/, '').trim());
    } else if (line.trim() === '') {
      hasGap = true;
    } else if (isOpen && /^[^\s#)}]/.test(line)) {
      const words = comment.join(' ').trim();
      parts.push({ comment: words.length > longestComment ? '' : words, start, firstCommand: line });
      isOpen = false;
      hasGap = false;
    }
    if (!line.startsWith('#') && opens.test(line)) depth += 1;
    at += line.length + 1;
  }
  return parts;
}
