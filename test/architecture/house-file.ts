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
  /** True where every statement hands on what another file exports. */
  readonly barrel: boolean;
}

interface Node {
  readonly type: string;
  readonly start: number;
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

/** Reads a TypeScript file; throws where it does not parse. */
export function readModule(file: HouseFile): ModuleFacts {
  const program = parseAst(file.text, { lang: file.path.endsWith('x') ? 'tsx' : 'ts' }, file.path) as unknown;
  const lineAt = (offset: number): number => file.text.slice(0, offset).split('\n').length;
  const imports: ImportFact[] = [];
  const names: { name: string; line: number }[] = [];
  const defaultExports: number[] = [];

  const visit = (node: Node, label: boolean): void => {
    const line = (): number => lineAt(node.start);
    if (isNode(node.source) && typeof node.source.value === 'string') {
      imports.push({ specifier: node.source.value, line: line() });
    }
    if (node.type === 'ExportDefaultDeclaration') defaultExports.push(line());
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
  return { imports, names, defaultExports, barrel: body.length > 0 && body.every(handsOn) };
}
