// Tests that the terminal is taken with a picture ready for it.
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import { initialState } from '../../../src/run/evolve.ts';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import type { RunView } from '../../../src/run/surface.ts';
import { createTuiSurface, type TuiSurfaceOptions } from '../../../src/surfaces/tui/create-tui-surface.ts';
import { parse } from '../../runbook/runbook-of.ts';
import { CollectingStream } from '../collecting-stream.ts';

test('between taking the terminal and the first picture nothing is worked out, so that no empty screen is seen', async () => {
  const { runbook } = parse('# Page\n\n## Steps\n\n```sh {name=one}\na\n```\n');
  const { plan } = compilePlan(runbook);
  const state = { ...initialState(plan), run: runId('20261121-021322-test'), lifecycle: 'paused' as const };
  const output = Object.assign(new CollectingStream(), { isTTY: true, columns: 80, rows: 24, fd: 1 });
  /** What was on the screen whenever the run was looked at. */
  const seen: string[] = [];
  const view: RunView = {
    runbook,
    plan,
    readOutputTail: () => new Uint8Array() as ReturnType<RunView['readOutputTail']>,
    state: () => {
      seen.push(output.text);
      return state;
    },
  };
  const options: unknown = { input: new PassThrough(), output, env: { LANG: 'C.UTF-8' } };
  const surface = createTuiSurface(options as TuiSurfaceOptions);
  await surface.start(view, () => undefined);
  expect(output.text.match(/Working out what comes next|One moment/g)).toEqual([
    'Working out what comes next',
    'One moment',
  ]);
  expect(seen.filter((text) => text !== '' && !text.includes('Page'))).toEqual([]);
  await surface.end(state);
});
