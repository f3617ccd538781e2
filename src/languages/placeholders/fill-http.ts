// Owns how placeholders become variables of an `http` block, encoded as their place wants it.

import type { FoundPlaceholder } from '../found-placeholder.ts';
import type { ValueRule } from '../value-rule.ts';
import { type FilledPlaceholder, type Filling, pieceAt, type Replacement, replaceAt } from './filling.ts';

/** The request with each placeholder a variable: encoded in paths, queries, forms and JSON texts, plain elsewhere. */
export function fillHttp(
  code: string,
  placeholders: readonly FoundPlaceholder[],
  variableOf: (placeholder: FoundPlaceholder) => string,
): Filling {
  const replacements: Replacement[] = [];
  const filled: FilledPlaceholder[] = [];
  const lines = readLines(code);
  const texts = new JsonTexts(code);
  for (const placeholder of placeholders) {
    const { start, end, text } = placeholder;
    // `{{NAME}}` is how these blocks write variables.
    if (/^\{\{\s*[A-Z_][A-Z0-9_]*\s*\}\}$/.test(text)) continue;
    const line = pieceAt(lines, start);
    if (line === undefined || line.part === 'comment') continue;
    const { filter, rule } = placeOf(code, line, start, texts);
    const variable = variableOf(placeholder);
    replacements.push({ start, end, text: `{{${variable}${filter === undefined ? '' : `|${filter}`}}}` });
    filled.push({ placeholder, rule });
  }
  return { code: replaceAt(code, replacements), filled, problems: [] };
}

interface RequestLine {
  readonly start: number;
  /** Behind its newline. */
  readonly end: number;
  readonly part: 'comment' | 'target' | 'header' | 'json' | 'form' | 'body';
  /** Where the request's body begins. */
  readonly bodyStart: number;
}

interface Place {
  readonly filter?: 'url' | 'json';
  readonly rule: ValueRule;
}

function placeOf(code: string, { part, start, bodyStart }: RequestLine, at: number, texts: JsonTexts): Place {
  if (part === 'form') return { filter: 'url', rule: 'any' };
  if (part === 'json') return texts.hold(bodyStart, at) ? { filter: 'json', rule: 'any' } : { rule: 'json' };
  if (part !== 'target') return { rule: 'any' };
  // The address as far as its host is taken as it is: what stands there can be a whole address.
  const before = code.slice(start, at).replace(/^[A-Z]+\s+/, '');
  return /^\s*[?&]|[^/:]\/(?!\/)/.test(before) || before.includes('?')
    ? { filter: 'url', rule: 'any' }
    : { rule: 'any' };
}

/** Tells whether places of a JSON document stand in a text; asked in order, it reads each character once. */
class JsonTexts {
  readonly #code: string;
  #body = -1;
  #at = 0;
  #isIn = false;

  constructor(code: string) {
    this.#code = code;
  }

  hold(bodyStart: number, at: number): boolean {
    if (bodyStart !== this.#body) {
      this.#body = bodyStart;
      this.#at = bodyStart;
      this.#isIn = false;
    }
    for (; this.#at < at; this.#at += 1) {
      const character = this.#code.charAt(this.#at);
      if (character === '\\') this.#at += 1;
      else if (character === '"') this.#isIn = !this.#isIn;
    }
    return this.#isIn;
  }
}

function readLines(code: string): readonly RequestLine[] {
  const lines: RequestLine[] = [];
  let part: 'before' | 'head' | 'body' = 'before';
  let body: 'json' | 'form' | 'body' = 'body';
  let bodyStart = 0;
  let start = 0;
  for (const text of code.split('\n')) {
    const end = start + text.length + 1;
    if (/^###/.test(text)) {
      part = 'before';
      body = 'body';
      lines.push({ start, end, part: 'comment', bodyStart });
    } else if (part === 'before') {
      const isTarget = text.trim() !== '' && !/^\s*(?:#|\/\/)/.test(text);
      if (isTarget) part = 'head';
      lines.push({ start, end, part: isTarget ? 'target' : 'comment', bodyStart });
    } else if (part === 'head') {
      if (text.trim() === '') {
        part = 'body';
        bodyStart = end;
        if (body === 'body' && /^\s*[[{]/.test(code.slice(bodyStart))) body = 'json';
      }
      if (/^content-type:.*json/i.test(text)) body = 'json';
      if (/^content-type:.*x-www-form-urlencoded/i.test(text)) body = 'form';
      lines.push({ start, end, part: /^\s*[?&]/.test(text) ? 'target' : 'header', bodyStart });
    } else lines.push({ start, end, part: body, bodyStart });
    start = end;
  }
  return lines;
}
