// Owns the sentences of a paragraph: in lower case, without markup, with each piece of code as one mark.

/** A piece of code in its sentence. */
export const codeMark = '\u0001';

export interface Sentence {
  /** In lower case, without emphasis and addresses of links, each piece of code a mark. */
  readonly text: string;
  /** The pieces of code, in their order, as they are written. */
  readonly codes: readonly string[];
}

/** The sentences of a paragraph as it is written, or as plain text. */
export function sentencesOf(written: string): readonly Sentence[] {
  const codes: string[] = [];
  const marked = written.includes('`')
    ? written.replace(/(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, (_whole, _ticks, code: string) => {
        codes.push(code.trim().replace(/\s+/g, ' '));
        return codeMark;
      })
    : written;
  const plain = marked
    .replace(/!\[[^\]]*\]\([^()]*\)/g, ' ')
    .replace(/\[([^\]]*)\](?:\([^()\s]*\)|\[[^\]]*\])/g, '$1')
    .replace(/<\/?[a-z][^<>]{0,200}>/gi, ' ')
    .replace(/[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
  let taken = 0;
  return plain.split(/(?<=[.!?;])\s+(?=\S)/).map((text) => {
    const from = taken;
    taken += countMarks(text);
    return { text, codes: codes.slice(from, taken) };
  });
}

/** How many pieces of code there are in the text of a sentence. */
export function countMarks(text: string): number {
  return text.split(codeMark).length - 1;
}
