// Tests whose output stands below the text while blocks go on in the background.
import { expect, test } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import type { AttemptResult, RunEvent } from '../../../src/run/event.ts';
import { initialState } from '../../../src/run/evolve.ts';
import { storedBytes } from '../../../src/run/masking/redactor.ts';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { BlockConsole } from '../../../src/surfaces/tui/block-console.ts';
import { parse } from '../../runbook/runbook-of.ts';

const [watch, build] = [address('watch'), address('build')];
const { plan } = compilePlan(
  parse('# T\n\n## Steps\n\n```sh {name=watch background}\na\n```\n\n```sh {name=build}\nb\n```\n').runbook,
);
const state = initialState(plan);

/** A console, and what stands below the text while the run is followed, or while `of` is looked at. */
function open() {
  let changed = () => {};
  const loaded = new Promise<void>((resolve) => {
    changed = resolve;
  });
  const held = new BlockConsole(
    {
      level: 0,
      size: () => ({ columns: 40, rows: 4 }),
      cutOffOutputs: () => [],
      readOutputTail: () => new Uint8Array(),
      onChange: () => changed(),
    },
    () => {},
  );
  const { output } = held;
  const seen = async (of?: typeof watch) => {
    const shown = output.shown(of, of === undefined, state);
    if (shown === undefined) return undefined;
    await shown.screen.takeAll();
    const { screen, address: at, live } = shown;
    return { at, live, lines: screen.lines(0, screen.length).filter((line) => line !== '') };
  };
  return {
    tell: (event: object) => held.onEvent(event as RunEvent),
    print: (from: typeof watch, text: string) =>
      output.push({
        address: from,
        attempt: 1,
        stream: 'stdout',
        bytes: storedBytes(new TextEncoder().encode(text)),
      }),
    loaded,
    seen,
    close: () => output.dispose(),
  };
}

const result = (exitCode: number | null) => ({ exitCode, durationMs: 1 }) as AttemptResult;

test('what goes on in the background does not take the place of the block that runs, or has failed', async () => {
  const { tell, print, loaded, seen, close } = open();
  tell({ type: 'BlockStarted', address: watch, attempt: 1 });
  print(watch, 'log 1\n');
  await loaded;
  tell({ type: 'BlockPassed', address: watch, attempt: 1, result: result(null) });
  print(watch, 'log 2\n');
  expect(await seen()).toEqual({ at: watch, live: false, lines: ['log 1', 'log 2'] });

  tell({ type: 'BlockStarted', address: build, attempt: 1 });
  print(build, 'compiling\n');
  print(watch, 'log 3\n');
  print(build, 'linking\n');
  print(watch, 'log 4\n');
  expect(await seen()).toEqual({ at: build, live: true, lines: ['compiling', 'linking'] });
  tell({
    type: 'BlockFailed',
    address: build,
    attempt: 1,
    result: result(2),
    reason: { type: 'exit', code: 2 },
  });
  print(watch, 'log 5\n');
  expect(await seen()).toEqual({ at: build, live: false, lines: ['compiling', 'linking'] });
  expect(await seen(watch)).toEqual({
    at: watch,
    live: false,
    lines: ['log 1', 'log 2', 'log 3', 'log 4', 'log 5'],
  });

  // Its output is read from the record once it has ended.
  tell({ type: 'BackgroundEnded', address: watch, result: result(0), ended: 'by-run' });
  expect(await seen(watch)).toBeUndefined();
  close();
});
