// Owns what a page is made of as the tool prints it, and copies of the page in which one part is spoiled.
import { isMap, parseDocument, Scalar } from 'yaml';
import type { Rig } from '../rig.ts';

/** A block of the page, or a handler, which stands in its front matter. */
export interface Part {
  readonly address: string;
  readonly kind: 'code' | 'file' | 'handler';
  readonly section: string;
  readonly risk: string;
  /** The line of its opening fence, from 1; 0 for a handler. */
  readonly line: number;
  /** How many lines its code has. */
  readonly lines: number;
  /** The name of a handler. */
  readonly handler?: string;
}

interface PrintedStep {
  readonly name: string;
  readonly section: string;
  readonly parts: readonly PrintedBlock[];
  readonly validation: readonly PrintedStep[];
}

interface PrintedBlock {
  readonly type: string;
  readonly address: string;
  readonly risk: string;
  readonly runnable: boolean;
  readonly attributes: { readonly file?: string; readonly handlers?: readonly string[] };
  readonly code: string;
  readonly place: { readonly line: number };
}

/** What a good run comes to, in its order: blocks, files and handlers, without undos. */
export async function partsOf(rig: Rig, page: string): Promise<readonly Part[]> {
  const { stdout } = await rig.run(['print', '--json', page]);
  const printed = JSON.parse(stdout) as { steps: readonly PrintedStep[] };
  return printed.steps.filter(({ section }) => section !== 'rollback').flatMap((step) => partsOfStep(step));
}

function partsOfStep(step: PrintedStep, section = step.section): Part[] {
  const blocks = step.parts.filter(({ type, runnable }) => type === 'block' && runnable);
  const own = blocks.map(
    ({ address, attributes, risk, place, code }): Part => ({
      address,
      kind: attributes.file === undefined ? 'code' : 'file',
      section,
      risk,
      line: place.line,
      lines: code.split('\n').length,
    }),
  );
  const handlers = [...new Set(blocks.flatMap(({ attributes }) => attributes.handlers ?? []))].map(
    (handler): Part => ({
      address: `${step.name}/then/${handler}`,
      kind: 'handler',
      section,
      risk: 'change',
      line: 0,
      lines: 0,
      handler,
    }),
  );
  return [...own, ...handlers, ...step.validation.flatMap((inner) => partsOfStep(inner, 'validation'))];
}

/** Code of a shell that is put before, and behind, what a part does. */
export interface Wrapping {
  readonly before?: string;
  readonly after?: string;
}

/** The page with code of a shell around some of its parts. Nothing is tried twice in it, so that failures come at once. */
export function wrap(text: string, wrappings: ReadonlyMap<Part, Wrapping>): string {
  const lines = text.split('\n');
  // From the last one on, so that the places of the others stay what they are.
  const blocks = [...wrappings].filter(([{ kind }]) => kind === 'code').sort(([a], [b]) => b.line - a.line);
  for (const [{ line, lines: count }, { before, after }] of blocks) {
    if (after !== undefined) lines.splice(line + count, 0, after);
    if (before !== undefined) lines.splice(line, 0, before);
    lines[line - 1] = (lines[line - 1] ?? '').replace(/ retries=\d+/, ' retries=0');
  }
  for (const [{ kind, line }, { before }] of wrappings) {
    if (kind !== 'file' || before === undefined) continue;
    const fence = (lines[line - 1] ?? '').replace(/ validate=("[^"]*"|'[^']*')/, '');
    lines[line - 1] = fence.replace(/\}$/, ` validate="${before}"}`);
  }
  const handlers = [...wrappings].flatMap(([{ handler }, wrapping]) =>
    handler === undefined ? [] : [[handler, wrapping] as const],
  );
  return handlers.length === 0 ? lines.join('\n') : withHandlers(lines.join('\n'), handlers);
}

function withHandlers(text: string, handlers: readonly (readonly [string, Wrapping])[]): string {
  const end = text.indexOf('\n---\n', 4);
  const head = parseDocument(text.slice(4, end));
  const declared = head.get('handlers');
  // Code of several lines cannot stand in braces.
  if (isMap(declared)) declared.flow = false;
  for (const [name, { before = ':', after = ':' }] of handlers) {
    const isShort = typeof head.getIn(['handlers', name]) === 'string';
    const place = isShort ? ['handlers', name] : ['handlers', name, 'run'];
    const code = new Scalar(`${before}\n${head.getIn(place)}\n${after}`);
    code.type = Scalar.BLOCK_LITERAL;
    head.setIn(place, code);
  }
  return `---\n${head.toString()}---\n${text.slice(end + 5)}`;
}
