// Owns finding the words that people read in the code: sentences, and the labels that stand beside them.
import { parseAst } from 'rolldown/parseAst';
import type { HouseFile } from './house-file.ts';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Code for other programs, and tables of the words of others: nobody reads them as words of ours. */
const silent = [
  /^src\/languages\/commands\/tables\//,
  /^src\/languages\/shell\//,
  /^src\/languages\/recognition\/(judge-line|looks-like-command)\.ts$/,
  /^src\/engine\/shells\//,
  /^src\/engine\/file-steps\/\w+-script\.ts$/,
  /^src\/engine\/machines\/(remote-script|render-start|ways)/,
  /^src\/engine\/processes\/watchdog\.ts$/,
  /^src\/cli\/trials\/cases\/(render-|reading-programs)/,
  /^src\/cli\/line\/completion\.ts$/,
  /^src\/runbook\/(prose|headings\/(correct|meaning|section|speaks))/,
  /^src\/surfaces\/reports\/page\/html-style\.ts$/,
  /^src\/runbook\/choices\/kinds-of-alternative\.ts$/,
];

/** Shell, markup and lists of names, by their look. */
const isCode = (text: string): boolean =>
  /\$\(|\|\||; (then|do|fi|done)\b|\[ -[a-z] |\/dev\/null|>&2|IFS=|\bkill -s|^\s*<\/?[a-z!?]|^\.[A-Z]{2} /.test(
    text,
  ) ||
  (text.split(/\s+/).length > 6 &&
    !/[`{:;]|\b(the|an?|is|are|of|and|to|it|no|on|not|one|what)\b/i.test(text));

/** What is said of our own mistakes, and what is code or a pattern whatever it looks like. */
const silentCalls = new Set(['assert', 'unreachable', 'RegExp', 'Error', 'TypeError']);
/** Examples of lint rules are pages; they are shown in docs/checks.md. */
const silentKeys = new Set(['examples', 'bad', 'good', 'className', 'd', 'style']);
const spokenKeys = new Set(['label', 'title', 'heading', 'summary', 'does', 'word', 'words', 'says']);

/** Two words, or a word beside a value. */
const isSentence = (text: string): boolean =>
  !isCode(text) && /[A-Za-z]{2,}[,:;.]? +[\w{`"'(<—–]|[}`"')>] +[A-Za-z]{2,}/.test(text);

/** `a ${b.c} d` is `a {b.c} d`; what is longer than a name is `{…}`. */
function templateText(node: Node, source: string): string {
  const values = (node.expressions as Node[]).map(({ start, end }) => source.slice(start, end));
  return (node.quasis as { value: { cooked: string } }[])
    .map(({ value }, at) => {
      const written = values[at];
      if (written === undefined) return value.cooked;
      return `${value.cooked}{${/^[\w.?]{1,24}$/.test(written) ? written : '…'}}`;
    })
    .join('');
}

/** The text of a literal, a template, or of several joined by `+`. */
function textOf(node: Node, source: string): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'TemplateLiteral') return templateText(node, source);
  if (node.type === 'JSXText') return String(node.value).trim();
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined;
  const [left, right] = [textOf(node.left as Node, source), textOf(node.right as Node, source)];
  return left === undefined || right === undefined ? undefined : left + right;
}

const nameOf = (node: unknown): string => (isNode(node) ? String(node.name ?? node.value ?? '') : '');

/** Every text of a file that people may read, in the order of the file, each once. */
export function messagesOf(file: HouseFile): readonly string[] {
  if (silent.some((path) => path.test(file.path))) return [];
  const found = new Set<string>();
  const saysWords = file.path.startsWith('src/view/words/');

  const visit = (node: Node, spoken: boolean): void => {
    if (node.type === 'ImportDeclaration' || node.type === 'TaggedTemplateExpression') return;
    if (/^TS(?!As|Satisfies|NonNull)/.test(node.type)) return;
    const callee = nameOf(node.callee);
    if (silentCalls.has(callee)) return;
    if (node.type === 'MemberExpression' && isNode(node.object) && node.object.type === 'Literal') return;
    if (node.type === 'BinaryExpression' && /^[=!]==?$/.test(String(node.operator))) return;
    if (node.type === 'Property' && silentKeys.has(nameOf(node.key))) return;

    const text = textOf(node, file.text);
    if (text !== undefined) {
      if (isSentence(text) || (spoken && /[A-Za-z]{2,}/.test(text))) found.add(text);
      if (node.type === 'Literal' || node.type === 'BinaryExpression') return;
    }
    const args = Array.isArray(node.arguments) ? (node.arguments as Node[]) : [];
    const besideSentence = args.some((arg) => isSentence(textOf(arg, file.text) ?? ''));
    for (const [key, value] of Object.entries(node)) {
      const label =
        (key === 'arguments' && besideSentence) ||
        (key === 'value' && node.type === 'Property' && (saysWords || spokenKeys.has(nameOf(node.key)))) ||
        (saysWords && node.type === 'ReturnStatement') ||
        (spoken && /^(Conditional|Logical)Expression$/.test(node.type) && key !== 'test');
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, label);
    }
  };
  const program: unknown = parseAst(file.text, { lang: file.path.endsWith('x') ? 'tsx' : 'ts' }, file.path);
  visit(program as Node, false);
  return [...found];
}
