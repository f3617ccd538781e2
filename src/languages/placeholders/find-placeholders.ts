// Owns finding what an author left for the reader to fill in.
import type { FoundPlaceholder } from '../found-placeholder.ts';
import type { LanguageFamily } from '../languages.ts';
import { readShell } from '../shell/reader/read-shell.ts';
import { findBraces } from './find-braces.ts';
import { siteTags } from './site-tags.ts';

/**
 * How the code is read: redirects and words such as `a=<b>` exist in shells, and in requests; `a<b>c` is a type in
 * most other languages.
 */
export type PlaceholderSyntax = 'shell' | 'other';

/** How code of a family of languages is read. */
export function syntaxOf(family: LanguageFamily | undefined): PlaceholderSyntax {
  return family === 'shell' || family === 'http' ? 'shell' : 'other';
}

/** `{{name}}`, but no template's and no variable's; `{{page.version}}` and `{{name | filter}}` are a site's. */
const mustache =
  /(?<![$%{])\{\{-?\s*([A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*)*)(\s*\|[^|{}\n][^{}\n]{0,100})?\s*-?\}\}/g;

/** What Jekyll and its like call what they fill pages with. */
const ofSite = /^(?:page|site|book|layout|include|content|jekyll)$/;

/** Encodings that `http` blocks ask for. */
const ofRequests = /^\|(?:json|url|base64)$/;

/** Ansible fills in what stands on its own command lines. */
const ansible = /^\s*(?:sudo\s+)?ansible(?:-\w+)?\s/;

/** Runme's `export NAME=[What to ask]`; two words or more, which no shell takes there. */
const asked =
  /(?<=\bexport[ \t]+[A-Za-z_]\w*=)\[(?=[^\]\n]{1,100}\])(\w[^\]\n"'`$\\]*[ \t][^\]\n"'`$\\]*)\]/g;

/** What is looked for, given what letters and digits are. */
function makeForms(letter: string, digit: string, flags: string) {
  const word = `${letter}${digit}`;
  return {
    /** `<name>`: letters first, nothing that a tag with attributes, an address or a comparison would hold. */
    angle: new RegExp(`<(?![/!?-])([${word}][${word} _.:/|,'()-]{0,100})>`, flags),
    closingTag: new RegExp(`</([${word}_:-]+)\\s*>`, flags),
    bare: new RegExp(
      `(?<![${word}_$@%.{-])(?:(?:(?:path-to|name-of|enter|insert|put|paste|add)[-_])?your[-_][a-z0-9]+(?:[-_][a-z0-9]+)*|(?:[A-Z0-9]+[-_])*YOUR[-_][A-Z0-9]+(?:[-_][A-Z0-9]+)*|(?:PATH-TO|NAME-OF)(?:-[A-Z0-9]+)+|(?:ENTER|INSERT|PUT|PASTE)(?:[-_][A-Z0-9]+)+[-_]HERE|CHANGE_?ME|REPLACE_?ME|REPLACE_WITH_[A-Z0-9_]+)(?![${word}_])`,
      flags,
    ),
    /** `/path/to/backup.tar`, which no machine has. */
    path: new RegExp(
      `(?<![${word}_$@%.{-])(?:~?/|\\.{1,2}/|(?<!=))path/to/[${word}_.*/-]*[${word}_*/-]`,
      flags,
    ),
  };
}

/** For text of ASCII, which nearly all code is: classes of Unicode take milliseconds to make. */
const ofAscii = makeForms('A-Za-z', '0-9', 'g');
let ofUnicode: typeof ofAscii | undefined;

function formsFor(code: string): typeof ofAscii {
  if (/^[\0-\x7f]*$/.test(code)) return ofAscii;
  ofUnicode ??= makeForms('\\p{L}', '\\p{N}', 'gu');
  return ofUnicode;
}

/** Words in angle brackets that mean themselves: HTML, and what programs print where there is no value. */
const literal = new Set(
  `br hr p b i u s a ul ol li tr td th div span pre html head body strong em img h1 h2 h3 h4 h5 h6 none nil null unset
  unknown pending invalid empty eof stdin stdout stderr`.split(/\s+/),
);

const templateWords = new Set(['end', 'else', 'break', 'continue', 'range', 'with', 'if', 'define', 'block']);

/** Finds placeholders in their order. Redirects, here-documents, HTML, jsonpath and templates are none. */
export function findPlaceholders(code: string, syntax: PlaceholderSyntax): readonly FoundPlaceholder[] {
  const candidates: FoundPlaceholder[] = [];
  const isInComment = byLine(code, /^\s*#/);
  const add = (match: RegExpExecArray, name: string) => {
    if (syntax === 'shell' && isInComment(match.index)) return;
    const [start, end] = withBrackets(code, match, syntax);
    candidates.push({ text: code.slice(start, end), variable: placeholderVariable(name), start, end });
  };
  const { angle, closingTag, bare, path } = formsFor(code);
  // `<a>` is markup where `</a>` follows.
  const closed = new Set(Array.from(code.matchAll(closingTag), (match) => match[1]));
  const isInTemplate = byLine(code, template);
  const endsName = commandNames(code);
  for (const match of code.matchAll(angle)) {
    if (isAngle(code, match, syntax, endsName) && !closed.has(match[1])) add(match, match[1] ?? '');
  }
  if (syntax === 'shell') for (const match of code.matchAll(asked)) add(match, match[1] ?? '');
  const isAnsible = byLine(code, ansible);
  for (const match of code.matchAll(mustache)) {
    const [, name = '', fields = '', filters = ''] = match;
    if (templateWords.has(name) || isInTemplate(match.index)) continue;
    // A request encodes its values itself.
    if (ofRequests.test(filters)) continue;
    const isPlain = fields === '' && filters === '';
    if (isPlain || (syntax === 'shell' ? !isAnsible(match.index) : ofSite.test(name)))
      add(match, name + fields);
  }
  for (const match of code.matchAll(siteTags)) {
    const name = (match[2] ?? match[3] ?? '').replace(/^(?:param|data|variable)\s+/, '');
    if (!standsAlone(code, match)) add(match, name);
  }
  if (syntax === 'shell') {
    for (const match of code.matchAll(path)) add(match, match[0]);
    for (const { name, start, end } of findBraces(code))
      candidates.push({ text: code.slice(start, end), variable: placeholderVariable(name), start, end });
  }
  for (const match of code.matchAll(bare)) {
    // `YOUR_TOKEN=…` gives the variable its value.
    const isAssigned =
      code.charAt(match.index + match[0].length) === '=' && match[0] === match[0].toUpperCase();
    if (!isAssigned) add(match, match[0]);
  }
  candidates.sort((left, right) => left.start - right.start);
  const found: FoundPlaceholder[] = [];
  for (const candidate of candidates) {
    if (candidate.start >= (found.at(-1)?.end ?? 0)) found.push(candidate);
  }
  return found;
}

/** Alone on its line a tag of a site stands for lines, or for where they begin and end. */
function standsAlone(code: string, { index, 0: text }: RegExpExecArray): boolean {
  const start = code.lastIndexOf('\n', index - 1) + 1;
  const end = code.indexOf('\n', index);
  return code.slice(start, end === -1 ? code.length : end).trim() === text;
}

/** `--project=[YOUR_PROJECT]`: brackets around nothing else are a mark, too, but in YAML they are a list. */
function withBrackets(
  code: string,
  { index, 0: text }: RegExpExecArray,
  syntax: PlaceholderSyntax,
): readonly [start: number, end: number] {
  const end = index + text.length;
  const isMarked = syntax === 'shell' && code.charAt(index - 1) === '[' && code.charAt(end) === ']';
  const before = code.slice(0, index - 1);
  return isMarked && /(?:=["']?|[^:,\s-][ \t]+)$/.test(before.slice(-80))
    ? [index - 1, end + 1]
    : [index, end];
}

function isAngle(
  code: string,
  match: RegExpExecArray,
  syntax: PlaceholderSyntax,
  endsName: (offset: number) => boolean,
): boolean {
  const content = match[1] ?? '';
  const before = code.charAt(match.index - 1);
  const after = code.charAt(match.index + match[0].length);
  if (
    content.endsWith(' ') ||
    !(/[a-z]/i.test(content) || /\p{L}/u.test(content)) ||
    literal.has(content.toLowerCase())
  )
    return false;
  // An address in angle brackets is a link, in Markdown and for Slack (`<https://…|words>`).
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(content)) return false;
  // `a<3 and b>4` compares.
  if (/^\d/.test(content) && /\s/.test(content)) return false;
  // `<<EOF>` and `<(…)` are the shell's, `<-` and `=>` belong to operators.
  if (before === '<' || after === '>') return false;
  if (syntax === 'other') return !/[\p{L}\p{N}_=]/u.test(before);
  // `sort <in>out` reads one file and writes the other, and so does `sort<in>out`; `db<name>x` is one word.
  if (!/[a-z~$"'&]/i.test(after) && !/\p{L}/u.test(after)) return true;
  if (/\s/.test(before)) return /[$"'&]/.test(after);
  return !/\w/.test(before) || !endsName(match.index);
}

/** Tells whether the name of a command ends at an offset; the code is read when it is first asked. */
function commandNames(code: string): (offset: number) => boolean {
  let ends: ReadonlySet<number> | undefined;
  return (offset) => {
    ends ??= new Set(
      readShell(code).commands.flatMap(({ words }) =>
        words.filter(({ role }) => role === 'name').map(({ end }) => end),
      ),
    );
    return ends.has(offset);
  };
}

/** A template that refers to `.Field` or `$variable` is rendered by the program that it is given to. */
const template = /\{\{-?\s*(?:[.$]|(?:range|if|with|end|template|include|json|printf|index)\b)/;

/** Tells whether the line of an offset matches; asked in order, it looks at each line once. */
function byLine(code: string, pattern: RegExp): (offset: number) => boolean {
  let start = 0;
  let end = -1;
  let matches = false;
  return (offset) => {
    if (offset >= start && offset <= end) return matches;
    start = code.lastIndexOf('\n', offset) + 1;
    const newline = code.indexOf('\n', offset);
    end = newline === -1 ? code.length : newline;
    matches = pattern.test(code.slice(start, end));
    return matches;
  };
}

/**
 * The variable of a placeholder: `<my-namespace>` becomes `MY_NAMESPACE`. Letters outside ASCII are written by
 * their code points, so that different names stay different.
 */
export function placeholderVariable(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[^\x20-\x7e]/gu, (character) => `_U${(character.codePointAt(0) ?? 0).toString(16)}`)
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
  return /^\d/.test(plain) ? `_${plain}` : plain;
}
