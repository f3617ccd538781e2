// Owns what one code block says for itself: label, attributes, shown output.

import type { Code, Nodes, Root } from 'mdast';
import type { Language } from '../../languages/languages.ts';
import { languageOf } from '../../languages/languages.ts';
import { programOf, shebangOf } from '../../languages/recognition/shebang-of.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { span } from '../../text/span.ts';
import { holdsText } from '../attributes/holds-text.ts';
import { outsideBraces } from '../attributes/outside-braces.ts';
import { type FenceInfo, parseFenceInfo } from '../attributes/parse-fence-info.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { isAttributeName } from '../attributes/tell-unknown.ts';
import type { Expectation } from '../expectation.ts';
import { afterNewline, endOfLine, startOfLine } from '../markdown/end-of-line.ts';
import { endOf, startOf } from '../markdown/parse-structure.ts';
import { readLeadIn, wordsBefore } from '../prose/lead-in.ts';
import type { FoundRegion } from '../regions/take-regions.ts';
import type { Attributes } from '../runbook.ts';
import { guardBesideBlock } from './guard-beside-block.ts';
import { type CodeReading, type LabelledCode, readCode } from './read-code.ts';
import { type Directive, readDirective } from './read-directive.ts';

/** A code block as its author wrote it; offsets are UTF-16. */
export interface WrittenBlock {
  readonly node: Code;
  readonly info: string;
  /** The label, lower-cased, or what the code itself names in a `#!` line. */
  readonly language?: string;
  /** Set when the label is in the table of runnable languages. */
  readonly known?: Language;
  /** True when a label is runnable, by the table or by a declared interpreter. */
  readonly isRunnableLabel: boolean;
  readonly attributes: Attributes;
  /** What its code and the words before it say that it is. */
  readonly reading: CodeReading;
  /** Where the author's own `name` stands. */
  readonly nameRange?: readonly [number, number];
  /** The block that shows what this one prints. */
  readonly output?: { readonly node: Code; readonly similarity?: number };
  /** Indented code has no fences. */
  readonly fenced: boolean;
  readonly closed: boolean;
  /** The lines between the fences. */
  readonly contentStart: number;
  readonly contentEnd: number;
}

