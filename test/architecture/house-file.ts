// Owns what the rules of the house see of one file: its text, and of a TypeScript file the parsed facts.
import { parseAst } from 'rolldown/parseAst';

/** A tracked file; `path` is relative to the repository's root, with slashes. */
export interface HouseFile {
  readonly path: string;
  readonly text: string;
}

/** One import, export-from, or dynamic import. */
export interface ImportFact {
  readonly specifier: string;
  readonly line: number;
}

export interface ModuleFacts {
  readonly imports: readonly ImportFact[];
  /** Free names, and the calls that read a clock or chance, such as `Date.now` and `new Date()`. */
  readonly names: readonly { readonly name: string; readonly line: number }[];
  readonly defaultExports: readonly number[];
  /** Names that the file itself declares and exports. */
  readonly exports: readonly string[];
  /** Functions, methods and arrows, the inner ones too, with the lines that they span. */
  readonly functions: readonly { readonly line: number; readonly lines: number }[];
  /** Calls of Node's timers whose time is worked out elsewhere: no number, and no constant number of the file's own. */
  readonly openWaits: readonly number[];
  /** True where every statement hands on what another file exports. */
  readonly barrel: boolean;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Where an identifier is only the name of a property or of someone else's export. */
const labelOf: Readonly<Record<string, string>> = {
  MemberExpression: 'property',
  Property: 'key',
  MethodDefinition: 'key',
  PropertyDefinition: 'key',
  TSPropertySignature: 'key',
  TSMethodSignature: 'key',
  TSQualifiedName: 'right',
  ImportSpecifier: 'imported',
  ExportSpecifier: 'exported',
};

const handsOn = (node: Node): boolean =>
  node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && isNode(node.source));

const isFunction = ({ type }: Node): boolean =>
  type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression';

/** The names of `export const a = …, b = …`, of an exported function, class, interface, type or enum. */
function declaredBy(node: Node): readonly string[] {
  if (node.type !== 'ExportNamedDeclaration' || !isNode(node.declaration)) return [];
  const { declaration } = node;
  const declared = declaration.type === 'VariableDeclaration' ? declaration.declarations : [declaration];
  return (declared as Node[]).flatMap(({ id }) => (isNode(id) ? [String(id.name)] : []));
}

/** Timers of Node, with the place of their time among the arguments. */
const timers: Readonly<Record<string, number>> = { setTimeout: 1, setInterval: 1 };

/** By their names in a file: those that everybody has, and those that it has imported. */
function timersOf(body: readonly Node[]): ReadonlyMap<string, number> {
  const imported = body
    .filter(({ type, source }) => type === 'ImportDeclaration' && isNode(source))
    .filter(({ source }) => (source as Node).value === 'node:timers/promises')
    .flatMap(({ specifiers }) => specifiers as Node[]);
  return new Map([
    ...Object.entries(timers),
    ...imported.map(({ local }) => [String((local as Node).name), 0] as const),
  ]);
}

const isNumber = (node: Node): boolean =>
  node.type === 'Literal'
    ? typeof node.value === 'number'
    : node.type === 'BinaryExpression' && isNode(node.left) && isNode(node.right)
      ? isNumber(node.left) && isNumber(node.right)
      : false;

/** Names of the file's own constant numbers. */
const numbersOf = (body: readonly Node[]): ReadonlySet<string> =>
  new Set(
    body
      .map((node) =>
        node.type === 'ExportNamedDeclaration' && isNode(node.declaration) ? node.declaration : node,
      )
      .filter(({ type, kind }) => type === 'VariableDeclaration' && kind === 'const')
      .flatMap(({ declarations }) => declarations as Node[])
      .filter(({ init }) => isNode(init) && isNumber(init))
      .map(({ id }) => String((id as Node).name)),
  );

const read = new WeakMap<HouseFile, ModuleFacts>();

/** What a TypeScript file imports, exports and names; throws where it does not parse. */
export function readModule(file: HouseFile): ModuleFacts {
  const known = read.get(file) ?? parseModule(file);
  read.set(file, known);
  return known;
}

function parseModule(file: HouseFile): ModuleFacts {
  const program = parseAst(file.text, { lang: file.path.endsWith('x') ? 'tsx' : 'ts' }, file.path) as unknown;
  const lineEnds = [...file.text.matchAll(/\n/g)].map(({ index }) => index);
  const lineAt = (offset: number): number => {
    let [low, high] = [0, lineEnds.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lineEnds[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
  const imports: ImportFact[] = [];
  const names: { name: string; line: number }[] = [];
  const defaultExports: number[] = [];
  const exports: string[] = [];
  const functions: { line: number; lines: number }[] = [];
  const openWaits: number[] = [];
  const { body } = program as { body: Node[] };
  const timerNames = timersOf(body);
  const numbers = numbersOf(body);
  const isOpenWait = ({ type, callee, arguments: given }: Node): boolean => {
    const place =
      type === 'CallExpression' && isNode(callee) ? timerNames.get(String(callee.name)) : undefined;
    const ms = place === undefined ? undefined : (given as Node[])[place];
    return ms !== undefined && !isNumber(ms) && !(ms.type === 'Identifier' && numbers.has(String(ms.name)));
  };

  const visit = (node: Node, label: boolean): void => {
    const line = (): number => lineAt(node.start);
    if (isNode(node.source) && typeof node.source.value === 'string') {
      imports.push({ specifier: node.source.value, line: line() });
    }
    if (node.type === 'ExportDefaultDeclaration') defaultExports.push(line());
    exports.push(...declaredBy(node));
    if (isFunction(node)) functions.push({ line: line(), lines: lineAt(node.end) - line() + 1 });
    if (isOpenWait(node)) openWaits.push(line());
    if (node.type === 'Identifier' && !label) names.push({ name: String(node.name), line: line() });
    if (node.type === 'MemberExpression' && isNode(node.object) && isNode(node.property)) {
      names.push({ name: `${String(node.object.name)}.${String(node.property.name)}`, line: line() });
    }
    if (node.type === 'NewExpression' && isNode(node.callee) && (node.arguments as unknown[]).length === 0) {
      names.push({ name: `new ${String(node.callee.name)}()`, line: line() });
    }
    for (const [key, value] of Object.entries(node)) {
      const isLabel = labelOf[node.type] === key && node.computed !== true;
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, isLabel);
    }
  };
  visit(program as Node, false);
  return {
    imports,
    names,
    defaultExports,
    exports,
    functions,
    openWaits,
    barrel: body.length > 0 && body.every(handsOn),
  };
}
