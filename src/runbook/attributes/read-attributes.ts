// Owns reading the attributes of a block or step, with everything that is wrong with them.
import type { Diagnostic } from '../../text/diagnostic.ts';
import { type Span, span } from '../../text/span.ts';
import type { Attributes } from '../runbook.ts';
import { checkFile } from './check-file.ts';
import { checkSend } from './check-send.ts';
import { cutValues } from './cut-values.ts';
import type { BraceGroup, SyntaxProblem, WrittenAttribute } from './parse-fence-info.ts';
import { readAttribute } from './read-attribute.ts';
import { tellStray, tellUnknown } from './tell-unknown.ts';

export interface AttributesReading {
  readonly attributes: Attributes;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a group of attributes belongs to. */
export type AttributeOwner = 'a code block' | 'a step' | 'a link';

/** Reads attributes as written; `toByteOffset` gives diagnostics their place, `owner` names the thing meant. */
export function readAttributes(
  { attributes: written, strays, problems }: Omit<BraceGroup, 'end'>,
  owner: AttributeOwner,
  toByteOffset: (offset: number) => number,
): AttributesReading {
  const diagnostics: Diagnostic[] = [];
  const place = (start: number, end: number) => span(toByteOffset(start), toByteOffset(end));
  diagnostics.push(...syntaxErrors([...problems, ...cutValues(written, strays)], place));

  let attributes: Attributes = {};
  const seen = new Set<string>();
  for (const attribute of written) {
    const { name, value, nameStart, nameEnd } = attribute;
    const reading = readAttribute(attribute, attributes, owner === 'a code block');
    if (reading === undefined) {
      const told = tellUnknown(attribute, owner);
      if (told !== undefined) diagnostics.push(atName(told, written, place(nameStart, nameEnd)));
      continue;
    }
    if (seen.has(name) && !/^(?:expect|capture)/.test(name)) {
      diagnostics.push({
        code: 'duplicate-attribute',
        severity: 'error',
        message: `\`${name}\` is written twice`,
        span: place(nameStart, nameEnd),
      });
    }
    seen.add(name);
    if (reading.ok) {
      attributes = { ...attributes, ...reading.value };
      continue;
    }
    const received = value === undefined ? 'no value' : `\`${value}\``;
    diagnostics.push({
      code: 'bad-attribute-value',
      severity: 'error',
      message: `\`${name}\` expects ${reading.error}, and received ${received}`,
      span: value === undefined ? place(nameStart, nameEnd) : place(...wrongPart(attribute, reading.at)),
    });
  }
  if (owner === 'a code block')
    for (const [code, { at, ...told }] of [
      ...(attributes.send === undefined ? checkFile(written) : []).map(
        (one) => ['file-attribute', one] as const,
      ),
      ...checkSend(written).map((one) => ['send-attribute', one] as const),
    ])
      diagnostics.push({
        code,
        severity: 'error',
        ...told,
        span: place(at.nameStart, at.nameEnd),
      });
  for (const stray of strays) {
    const told = tellStray(stray, owner);
    if (told !== undefined) diagnostics.push({ ...told, span: place(stray.start, stray.end) });
  }
  return { attributes, diagnostics };
}

function syntaxErrors(
  problems: readonly SyntaxProblem[],
  place: (start: number, end: number) => Span,
): readonly Diagnostic[] {
  return problems.map(({ message, start, end, help }) => ({
    code: 'attribute-syntax',
    severity: 'error',
    message,
    span: place(start, end),
    ...(help !== undefined && { help }),
  }));
}

/** Where a value is wrong: all of it where it is not written as it is read. */
function wrongPart(
  { value, quoted, valueStart, valueEnd }: WrittenAttribute,
  at: readonly [start: number, end: number] | undefined,
): [start: number, end: number] {
  const quotes = quoted === 'double' || quoted === 'single' ? 1 : 0;
  const isAsWritten = value !== undefined && value.length + 2 * quotes === valueEnd - valueStart;
  if (at === undefined || quoted === 'json' || !isAsWritten) return [valueStart, valueEnd];
  const [start, end] = at;
  // What is missing at the end has a place, too.
  const from = Math.min(start, value.length - 1);
  return [valueStart + quotes + from, valueStart + quotes + Math.max(end, from + 1)];
}

/** What is said of a name, with what mends it unless that is written as well. */
function atName(
  { mended, ...said }: NonNullable<ReturnType<typeof tellUnknown>>,
  written: readonly WrittenAttribute[],
  at: Span,
): Diagnostic {
  const isFree = mended !== undefined && !written.some(({ name }) => name === mended);
  return { ...said, span: at, ...(isFree && { fix: { span: at, text: mended } }) };
}