export interface WrittenBlocks {
  readonly blocks: ReadonlyMap<Code, WrittenBlock>;
  /** Blocks that show the output of the one before them. */
  readonly outputs: ReadonlySet<Code>;
  /** Comments that say how alike output and shown output must be. */
  readonly similarityComments: ReadonlySet<Nodes>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads every code block of a document, wherever Markdown finds it. */
export function readBlocks(
  root: Root,
  text: string,
  toByteOffset: (offset: number) => number,
  interpreters: ReadonlySet<string>,
  regions: readonly FoundRegion[],
): WrittenBlocks {
  const blocks = new Map<Code, WrittenBlock>();
  const outputs = new Set<Code>();
  const similarityComments = new Set<Nodes>();
  const diagnostics: Diagnostic[] = [];
  const visit = (node: Nodes) => {
    if (!('children' in node)) return;
    const children: readonly Nodes[] = node.children;
    for (const [index, child] of children.entries()) {
      if (child.type === 'code') {
        const words = () => wordsBefore(text, startOf(child), regions);
        const read = readBlock(child, text, toByteOffset, interpreters, words);
        diagnostics.push(...read.diagnostics);
        blocks.set(child, read.block);
      } else if (child.type !== 'paragraph' && child.type !== 'heading' && child.type !== 'table') {
        visit(child);
      }
      if (child.type === 'html' && isSimilarityComment(child.value)) {
        similarityComments.add(child);
        const follows = children.slice(index + 1, index + 6).find((other) => other.type !== 'html');
        if (follows?.type !== 'code')
          diagnostics.push(
            outputProblem(
              child,
              'no code block follows `expected_similarity`, so that it checks nothing',
              'bad-similarity',
              toByteOffset,
              // Its authors write it before prose, too.
              'warning',
            ),
          );
      } else {
        const isBefore = children[index + 1]?.type === 'code';
        const isBeside = isBefore || children[index - 1]?.type === 'code';
        const found = isBeside ? guardBesideBlock(child, text, isBefore, toByteOffset) : undefined;
        if (found !== undefined) diagnostics.push(found);
      }
    }
    pairOutputs(children, blocks, outputs, (place, message, code) =>
      diagnostics.push(outputProblem(place, message, code, toByteOffset)),
    );
  };
  visit(root);
  return { blocks, outputs, similarityComments, diagnostics };
}

interface ReadBlock {
  readonly block: WrittenBlock;
  readonly diagnostics: readonly Diagnostic[];
}

function readBlock(
  node: Code,
  text: string,
  toByteOffset: (offset: number) => number,
  interpreters: ReadonlySet<string>,
  words: () => string,
): ReadBlock {
  const fences = node.data?.fences;
  if (fences === undefined) return { block: indentedBlock(node, words), diagnostics: [] };
  const [start, end] = [startOf(node), endOf(node)];
  const [, infoFrom] = fences.opening;
  const lineEnd = Math.min(endOfLine(text, infoFrom), end);
  const { closing } = fences;
  const info = readInfo(text, infoFrom, lineEnd, toByteOffset, interpreters);
  const { written, read, isOurs } = info;
  const name = written.attributes.find((attribute) => attribute.name === 'name');
  const label = interpreterOf(read.attributes) ?? labelOf(info, node.value);
  const contentStart = Math.min(afterNewline(text, lineEnd), end);
  const block: WrittenBlock = {
    node,
    info: text.slice(info.start, info.end),
    ...label,
    attributes: read.attributes,
    reading: readingOf(node, label, read.attributes, words, written.directive),
    ...(name !== undefined && { nameRange: [name.valueStart, name.valueEnd] as const }),
    fenced: true,
    closed: closing !== undefined,
    contentStart,
    contentEnd: closing === undefined ? end : Math.max(contentStart, startOfLine(text, closing[0])),
  };
  const diagnostics = [...read.diagnostics, ...withoutEffect(info, text, toByteOffset)];
  if (closing === undefined) {
    // It takes in all that follows, so that nobody knows what its code is.
    diagnostics.push({
      code: 'unclosed-fence',
      severity: isOurs ? 'error' : 'warning',
      message: 'the code block is never closed',
      span: span(toByteOffset(start), toByteOffset(Math.max(lineEnd, start + 1))),
      help: `end it with the line ${text.slice(...fences.opening)}`,
    });
  }
  return { block, diagnostics };
}

type Label = Pick<WrittenBlock, 'language' | 'known' | 'isRunnableLabel'>;

/** What a block is labelled, by its info string and by a `#!` line, which says more than `sh` or nothing does. */
function labelOf({ written: { language }, known, isRunnableLabel }: Info, code: string): Label {
  const shebang = language === undefined || known?.family === 'shell' ? shebangOf(code) : undefined;
  const program = shebang === undefined ? 'sh' : programOf(shebang);
  if (program !== 'sh') {
    const named = languageOf(program);
    return { language: program, ...(named !== undefined && { known: named }), isRunnableLabel: true };
  }
  return {
    ...(language !== undefined && { language }),
    ...(known !== undefined && { known }),
    isRunnableLabel,
  };
}

/** What the code is; only that which could be run is looked at. */
function readingOf(
  node: Code,
  { language, known, isRunnableLabel }: Label,
  attributes: Attributes,
  words: () => string,
  directive?: Directive,
): CodeReading {
  if (attributes.run === false || holdsText(attributes)) return {};
  if (language !== undefined && !isRunnableLabel) return {};
  const code = node.value.replace(/\r\n?/g, '\n');
  const family = known?.family ?? (language === undefined ? undefined : 'interpreter');
  const isTranscript = known?.transcript === true;
  const block = {
    code,
    family,
    isTranscript,
    attributes,
    ...(known !== undefined && { language: known.id }),
  };
  const read = (changes: Partial<LabelledCode>) =>
    readCode({ ...block, ...changes }, () => readLeadIn(words()));
  return directive === undefined ? read({}) : readDirective(directive, code, read);
}

/** Code that is indented instead of fenced: it has neither a language nor attributes. */
function indentedBlock(node: Code, words: () => string): WrittenBlock {
  const label = { isRunnableLabel: false };
  return {
    node,
    info: '',
    ...label,
    attributes: {},
    reading: readingOf(node, label, {}, words),
    fenced: false,
    closed: true,
    contentStart: startOf(node),
    contentEnd: endOf(node),
  };
}

/** What stands behind an opening fence, understood. */
interface Info {
  readonly start: number;
  readonly end: number;
  readonly written: FenceInfo;
  readonly known: Language | undefined;
  /** Something is known that runs its language. */
  readonly isRunnableLabel: boolean;
  /** Its braces are for this tool. */
  readonly isOurs: boolean;
  readonly read: ReturnType<typeof readAttributes>;
}

function readInfo(
  text: string,
  from: number,
  lineEnd: number,
  toByteOffset: (offset: number) => number,
  interpreters: ReadonlySet<string>,
): Info {
  const raw = text.slice(from, lineEnd);
  const start = from + (raw.length - raw.trimStart().length);
  const end = Math.max(start, from + raw.trimEnd().length);
  const written = parseFenceInfo(text, start, end);
  const { language, attributes } = written;
  const known = language === undefined ? undefined : languageOf(language);
  const isRunnableLabel = known !== undefined || (language !== undefined && interpreters.has(language));
  const isOurs =
    isRunnableLabel || attributes.some(({ name }) => /^(?:run|interpreter|file|send)$/.test(name));
  const hasAttributes = attributes.some(({ name, value }) => value !== undefined && isAttributeName(name));
  const read =
    isOurs || (language === undefined && hasAttributes)
      ? readAttributes(written, 'a code block', toByteOffset)
      : { attributes: {}, diagnostics: [] };
  return { start, end, written, known, isRunnableLabel, isOurs, read };
}

/** What was written there and does nothing: guards outside braces, `run` for a language that nothing runs. */
function withoutEffect(
  { start, written, isRunnableLabel, read }: Info,
  text: string,
  toByteOffset: (offset: number) => number,
): readonly Diagnostic[] {
  const { language } = written;
  if (isRunnableLabel || holdsText(read.attributes))
    return outsideBraces(written.outside, text, toByteOffset);
  if (read.attributes.run !== true || language === undefined || holdsText(read.attributes)) return [];
  return [
    {
      code: 'unknown-language',
      severity: 'error',
      message: `it is not known what runs \`${language}\``,
      span: span(toByteOffset(start), toByteOffset(start + language.length)),
      help: `declare it in the front matter: \`interpreters: { ${language}: [command] }\``,
    },
  ];
}

/** Runme's `interpreter` names what runs the block whatever its label; with arguments it is a language of its own. */
function interpreterOf({ interpreter = [] }: Attributes): Label | undefined {
  if (interpreter.length === 0) return undefined;
  const program = programOf(interpreter);
  const known = interpreter.length === 1 ? languageOf(program) : undefined;
  if (known !== undefined) return { language: program, known, isRunnableLabel: true };
  return { language: interpreter.join(' ').toLowerCase(), isRunnableLabel: true };
}

function isSimilarityComment(value: string): boolean {
  return /^<!--\s*expected_similarity\b/i.test(value);
}

type OutputProblem = 'bad-similarity' | 'second-output';
type Report = (place: Nodes, message: string, code: OutputProblem) => void;

/**
 * Joins blocks with the block that shows their output: an `output` block right behind, or Innovation Engine's
 * comment before any block, with prose such as "Results:" between.
 */
function pairOutputs(
  children: readonly Nodes[],
  blocks: Map<Code, WrittenBlock>,
  outputs: Set<Code>,
  report: Report,
): void {
  for (const [index, child] of children.entries()) {
    if (child.type !== 'code' || outputs.has(child)) continue;
    const block = blocks.get(child);
    if (block === undefined || holdsText(block.attributes)) continue;
    if (!(block.isRunnableLabel || block.attributes.run === true)) continue;
    let comment: Extract<Nodes, { type: 'html' }> | undefined;
    let prose = false;
    for (let next = index + 1; next < children.length; next += 1) {
      const node = children[next];
      if (node?.type === 'html' && isSimilarityComment(node.value)) comment = node;
      else if (node?.type === 'html' && /^<!--/.test(node.value)) continue;
      else if (node?.type === 'paragraph' && comment === undefined) prose = true;
      else {
        if (node?.type !== 'code') break;
        const isOutput = !prose && blocks.get(node)?.language === 'output';
        if (comment !== undefined) blocks.set(child, withSimilarity(block, node, comment, report));
        else if (isOutput) blocks.set(child, { ...block, output: { node } });
        if (comment !== undefined || isOutput) outputs.add(node);
        let behind = next + 1;
        while (children[behind]?.type === 'html') behind += 1;
        const second = isOutput ? children[behind] : undefined;
        if (second?.type === 'code' && blocks.get(second)?.language === 'output') {
          outputs.add(second);
          if (block.attributes.expect?.some(({ type }) => type === 'output'))
            report(
              second,
              '`expect=output` compares with one block, and this is a second one',
              'second-output',
            );
        }
        break;
      }
    }
  }
}

function withSimilarity(
  block: WrittenBlock,
  node: Code,
  comment: Extract<Nodes, { type: 'html' }>,
  report: Report,
): WrittenBlock {
  const value = /^<!--\s*expected_similarity\s*=\s*(.*?)\s*-->\s*$/is.exec(comment.value)?.[1];
  const threshold = value !== undefined && /^\d*\.?\d+$|^\d+\.$/.test(value) ? Number(value) : undefined;
  if (threshold !== undefined && threshold <= 1) return { ...block, output: { node, similarity: threshold } };
  const quoted = /^"(.*)"$/s.exec(value ?? '')?.[1];
  if (quoted !== undefined && isRegex(quoted)) {
    const regex: Expectation = { type: 'regex', source: quoted, flags: '', negated: false };
    return {
      ...block,
      output: { node },
      attributes: { ...block.attributes, expect: [...(block.attributes.expect ?? []), regex] },
    };
  }
  report(
    comment,
    `\`expected_similarity\` expects a number from 0 to 1 or a quoted regular expression, and received \`${value ?? ''}\``,
    'bad-similarity',
  );
  return { ...block, output: { node } };
}

function isRegex(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

function outputProblem(
  place: Nodes,
  message: string,
  code: OutputProblem,
  toByteOffset: (offset: number) => number,
  severity: 'error' | 'warning' = 'error',
): Diagnostic {
  return {
    code,
    severity,
    message,
    span: span(toByteOffset(startOf(place)), toByteOffset(endOf(place))),
    ...(code === 'second-output' && { help: 'put both into one `output` block, or label this one `text`' }),
  };
}
