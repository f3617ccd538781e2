// Owns reading the whole of a shell block, and what is asked of its words and pipelines.
import { partitionPoint } from '../../../basics/partition-point.ts';
import type { ShellCode, ShellPiece, ShellPipeline, ShellWord } from './shell-code.ts';
import { ShellReader } from './shell-reader.ts';

/*
 * Written here, not taken from npm: `unbash`, the best of what there is, keeps no comments, does not say that a
 * here-document or a continued line is open, drops what follows some errors and reads bash alone; `sh-syntax` and
 * `mvdan-sh` are compiled Go, `tree-sitter-bash` is native, and `bash-parser` throws at half code.
 */

/** Reads shell code in time that grows with its length alone; never throws. */
export function readShell(code: string): ShellCode {
  const reader = new ShellReader();
  for (let start = 0; start < code.length; ) {
    const newline = code.indexOf('\n', start);
    const end = newline === -1 ? code.length : newline + 1;
    reader.feed(code.slice(start, end));
    start = end;
  }
  return reader.finish(code);
}

/** The text of a word without its quotes; expansions stay as they are written. */
export function wordText({ code, pieces }: ShellCode, word: ShellWord): string {
  let text = '';
  for (let index = firstPieceFrom(pieces, word.start); index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece === undefined || piece.start >= word.end) break;
    text +=
      piece.word === word || piece.kind === 'space'
        ? pieceText(code, piece)
        : code.slice(piece.start, piece.end);
  }
  return text;
}

/** Whether the shell goes on beside the pipeline, or beside one that it is a part of. */
export function isInBackground(pipeline: ShellPipeline): boolean {
  let around: ShellPipeline | undefined = pipeline;
  while (around !== undefined && around.terminator !== '&') around = around.parent;
  return around !== undefined;
}

function pieceText(code: string, { kind, start, end }: ShellPiece): string {
  const text = code.slice(start, end);
  if (kind === 'quote') return '';
  if (kind === 'space') return text.replaceAll('\\\n', '');
  return kind === 'escape' ? text.slice(1).replace('\n', '') : text;
}

/** The index of the first of the pieces that starts at the offset or behind it. */
export function firstPieceFrom(pieces: readonly ShellPiece[], offset: number): number {
  return partitionPoint(pieces, ({ start }) => start < offset);
}
