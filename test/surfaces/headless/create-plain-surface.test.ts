import { expect, test } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import type { RecordedEvent, RunEvent } from '../../../src/run/event.ts';
import { initialState } from '../../../src/run/evolve.ts';
import { ownText, storedBytes } from '../../../src/run/masking/redactor.ts';
import type { OutputChunk } from '../../../src/run/output-chunk.ts';
import type { RunState } from '../../../src/run/state.ts';
import type { RunView, Surface } from '../../../src/run/surface.ts';
import { createPlainSurface } from '../../../src/surfaces/headless/create-plain-surface.ts';
import { type ColourLevel, makePalette } from '../../../src/view/layout/palette.ts';
import { block, planOf } from '../../run/sample-plan.ts';
import { CollectingStream } from '../collecting-stream.ts';
import { sampleEvents, sampleResult } from './sample-events.ts';

const state = {} as RunState;
const plan = planOf([block('check', 'preconditions'), block('drain', 'steps'), block('undo', 'rollback')], {
  title: 'Drain a node',
  missingSections: ['validation'],
});
const view: Partial<RunView> = { plan, state: () => initialState(plan) };
const recorded = (event: RunEvent): RecordedEvent => ({ seq: 1, at: '2026-11-21T02:13:22.000Z', event });
const encoded = (text: string) => storedBytes(new TextEncoder().encode(text));
const chunk = (text: string, more: Partial<OutputChunk> = {}): OutputChunk => ({
  ...{ address: address('drain'), attempt: 1, stream: 'stdout', bytes: encoded(text) },
  ...more,
});

async function shown(
  act: (surface: Surface, stream: CollectingStream) => void,
  {
    level = 0 as ColourLevel,
    terminal = false,
    blocked = false,
    columns = undefined as number | undefined,
  } = {},
): Promise<string> {
  const stream = new CollectingStream({ blocked });
  const palette = makePalette(level);
  const surface = createPlainSurface({ stream, palette, terminal, ...(columns && { columns }) });
  act(surface, stream);
  stream.release();
  await surface.end(state);
  return stream.text;
}

test('what a block should have printed', async () => {
  const text = await shown((surface) => {
    const reason = {
      type: 'expectation',
      expected: ownText('healthy'),
      actual: ownText('unhealthy'),
      message: ownText('the output is not the one shown below the block'),
      difference: ownText(' 3 pods\n-healthy\n+un\u001b[2Jhealthy'),
    } as const;
    const event = {
      type: 'BlockFailed',
      address: address('drain'),
      attempt: 1,
      result: sampleResult,
      reason,
    } as const;
    surface.onEvent(recorded(event), state);
  });
  expect(text).toBe(
    [
      '02:13:22 ✘ `drain` failed in 1.3 s (1 line): the output is not the one shown below the block',
      '   3 pods',
      '  -healthy',
      '  +un␛[2Jhealthy',
      '',
    ].join('\n'),
  );
});

test('what a runbook lacks is broken between words on a terminal', async () => {
  const begin = (surface: Surface) => void surface.start(view as RunView, () => undefined);
  expect(await shown(begin, { terminal: true, columns: 40 })).toBe(
    [
      'Drain a node · 2 steps',
      'This runbook has no validation section:',
      'nothing is checked at the end.',
      '',
    ].join('\n'),
  );
});

