import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { parse } from 'valibot';
import { describe, expect, test } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import type { RecordedEvent, RunEvent } from '../../../src/run/event.ts';
import { storedBytes } from '../../../src/run/masking/redactor.ts';
import type { OutputChunk } from '../../../src/run/output-chunk.ts';
import type { Plan } from '../../../src/run/plan.ts';
import type { RunState } from '../../../src/run/state.ts';
import type { RunView } from '../../../src/run/surface.ts';
import { createNdjsonSurface } from '../../../src/surfaces/headless/create-ndjson-surface.ts';
import { eventRecord } from '../../../src/surfaces/headless/event-record.ts';
import { planRecord } from '../../../src/surfaces/headless/plan-record.ts';
import { Utf8Cutter } from '../../../src/surfaces/headless/utf8-cutter.ts';
import { wireRecord } from '../../../src/surfaces/headless/wire-record.ts';
import { anyCharacter } from '../../any-character.ts';
import { block, planOf } from '../../run/sample-plan.ts';
import { CollectingStream } from '../collecting-stream.ts';
import { renderWireReference, wireJsonSchema } from './render-wire-reference.ts';
import { sampleEvents, sampleResult } from './sample-events.ts';

const at = '2026-11-21T02:13:22.000Z';
const recorded = (event: RunEvent, seq = 1): RecordedEvent => ({ seq, at, event });
const drain = address('drain');
const chunk = (text: string | Uint8Array, stream: OutputChunk['stream'] = 'stdout'): OutputChunk => ({
  address: drain,
  attempt: 1,
  stream,
  bytes: storedBytes(typeof text === 'string' ? new TextEncoder().encode(text) : text),
});
const state = {} as RunState;
const viewOf = (plan: Plan): RunView => ({ plan }) as RunView;
const linesOf = (stream: CollectingStream): unknown[] =>
  stream.text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** What the journal alone has a use for. */
const untold = new Set(['RecordSealed']);

test.each(Object.values(sampleEvents).filter(({ type }) => !untold.has(type)))(
  '$type is written as the schema says',
  (event) => {
    const record = JSON.parse(JSON.stringify(eventRecord(recorded(event))));
    expect(parse(wireRecord, record)).toEqual(record);
  },
);

test('internal names that are no business of others stay inside', () => {
  const { type, toolVersion } = eventRecord(recorded(sampleEvents.RunStarted)) as Record<string, unknown>;
  expect({ type, toolVersion }).toEqual({ type: 'run-started', toolVersion: '0.1.0' });
  expect(
    JSON.stringify(Object.values(sampleEvents).map((event) => eventRecord(recorded(event)))),
  ).not.toMatch(/shellState|planDigest/);
});

test('the plan opens the stream', () => {
  const plan = planOf([block('drain', 'steps', { estimateMs: 5000, risk: 'destructive', line: 12 })], {
    severity: 'SEV2',
  });
  const record = JSON.parse(JSON.stringify(planRecord(plan)));
  expect(parse(wireRecord, record)).toEqual({
    v: 1,
    type: 'plan',
    title: 'Sample',
    severity: 'SEV2',
    items: [
      {
        address: 'drain',
        kind: 'block',
        step: 'drain',
        stepTitle: 'drain',
        phase: 'steps',
        risk: 'destructive',
        line: 12,
        language: 'sh',
        estimateMs: 5000,
      },
    ],
  });
});

test('a run as a program reads it', async () => {
  const stream = new CollectingStream();
  const surface = createNdjsonSurface({ stream });
  await surface.start(viewOf(planOf([])), () => undefined);
  surface.onEvent(recorded(sampleEvents.BlockStarted), state);
  surface.onOutput(chunk('a\n'));
  surface.onOutput(chunk(Uint8Array.of(0xc3)));
  surface.onOutput(chunk(Uint8Array.of(0xa9, 0x0a)));
  surface.onOutput(chunk(Uint8Array.of(0xff, 0xfe), 'stderr'));
  surface.onOutput(chunk(Uint8Array.of(0xe2, 0x82)));
  surface.onEvent(
    recorded({ type: 'BlockPassed', address: drain, attempt: 1, result: { ...sampleResult, hosts: [] } }, 2),
    state,
  );
  await surface.end(state);
  expect(linesOf(stream)).toEqual([
    { v: 1, type: 'plan', title: 'Sample', items: [] },
    { v: 1, seq: 1, at, address: 'drain', type: 'block-started', attempt: 1, code: 'true\n' },
    { v: 1, address: 'drain', attempt: 1, stream: 'stdout', type: 'output', text: 'a\n' },
    { v: 1, address: 'drain', attempt: 1, stream: 'stdout', type: 'output', text: 'é\n' },
    { v: 1, address: 'drain', attempt: 1, stream: 'stderr', type: 'output', base64: '//4=' },
    { v: 1, address: 'drain', attempt: 1, stream: 'stdout', type: 'output', base64: '4oI=' },
    {
      ...{ v: 1, seq: 2, at, address: 'drain', type: 'block-passed', attempt: 1 },
      result: {
        exitCode: 0,
        durationMs: 1340,
        output: { stdoutBytes: 12, stderrBytes: 0, lines: 1, file: 'output/drain.1' },
        captured: { ACTIVE: '3' },
        warnings: [],
        hosts: [],
      },
    },
  ]);
});

