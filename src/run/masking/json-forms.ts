// Owns the forms of a text in JSON: every way of the usual writers, which differ in what they escape, and how.

/** How a writer of JSON writes what it need not escape. */
interface JsonWriter {
  /** Escaped as `\uNNNN` beside what JSON asks for. */
  readonly also: RegExp;
  readonly isAscii: boolean;
  readonly isUpper: boolean;
  readonly escapesSlash: boolean;
}

/** Most; Go, Rails; PHP, Python's `json_script`; Gson; .NET. */
const alsoEscaped: readonly RegExp[] = [
  /(?!)/,
  /[<>&\u2028\u2029]/,
  /[<>&'\u2028\u2029]/,
  /[<>&'=\u2028\u2029]/,
  /["<>&'+`\x7f\u2028\u2029]/,
];

/** Those that differ in what they make of the text. */
function jsonWriters(text: string): readonly JsonWriter[] {
  const differs = (pattern: RegExp): readonly boolean[] => (pattern.test(text) ? [false, true] : [false]);
  return alsoEscaped.flatMap((also) =>
    differs(/[^\0-\x7f]/).flatMap((isAscii) =>
      differs(/[^ !#-%(-*,-;?-[\]-_a-z{-~]/).flatMap((isUpper) =>
        differs(/\//).map((escapesSlash) => ({ also, isAscii, isUpper, escapesSlash })),
      ),
    ),
  );
}

/** Inside a string of JSON, and inside a string of JSON in one, as services log each other's bodies. */
export function jsonForms(text: string): readonly string[] {
  const [plain, ...others] = jsonWriters(text);
  if (plain === undefined) return [];
  const plainly = inJson(text, plain);
  const forms = new Set([plainly, inJson(plainly, plain)]);
  for (const writer of others) {
    const once = inJson(text, writer);
    if (forms.has(once)) continue;
    forms.add(once).add(inJson(once, writer)).add(inJson(once, plain)).add(inJson(plainly, writer));
  }
  return [...forms];
}

function inJson(text: string, { also, isAscii, isUpper, escapesSlash }: JsonWriter): string {
  return text.replace(/[\0-\x1f"\\/<>&'=+`\x7f-\uffff]/g, (one) => {
    if (also.test(one) || (isAscii && one > '\x7f')) return unicodeEscape(one, isUpper);
    if (one === '/') return escapesSlash ? '\\/' : one;
    if (one > '\x1f' && one !== '"' && one !== '\\') return one;
    const escaped = JSON.stringify(one).slice(1, -1);
    return escaped.startsWith('\\u') ? unicodeEscape(one, isUpper) : escaped;
  });
}

function unicodeEscape(unit: string, isUpper: boolean): string {
  const digits = unit.charCodeAt(0).toString(16).padStart(4, '0');
  return `\\u${isUpper ? digits.toUpperCase() : digits}`;
}
