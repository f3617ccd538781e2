// Owns the syntax of an info string and of a heading's brace group.

/** One attribute as written. Offsets are UTF-16 offsets of the text that it was read from. */
export interface WrittenAttribute {
  readonly name: string;
  /** Absent for a bare flag. */
  readonly value?: string;
  /** `expect!=…`: the value must not hold. */
  readonly negated: boolean;
  /** How the value was written; a slash-delimited value keeps its slashes and flags. */
  readonly quoted: 'double' | 'single' | 'slash' | 'json' | 'no';
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** What is wrong with the writing of attributes, where. */
export interface SyntaxProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly help?: string;
}

/** What stands in braces and is no attribute: a class, an anchor, a line range, a slip. Offsets as of attributes. */
export interface Stray {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface FenceInfo {
  /** First word, lower-cased; for pandoc's `{.bash}` its first class. */
  readonly language?: string;
  readonly attributes: readonly WrittenAttribute[];
  readonly strays: readonly Stray[];
  /** Words and `key=value` pairs outside braces, which belong to other tools. */
  readonly outside: readonly WrittenAttribute[];
  readonly problems: readonly SyntaxProblem[];
  /** A directive of MyST and its argument: `{code-block} yaml`. */
  readonly directive?: { readonly name: string; readonly argument: string };
}

/** Reads the info string that stands at `[start, end)` of `text`. */
export function parseFenceInfo(text: string, start: number, end: number): FenceInfo {
  const info = text.slice(start, end);
  const word = /^[^\s{]*/.exec(info)?.[0] ?? '';
  const language = word === '' ? {} : { language: word.toLowerCase() };
  const afterWord = start + word.length;
  const open = info.indexOf('{', word.length);
  if (open === -1) {
    return { ...nothing, outside: readOutside(text, afterWord, end), ...language };
  }
  const outside = readOutside(text, afterWord, start + open);
  const engine = word === '' ? engineOf(info) : undefined;
  // A directive such as MyST's `{note}` or `{code-block} yaml` is another tool's.
  const directive = word === '' && engine === undefined ? /^\{([a-z][a-z:-]*)\}[ \t]*(.*)/i.exec(info) : null;
  const [, name = '', argument = ''] = directive ?? [];
  if (directive !== null && !/^run$/i.test(name)) {
    return { ...nothing, directive: { name: name.toLowerCase(), argument } };
  }
  const group = readGroups(text, start + open, end);
  outside.push(...group.outside);
  const engineAt = engine === undefined ? -1 : start + open + engine.at;
  // A word between doubled braces is a template's.
  const isTemplate = info.charAt(open + 1) === '{';
  return {
    ...(engine === undefined ? language : { language: engine.name.toLowerCase() }),
    attributes: group.attributes.filter(
      ({ nameStart, value }) => nameStart !== engineAt && !(isTemplate && value === undefined),
    ),
    strays: group.strays.filter((stray) => stray.start !== engineAt),
    outside,
    problems: group.problems,
  };
}

/** Pandoc's `{.bash}` and the `{bash}` of R Markdown and Quarto: the language within braces, and where it stands. */
function engineOf(info: string): { readonly name: string; readonly at: number } | undefined {
  const pandoc = /^\{\s*\.([^\s.}]+)/.exec(info);
  const found = pandoc ?? /^\{\s*(bash|sh|zsh|python|perl|ruby)(?=[\s,}])(?!\}\s*\S)/i.exec(info);
  const name = found?.[1];
  if (found === null || name === undefined) return undefined;
  return { name, at: found[0].length - name.length - (pandoc === null ? 0 : 1) };
}

const nothing: FenceInfo = { attributes: [], strays: [], outside: [], problems: [] };

/** The group whose brace opens at `open` and those behind it, which are one, and what stands outside of them. */
function readGroups(text: string, open: number, end: number): BraceGroup & Pick<FenceInfo, 'outside'> {
  const group = readGroup(text, open, end);
  const next = text.slice(group.end, end).indexOf('{');
  if (next === -1) return { ...group, outside: readOutside(text, group.end, end) };
  const more = readGroups(text, group.end + next, end);
  return {
    ...joinGroups(group, more),
    outside: [...readOutside(text, group.end, group.end + next), ...more.outside],
  };
}

/** Two groups, one behind the other, as one. */
export function joinGroups(first: BraceGroup, second: BraceGroup): BraceGroup {
  return {
    end: second.end,
    attributes: [...first.attributes, ...second.attributes],
    strays: [...first.strays, ...second.strays],
    problems: [...first.problems, ...second.problems],
  };
}

export interface BraceGroup {
  /** Offset behind the closing brace; the end of the text where it is missing. */
  readonly end: number;
  readonly attributes: readonly WrittenAttribute[];
  readonly strays: readonly Stray[];
  readonly problems: readonly SyntaxProblem[];
}

/** Reads the group whose brace opens at `open` and that should close last in `[open, end)`. */
export function readGroup(text: string, open: number, end: number): BraceGroup {
  if (/^\{\s*"/.test(text.slice(open, end))) return readJson(text, open, end);
  return readPairs(text, open, end);
}

function readPairs(text: string, open: number, end: number): BraceGroup {
  const attributes: WrittenAttribute[] = [];
  const strays: Stray[] = [];
  const problems: SyntaxProblem[] = [];
  let index = open + 1;
  let groupEnd = end;
  for (;;) {
    while (index < end && /[\s,]/.test(text.charAt(index))) index += 1;
    if (index >= end) {
      problems.push({
        message: 'the braces are never closed',
        start: open,
        end: open + 1,
        help: 'end them with `}`',
      });
      break;
    }
    if (text.charAt(index) === '}') {
      groupEnd = index + 1;
      break;
    }
    const attribute = readAttribute(text, index, end, true);
    if (attribute === undefined) {
      const stray = /^[^\s}]+/.exec(text.slice(index, end))?.[0] ?? ' ';
      strays.push({ text: stray, start: index, end: index + stray.length });
      index += stray.length;
      continue;
    }
    if (attribute.problem !== undefined) {
      // What is open takes in the closing brace too.
      problems.push(attribute.problem);
      break;
    }
    attributes.push(attribute.written);
    index = attribute.next;
  }
  return { end: groupEnd, attributes, strays, problems };
}

function readOutside(text: string, start: number, end: number): WrittenAttribute[] {
  const found: WrittenAttribute[] = [];
  let index = start;
  while (index < end) {
    const attribute = /[\s[(]/.test(text.charAt(index - 1))
      ? readAttribute(text, index, end, false)
      : undefined;
    if (attribute !== undefined && attribute.problem === undefined) found.push(attribute.written);
    index = Math.max(index + 1, attribute?.next ?? 0);
  }
  return found;
}

type Read =
  | { readonly written: WrittenAttribute; readonly next: number; readonly problem?: undefined }
  | { readonly problem: SyntaxProblem; readonly next: number };

function readAttribute(text: string, start: number, end: number, inBraces: boolean): Read | undefined {
  const name = /^[A-Za-z_][\w.-]*/.exec(text.slice(start, end))?.[0];
  if (name === undefined) return undefined;
  const nameEnd = start + name.length;
  const base = { name, nameStart: start, nameEnd };
  const operator = /^!?=/.exec(text.slice(nameEnd, nameEnd + 2))?.[0];
  if (operator === undefined) {
    const follows = text.charAt(nameEnd);
    if (nameEnd < end && !/[\s,}]/.test(follows)) return undefined;
    return {
      written: { ...base, negated: false, quoted: 'no', valueStart: nameEnd, valueEnd: nameEnd },
      next: nameEnd,
    };
  }
  const negated = operator === '!=';
  const valueStart = nameEnd + operator.length;
  const opening = openingOf(name, text.slice(valueStart, end));
  if (opening !== undefined) {
    const first = text.charAt(valueStart + opening);
    const close = closingQuote(text, valueStart + opening, end, first);
    if (close === undefined) {
      const problem = {
        message: `the value of \`${name}\` is never closed`,
        start: valueStart,
        end,
        help: `end it with ${first}`,
      };
      return { problem, next: end };
    }
    const flags = first === '/' ? (/^[a-z]*/.exec(text.slice(close + 1, end))?.[0].length ?? 0) : 0;
    const valueEnd = close + 1 + flags;
    if (inBraces && valueEnd < end && !/[\s,}]/.test(text.charAt(valueEnd))) {
      const problem = {
        message: `the value of \`${name}\` ends before \`${/^[^\s,}]+/.exec(text.slice(valueEnd, end))?.[0] ?? ''}\``,
        start: valueStart,
        end: valueEnd,
        help: first === '/' ? 'put it in quotes' : `write \\${first} within it, or use the other quotes`,
      };
      return { problem, next: end };
    }
    const quoted = first === '"' ? 'double' : first === "'" ? 'single' : 'slash';
    const inside = text.slice(valueStart + 1, close);
    const value =
      quoted === 'slash'
        ? text.slice(valueStart, valueEnd)
        : inside.replace(first === '"' ? /\\(["\\])/g : /\\(['\\])/g, '$1');
    return { written: { ...base, value, negated, quoted, valueStart, valueEnd }, next: valueEnd };
  }
  const bare = bareValue(name, inBraces).exec(text.slice(valueStart, end))?.[0] ?? '';
  const valueEnd = valueStart + bare.length;
  return { written: { ...base, value: bare, negated, quoted: 'no', valueStart, valueEnd }, next: valueEnd };
}

/** Where in a value its quote or the slash of its pattern opens: `"…"`, `/…/`, `NAME:/…/`, `after=/…/`; undefined without any. */
function openingOf(name: string, value: string): number | undefined {
  if (/^["']/.test(value)) return 0;
  if (/^(?:expect(?:-stderr)?|set)$/.test(name) && value.startsWith('/')) return 0;
  const before = { capture: /^[A-Za-z_]\w*:(?=\/)/, insert: /^(?:after|before)=(?=\/)/ };
  const named = name === 'capture' || name === 'insert' ? before[name].exec(value) : null;
  return named?.[0].length;
}

/** A value without quotes; blanks and braces of a JSON path stand within its own quotes. */
function bareValue(name: string, inBraces: boolean): RegExp {
  if (!inBraces) return /^[^\s\])]*/;
  return name === 'capture-json' ? /^(?:\["(?:[^"\\]|\\.)*"\]|[^\s}])*/ : /^(?:\$\{\w+\}|[^\s}])*/;
}

function closingQuote(text: string, start: number, end: number, quote: string): number | undefined {
  for (let index = start + 1; index < end; index += 1) {
    const character = text.charAt(index);
    if (character === '\\') index += 1;
    else if (character === quote) return index;
  }
  return undefined;
}

/** Runme's form: `{"name":"drain","interactive":"false"}`. */
function readJson(text: string, open: number, end: number): BraceGroup {
  const written = text.slice(open, end).trimEnd();
  let parsed: unknown;
  try {
    parsed = JSON.parse(written);
  } catch {
    return {
      end,
      attributes: [],
      strays: [],
      problems: [{ message: 'the attributes are not valid JSON', start: open, end: open + written.length }],
    };
  }
  if (typeof parsed !== 'object' || parsed === null) return { end, attributes: [], strays: [], problems: [] };
  const attributes: WrittenAttribute[] = [];
  let from = open;
  for (const [name, value] of Object.entries(parsed)) {
    const key = JSON.stringify(name);
    const found = text.indexOf(key, from);
    const nameStart = found === -1 || found >= end ? open : found + 1;
    const nameEnd = nameStart + (found === -1 || found >= end ? 1 : key.length - 2);
    const valueStart = Math.min(nameEnd + 1, end);
    const valueEnd = Math.max(valueStart, endOfJsonValue(text, valueStart, end));
    from = nameEnd;
    const isPlain = typeof value === 'number' || typeof value === 'boolean';
    // As it is written: `1.20` is not 1.2.
    const shown = isPlain ? text.slice(valueStart, valueEnd).replace(/^\s*:\s*/, '') : textOf(value);
    attributes.push({
      name,
      value: shown,
      negated: false,
      quoted: 'json',
      nameStart,
      nameEnd,
      valueStart,
      valueEnd,
    });
  }
  return { end: open + written.length, attributes, strays: [], problems: [] };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function endOfJsonValue(text: string, start: number, end: number): number {
  const value = /^\s*:\s*("(?:[^"\\]|\\.)*"|[^,}]*)/.exec(text.slice(start, end));
  return value === null ? start : start + value[0].trimEnd().length;
}
