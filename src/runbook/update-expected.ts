// Owns how the shown output of blocks is rewritten in a document, byte for byte.

import type { Address } from '../basics/address.ts';
import { decodeSource } from '../text/source-file.ts';
import { span } from '../text/span.ts';
import { applySplices, type Splice } from '../text/splice.ts';
import type { ExpectedOutput } from './expected-output.ts';
import { parseOptionsOf, parseRunbook } from './parse-runbook.ts';
import type { Block, Runbook, Step } from './runbook.ts';

export interface ExpectedUpdate {
  readonly address: Address;
  /** Without their newlines. */
  readonly lines: readonly string[];
}

export interface UpdatedDocument {
  readonly bytes: Uint8Array;
  /** Blocks that show no output of their own, or whose output cannot be written where it stands. */
  readonly unplaced: readonly Address[];
}

/** Every block of a runbook by its address. */
export function blocksByAddress(runbook: Runbook): ReadonlyMap<Address, Block> {
  const blocks = new Map<Address, Block>();
  const visit = (step: Step): void => {
    for (const part of step.parts)
      if (part.type === 'block' && !blocks.has(part.block.address))
        blocks.set(part.block.address, part.block);
    for (const nested of [...step.validation, ...step.rollback]) visit(nested);
  };
  runbook.steps.forEach(visit);
  return blocks;
}

/**
 * The document with new lines in its output blocks, each in its own container and with a fence that they cannot
 * close. Each change is read back before it is kept: what would not be read as it was meant is left alone.
 */
export function updateExpected(runbook: Runbook, updates: readonly ExpectedUpdate[]): UpdatedDocument {
  const unplaced: Address[] = [];
  let current = runbook;
  for (const { address, lines } of updates) {
    const block = blocksByAddress(current).get(address);
    const output = block?.expectedOutput;
    const changed =
      block &&
      output &&
      prefixesOf(current, block, output)
        .map((prefix) => tryUpdate(current, address, output, lines, prefix))
        .find((candidate) => candidate !== undefined);
    if (changed) current = changed;
    else unplaced.push(address);
  }
  return { bytes: current.source.bytes, unplaced };
}

/** What the new lines may have to begin with, the likeliest first. */
function prefixesOf({ source }: Runbook, block: Block, output: ExpectedOutput): string[] {
  const opening = textOf(
    source.bytes,
    source.lines.startOfLine(source.lines.placeOf(output.span.start).line),
    output.span.start,
  );
  const closing = closingFence(source.bytes, output)?.prefix;
  const prefixes = [closing, opening.replace(/[^>\s]/g, ' '), block.containerPrefix];
  return [...new Set(prefixes.flatMap((prefix) => (prefix === undefined ? [] : [withBlank(prefix)])))];
}

/** A quote's mark is parted from what it quotes. */
function withBlank(prefix: string): string {
  return prefix.endsWith('>') ? `${prefix} ` : prefix;
}

function tryUpdate(
  runbook: Runbook,
  address: Address,
  output: ExpectedOutput,
  lines: readonly string[],
  prefix: string,
): Runbook | undefined {
  const { source } = runbook;
  const written = lines.map((line) => `${(prefix + line).trimEnd()}${source.newline}`).join('');
  const splices: Splice[] = [{ span: output.contentSpan, bytes: encode(written) }];
  splices.push(...longerFences(source.bytes, output, lines));
  const { source: changed } = decodeSource(source.path, applySplices(source.bytes, splices));
  const parsed = parseRunbook(changed, parseOptionsOf(runbook)).runbook;
  const before = blocksByAddress(runbook);
  const after = blocksByAddress(parsed);
  const isMeant = after.get(address)?.expectedOutput?.text === lines.join('\n');
  const isOtherwiseSame =
    before.size === after.size &&
    [...before].every(([other, block]) => {
      const now = after.get(other);
      const keepsOutput = other === address || now?.expectedOutput?.text === block.expectedOutput?.text;
      return now?.code === block.code && now.info === block.info && keepsOutput;
    });
  return isMeant && isOtherwiseSame ? parsed : undefined;
}

/** Nothing where the fences are long enough for the lines between them. */
function longerFences(bytes: Uint8Array, output: ExpectedOutput, lines: readonly string[]): Splice[] {
  const run = /^(?:`+|~+)/.exec(textOf(bytes, output.span.start, output.contentSpan.start))?.[0];
  if (run === undefined) return [];
  const letter = run.charAt(0);
  let longest = 0;
  for (const line of lines) {
    const first = /^\s*(`+|~+)/.exec(line)?.[1] ?? '';
    if (first.startsWith(letter)) longest = Math.max(longest, first.length);
  }
  if (longest < run.length) return [];
  const fence = encode(letter.repeat(longest + 1));
  const closing = closingFence(bytes, output);
  return [
    { span: span(output.span.start, output.span.start + run.length), bytes: fence },
    ...(closing ? [{ span: span(closing.start, closing.end), bytes: fence }] : []),
  ];
}

/** Bytes of the run that closes the block, and what stands before it on its line. */
function closingFence(
  bytes: Uint8Array,
  output: ExpectedOutput,
): { readonly prefix: string; readonly start: number; readonly end: number } | undefined {
  const line = textOf(bytes, output.contentSpan.end, output.span.end);
  const match = /^([^`~]*)(`{3,}|~{3,})[ \t]*$/.exec(line);
  if (!match) return undefined;
  const [, prefix = '', run = ''] = match;
  const start = output.contentSpan.end + encode(prefix).length;
  return { prefix, start, end: start + run.length };
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end));
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