test('pieces are whole characters, and together they are the bytes', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: anyCharacter, maxLength: 30 }),
      fc.array(fc.nat(100), { maxLength: 6 }),
      (text, cuts) => {
        const bytes = Buffer.from(text);
        const cutter = new Utf8Cutter();
        const pieces = [];
        let from = 0;
        for (const cut of [
          ...cuts.filter((place) => place < bytes.length).sort((a, b) => a - b),
          bytes.length,
        ]) {
          pieces.push(cutter.push(bytes.subarray(from, cut)));
          from = cut;
        }
        pieces.push(cutter.end());
        const texts = pieces.flatMap((piece) =>
          piece === undefined ? [] : 'text' in piece ? [piece.text] : ['no text'],
        );
        expect(texts.join('')).toBe(bytes.toString());
      },
    ),
  );
});

describe('a reader that is slow or gone', () => {
  test('a hundred megabytes are not held for a reader that does not read; what is missing is said', async () => {
    const stream = new CollectingStream({ blocked: true });
    const surface = createNdjsonSurface({ stream });
    await surface.start(viewOf(planOf([])), () => undefined);
    const megabyte = chunk('x'.repeat(1_000_000));
    for (let count = 0; count < 100; count += 1) surface.onOutput(megabyte);
    expect(stream.writableLength).toBeLessThan(3_000_000);
    surface.onEvent(recorded({ type: 'GateOpened' }), state);
    stream.release();
    await surface.end(state);
    const records = linesOf(stream) as { type: string; text?: string; bytes?: number }[];
    const shown = records
      .filter(({ type }) => type === 'output')
      .reduce((sum, { text = '' }) => sum + text.length, 0);
    const dropped = records
      .filter(({ type }) => type === 'output-dropped')
      .reduce((sum, { bytes = 0 }) => sum + bytes, 0);
    expect(records.map(({ type }) => type)).toContain('gate-opened');
    expect({ all: shown + dropped, someDropped: dropped > 90_000_000 }).toEqual({
      all: 100_000_000,
      someDropped: true,
    });
  });

  test('a closed pipe does not end the process', async () => {
    const script = `
      const { createNdjsonSurface } = await import('./ndjson-surface.mjs');
      const surface = createNdjsonSurface({ stream: process.stdout });
      surface.start({ plan: { title: 't', items: [] } });
      for (let seq = 1; seq < 200; seq += 1) {
        surface.onEvent({ seq, at: '', event: { type: 'GateOpened' } });
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await surface.end();
      process.stderr.write('the run went on\\n');
    `;
    const { build } = await import('esbuild');
    const { mkdtemp, rm, writeFile } = await import('node:fs/promises');
    const { tmpdir } = await import('node:os');
    const folder = await mkdtemp(join(tmpdir(), 'runsheet-pipe-'));
    try {
      await build({
        entryPoints: [join(import.meta.dirname, '../../../src/surfaces/headless/create-ndjson-surface.ts')],
        outfile: join(folder, 'ndjson-surface.mjs'),
        bundle: true,
        format: 'esm',
        platform: 'node',
      });
      await writeFile(join(folder, 'main.mjs'), script);
      const { stdout, stderr } = await promisify(execFile)('bash', [
        '-c',
        `"$0" "$1" | head -n 1; echo "exit \${PIPESTATUS[0]}"`,
        process.execPath,
        join(folder, 'main.mjs'),
      ]);
      expect({ stdout, stderr }).toEqual({
        stdout: '{"v":1,"type":"plan","title":"t","items":[]}\nexit 0\n',
        stderr: 'the run went on\n',
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

test('the reference in docs/ says what the schema says; `vitest -u` writes it', async () => {
  await expect(renderWireReference()).toMatchFileSnapshot('../../../docs/ndjson.md');
  await expect(`${JSON.stringify(wireJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
    '../../../docs/ndjson.schema.json',
  );
});
