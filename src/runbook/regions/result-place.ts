// Owns where in a document the result of each address goes.
import type { Address } from '../../basics/address.ts';
import { address } from '../../basics/address.ts';
import type { SourceFile } from '../../text/source-file.ts';
import type { Span } from '../../text/span.ts';
import type { ChecklistItem } from '../checklist.ts';
import type { Part, Runbook, Step } from '../runbook.ts';

/** The one place of an address. */
export interface ResultPlace {
  readonly address: Address;
  /** Byte offset of the end of a line, before its newline: a region is inserted there. */
  readonly offset: number;
  /** What every line of the container starts with. */
  readonly prefix: string;
  /** A block that nobody runs; it has a place all the same, should somebody say `run`. */
  readonly isShown: boolean;
  /** After the closing fence of a block in no container: nothing around it can be read differently. */
  readonly isPlain: boolean;
  /** A block's code, as a run takes it from the page: prompts taken off, line ends `\n`. */
  readonly code?: string;
  /** A checklist's items, whose ticks are written too. */
  readonly items?: readonly ChecklistItem[];
  /** All items of the list that a checklist is the first part of; results of before were of all of them. */
  readonly whole?: readonly ChecklistItem[];
}

/** Places of everything in a runbook that can have a result; an unclosed block has none. */
export function resultPlaces(runbook: Runbook): ReadonlyMap<Address, ResultPlace> {
  const places = new Map<Address, ResultPlace>();
  for (const step of runbook.steps) addStep(runbook.source, step, places);
  return places;
}

function addStep(source: SourceFile, step: Step, places: Map<Address, ResultPlace>): void {
  for (const part of step.parts) {
    const place = step.manual && part.type === 'prose' ? undefined : placeOfPart(part);
    if (place !== undefined && !places.has(place.address)) places.set(place.address, place);
  }
  const own = address(step.name);
  if (step.manual && !places.has(own)) places.set(own, placeOfManualStep(source, step));
  for (const nested of [...step.validation, ...step.rollback]) addStep(source, nested, places);
}

function placeOfPart(part: Part): ResultPlace | undefined {
  if (part.type === 'prose') {
    if (part.asks === undefined) return undefined;
    const { address, resultOffset, containerPrefix } = part.asks;
    return { address, offset: resultOffset, prefix: containerPrefix, ...worked };
  }
  if (part.type === 'block') {
    const { address, closed, fenced, runnable, resultOffset, containerPrefix } = part.block;
    if (!closed) return undefined;
    const isPlain = fenced && containerPrefix === '';
    const code = part.block.console?.commands ?? part.block.code;
    return { address, offset: resultOffset, prefix: containerPrefix, isShown: !runnable, isPlain, code };
  }
  if (part.type === 'checklist') {
    const { address, resultOffset, containerPrefix, items, whole } = part.checklist;
    return {
      address,
      offset: resultOffset,
      prefix: containerPrefix,
      ...worked,
      items,
      ...(whole && { whole }),
    };
  }
  const { address, resultOffset, containerPrefix } = part.link;
  return { address, offset: resultOffset, prefix: containerPrefix, ...worked };
}

const worked = { isShown: false, isPlain: false } as const;

/** A manual step has its result after the last of its own lines that says something. */
function placeOfManualStep(source: SourceFile, step: Step): ResultPlace {
  let end = step.headingSpan?.end ?? step.span.end;
  for (const part of step.parts) end = Math.max(end, spanOf(part).end);
  return {
    address: address(step.name),
    offset: endOfText(source.bytes, step.span.start, end),
    prefix: step.containerPrefix ?? '',
    ...worked,
  };
}

function spanOf(part: Part): Span {
  if (part.type === 'block') return part.block.span;
  if (part.type === 'checklist') return part.checklist.span;
  return part.type === 'prose' ? part.span : part.link.span;
}

/** End of the last line in `[start, end)` that is not blank. */
function endOfText(bytes: Uint8Array, start: number, end: number): number {
  let last = end;
  while (last > start && isBlank(bytes[last - 1])) last -= 1;
  while (last < bytes.length && !isNewline(bytes[last])) last += 1;
  return last;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || isNewline(byte);
}

function isNewline(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}
