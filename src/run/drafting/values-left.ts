// Owns finding where the commands of a drafted page still hold a value that is an input.

/** A line of a page that holds the value of an input as a part of a longer word: `v1.28.0`, `app_1.28.0`. */
export interface ValueLeft {
  readonly name: string;
  readonly value: string;
  /** One-based, in the page. */
  readonly line: number;
  readonly text: string;
}

/** Shorter values stand in too many words that have nothing to do with them. */
const shortest = 3;

/** Lines of code, outputs left out, in their order. */
export function valuesLeft(page: string, inputs: Readonly<Record<string, string>>): readonly ValueLeft[] {
  const named = Object.entries(inputs).filter(([, value]) => value.length >= shortest);
  const found: ValueLeft[] = [];
  let fence: { readonly mark: string; readonly isOutput: boolean } | undefined;
  for (const [index, text] of page.split('\n').entries()) {
    const [, mark = '', info = ''] = /^(`{3,})(.*)$/.exec(text) ?? [];
    if (fence === undefined) {
      if (mark !== '') fence = { mark, isOutput: /^output\b/.test(info) };
    } else if (text === fence.mark) fence = undefined;
    else if (!fence.isOutput)
      for (const [name, value] of named)
        if (text.includes(value)) found.push({ name, value, line: index + 1, text: text.trim() });
  }
  return found;
}