test('a run as a person reads it', async () => {
  const text = await shown((surface) => {
    void surface.start(view as RunView, () => undefined);
    surface.onEvent(recorded(sampleEvents.RunStarted), state);
    surface.onEvent(recorded({ type: 'PhaseStarted', phase: 'steps' }), state);
    surface.onEvent(recorded(sampleEvents.BlockStarted), state);
    surface.onOutput(chunk('one\ntwo\n\nun'));
    surface.onOutput(chunk('finished'));
    surface.onOutput(chunk('wrong\n', { stream: 'stderr' }));
    surface.onOutput(chunk('last'));
    surface.onEvent(
      recorded({ type: 'BlockPassed', address: address('drain'), attempt: 1, result: sampleResult }),
      state,
    );
  });
  expect(text).toBe(
    [
      'Drain a node · 2 steps',
      'This runbook has no validation section: nothing is checked at the end.',
      '02:13:22 ▶ run 20261121-021322-k3f9 of `Restart` started by ada@bastion',
      '02:13:22 ─ steps',
      '02:13:22 ▶ `drain` started',
      '  │ one',
      '  │ two',
      '  │',
      '  │ unfinished',
      '  │ wrong',
      '  │ last',
      '02:13:22 ✔ `drain` passed in 1.3 s (1 line)',
      '',
    ].join('\n'),
  );
});

test('each host has its name before its lines', async () => {
  const text = await shown((surface) => {
    surface.onOutput(chunk('a\nb', { host: 'web1' }));
    surface.onOutput(chunk('c\n', { host: 'web2' }));
    surface.onOutput(chunk('d\n', { host: 'web1' }));
  });
  expect(text).toBe('  web1 │ a\n  web1 │ b\n  web2 │ c\n  web1 │ d\n');
});

test('output cannot look like a line of ours, move the cursor, or leave its colour behind', async () => {
  const forged = '\u001b[2J\r02:13:22 ✔ `drain` passed\n\u001b[31mred\nstill red\u001b[0m\n\u001b[32mgreen';
  const act = (surface: Surface): void => {
    surface.onOutput(chunk(forged));
    surface.onEvent(recorded({ type: 'GateOpened' }), state);
  };
  expect(await shown(act)).toBe(
    '  │ 02:13:22 ✔ `drain` passed\n  │ red\n  │ still red\n  │ green\n02:13:22 ✔ every precondition holds\n',
  );
  expect(await shown(act, { level: 1, terminal: true })).toBe(
    [
      '  \u001b[2m│\u001b[22m 02:13:22 ✔ `drain` passed',
      '  \u001b[2m│\u001b[22m \u001b[31mred\u001b[0m',
      '  \u001b[2m│\u001b[22m \u001b[31mstill red\u001b[0m',
      '  \u001b[2m│\u001b[22m \u001b[32mgreen\u001b[0m',
      '\u001b[2m02:13:22 \u001b[22m\u001b[32m✔\u001b[39m every precondition holds',
      '',
    ].join('\n'),
  );
});

test('a progress bar stays on its line on a terminal, and is a line each in a file', async () => {
  const act = (surface: Surface): void => {
    surface.onOutput(chunk('10 %\r'));
    surface.onOutput(chunk('20 %\r100 %\r'));
    surface.onOutput(chunk('\ndone\r\n'));
  };
  expect(await shown(act)).toBe('  │ 10 %\n  │ 20 %\n  │ 100 %\n  │ done\n');
  expect(await shown(act, { level: 1, terminal: true })).toBe(
    ['10 %', '20 %', '100 %'].map((part) => `  \u001b[2m│\u001b[22m ${part}`).join('\u001b[0m\r\u001b[K') +
      '\n  \u001b[2m│\u001b[22m done\n',
  );
});

test('a reader that does not read costs no memory, and is told what it missed', async () => {
  let held = 0;
  const text = await shown(
    (surface, stream) => {
      const megabyte = chunk(`${'x'.repeat(999_999)}\n`);
      for (let count = 0; count < 100; count += 1) surface.onOutput(megabyte);
      held = stream.writableLength;
      surface.onEvent(recorded({ type: 'GateOpened' }), state);
    },
    { blocked: true },
  );
  expect(held).toBeLessThan(3_000_000);
  expect(text.split('\n').slice(-3)).toEqual([
    '  │ … 99 MB more, in the stored output',
    '02:13:22 ✔ every precondition holds',
    '',
  ]);
});
