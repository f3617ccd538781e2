// Owns taking simple inline markup off a line without parsing it.

/** What a reader sees otherwise than it is written, and what only a parser can tell apart. */
const needsParser =
  /[\\*`~]|<(?=[A-Za-z!/?])|&(?=#?\w+;)|\]\(|\]\[|!\[|\[\^|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u;

/** A code span or strong words, with something on both sides that cannot change what they are. */
const simpleSpan =
  /(?<![^\s("'])(?:`([^`\s](?:[^`]*[^`\s])?)`|\*\*([^*`\s](?:[^*`]*[^*`\s])?)\*\*)(?![^\s.,;:!?)"'])/gu;

/** The text of a line whose markup is none, code or strong words; `undefined` for lines that need a parser. */
export function withoutSimpleMarkup(line: string): string | undefined {
  // This is all that most lines need; the classes of Unicode below are slow to set up.
  if (!/[\\*`~<&[_]/.test(line) || !needsParser.test(line)) return line;
  let isSimple = true;
  const text = line.replace(simpleSpan, (_span, code: string | undefined, strong: string | undefined) => {
    if (strong !== undefined && needsParser.test(strong)) isSimple = false;
    return strong ?? '\u0000'.repeat(code?.length ?? 0);
  });
  if (!isSimple || needsParser.test(text)) return undefined;
  return line.replace(
    simpleSpan,
    (_span, code: string | undefined, strong: string | undefined) => code ?? strong ?? '',
  );
}
