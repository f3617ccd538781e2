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

  const visit = (node: Node, label: boolean): void => {
    const line = (): number => lineAt(node.start);
    if (isNode(node.source) && typeof node.source.value === 'string') {
      imports.push({ specifier: node.source.value, line: line() });
    }
    if (node.type === 'ExportDefaultDeclaration') defaultExports.push(line());
    exports.push(...declaredBy(node));
    if (isFunction(node)) functions.push({ line: line(), lines: lineAt(node.end) - line() + 1 });
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
  const body = (program as { body: Node[] }).body;
  return {
    imports,
    names,
    defaultExports,
    exports,
    functions,
    barrel: body.length > 0 && body.every(handsOn),
  };
}
