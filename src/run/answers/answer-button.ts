// Owns how a button of a chat names the answer that it gives.

/** What a button says. */
export interface ButtonAnswer {
  readonly run: string;
  /** A gate, or the name of a question. */
  readonly address: string;
  /** `approve`, `deny`, or another word for the question. */
  readonly word: string;
  /** Digest of the request that it is for. */
  readonly of?: string;
}

const mark = 'runsheet.answer.';
const mostLength = 500;

/** The two texts that a button holds: what it does, unlike any other of its message, and what about. */
export function answerButton(
  { run, address, word, of }: ButtonAnswer,
  place: number,
): { readonly id: string; readonly value: string } {
  return {
    id: `${mark}${place}`,
    value: JSON.stringify([run, address, word, ...(of === undefined ? [] : [of])]),
  };
}

/** The answer of a pressed button; undefined where it is none of ours. */
export function readButton(id: string, value: string): ButtonAnswer | undefined {
  if (!id.startsWith(mark)) return undefined;
  const [run, address, word, of] = textsIn(value);
  return run && address && word ? { run, address, word, ...(of && { of }) } : undefined;
}

function textsIn(value: string): readonly string[] {
  try {
    const read: unknown = JSON.parse(value);
    const isOurs =
      Array.isArray(read) &&
      (read.length === 3 || read.length === 4) &&
      read.every((one) => typeof one === 'string' && one.length <= mostLength);
    return isOurs ? read : [];
  } catch {
    return [];
  }
}
