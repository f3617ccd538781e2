// Tests how the components of a run's screen share it, at every size.
import fc from 'fast-check';
import { renderToString } from 'ink';
import { describe, expect, test } from 'vitest';
import { address } from '../../../../src/basics/address.ts';
import type { Plan, PlanItem } from '../../../../src/run/plan.ts';
import { parseRunbook } from '../../../../src/runbook/parse-runbook.ts';
import type { Size } from '../../../../src/surfaces/tui/main-size.ts';
import type { ShownOutput } from '../../../../src/surfaces/tui/output/block-output.ts';
import { OutputScreen } from '../../../../src/surfaces/tui/output/output-screen.ts';
import { firstPicture } from '../../../../src/surfaces/tui/pages/first-picture.ts';
import type { ScreenModel, ScrollMetrics } from '../../../../src/surfaces/tui/pages/screen-model.ts';
import { StepPages } from '../../../../src/surfaces/tui/pages/step-page.ts';
import { runScreen } from '../../../../src/surfaces/tui/screen/run-screen.tsx';
import { displayWidth } from '../../../../src/text/display-width.ts';
import { decodeSource } from '../../../../src/text/source-file.ts';
import { makePalette } from '../../../../src/view/layout/palette.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { Scenario } from '../../../run/scenario.ts';
import { Operator } from '../operator.ts';

const palette = makePalette(0);
const book = new TextEncoder().encode('# Sample\n\n## Steps\n\n```sh\ntrue\n```\n');
const { runbook } = parseRunbook(decodeSource('sample.md', book).source);

interface Scene {
  readonly size: Size;
  /** Lines of the block's code. */
  readonly code: number;
  /** Lines of its output; a running block's where it is said to be live. */
  readonly output?: number;
  readonly live?: boolean;
  /** The block has failed, and what to do now is asked. */
  readonly failed?: boolean;
  /** Keys that the operator has pressed before. */
  readonly keys?: string;
}

/** A screen of a run at its first block. */
async function modelOf({
  size,
  code,
  output = 0,
  live = false,
  failed = false,
  keys = '',
}: Scene): Promise<ScreenModel> {
  const lines = Array.from({ length: code }, (_, index) => `echo ${index + 1}`).join('\n');
  const plan = planOf([block('one', 'steps', { code: lines }), block('two', 'steps')]);
  const scenario = new Scenario(plan, { exits: { one: [failed ? 1 : 0] } }).start('guided');
  const operator = new Operator(scenario);
  if (failed) operator.type('\r');
  operator.output = output > 0 ? ['some'] : [];
  operator.type(keys);
  const model = modelFor(operator, plan, size);
  return { ...model, output: output > 0 ? await outputOf(output, size, live) : undefined };
}

function modelFor(operator: Operator, plan: Plan, size: Size): ScreenModel {
  const context = operator.context();
  const { state } = context;
  const view = { runbook, plan, state: () => state, readOutputTail: () => new Uint8Array() as never };
  return {
    ui: operator.ui,
    state,
    question: operator.question,
    current: context.current,
    runbook,
    pages: new StepPages(view, palette),
    remarks: [],
    size,
    palette,
    elapsedMs: 7000,
    output: undefined,
    ended: undefined,
    happened: undefined,
    context,
  };
}

async function outputOf(lines: number, { columns }: Size, live: boolean): Promise<ShownOutput> {
  const screen = new OutputScreen({ columns, rows: 5, level: 0, fromPipe: true });
  screen.push(
    new TextEncoder().encode(Array.from({ length: lines }, (_, at) => `line ${at + 1}\n`).join('')),
  );
  await screen.takeAll();
  return { address: address('one'), screen, live };
}

function draw(model: ScreenModel): { readonly lines: string[]; readonly metrics: Partial<ScrollMetrics> } {
  let metrics: Partial<ScrollMetrics> = {};
  const onLaidOut = (more: Partial<ScrollMetrics>): void => {
    metrics = { ...metrics, ...more };
  };
  const text = renderToString(runScreen({ model, onLaidOut }), { columns: model.size.columns });
  return { lines: text.split('\n').map((line) => line.trimEnd()), metrics };
}

/** How many rows each part of the main column has. */
async function shares(scene: Scene): Promise<{ page: number; output: number; panel: number }> {
  const { lines, metrics } = draw(await modelOf(scene));
  const isRule = (line: string): boolean => line.startsWith('──');
  const main = lines.slice(3, -3);
  const page = metrics.page?.height ?? 0;
  expect(main.slice(0, page).some(isRule)).toBe(false);
  const rest = main.slice(page);
  const panelAt = scene.failed ? rest.findIndex((line, at) => isRule(line) && (at > 0 || !scene.output)) : -1;
  const outputRows = panelAt === -1 ? rest.length : panelAt;
  return {
    page,
    output: Math.max(0, outputRows - 1),
    panel: panelAt === -1 ? 0 : rest.length - panelAt - 1,
  };
}

test('gives the text, the output and the menu their share', async () => {
  const size = { columns: 80, rows: 24 };
  expect(await shares({ size, code: 3 })).toEqual({ page: 18, output: 0, panel: 0 });
  expect(await shares({ size, code: 3, output: 3 })).toEqual({ page: 14, output: 3, panel: 0 });
  expect(await shares({ size, code: 3, output: 30, live: true })).toEqual({ page: 6, output: 11, panel: 0 });
  expect(await shares({ size, code: 5, output: 30, failed: true })).toEqual({
    page: 3,
    output: 5,
    panel: 8,
  });
  expect(await shares({ size, code: 30, output: 30, failed: true })).toEqual({
    page: 3,
    output: 5,
    panel: 8,
  });
  expect(await shares({ size, code: 30, failed: true })).toEqual({ page: 7, output: 0, panel: 10 });
});

const scenes = fc.record(
  {
    size: fc.record({ columns: fc.integer({ min: 10, max: 200 }), rows: fc.integer({ min: 3, max: 60 }) }),
    code: fc.integer({ min: 1, max: 80 }),
    output: fc.integer({ min: 0, max: 80 }),
    live: fc.boolean(),
    failed: fc.boolean(),
    keys: fc.constantFrom('', '?', '\t', 'n', 'e', 'o', 'o/', '\x1b[6~'),
  },
  { requiredKeys: ['size', 'code'] },
);

test('fills every size and leaves none, with its header above and its footer below', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, async (scene) => {
      const model = await modelOf(scene);
      const { lines, metrics } = draw(model);
      const { columns, rows } = scene.size;
      expect(lines.length).toBeLessThanOrEqual(rows);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
      expect(lines[0]?.slice(0, 4)).toBe('Samp');
      if (rows >= 18) {
        const rule = /^──/;
        expect([lines[2], lines[rows - 3]].map((line) => rule.test(line ?? ''))).toEqual([true, true]);
      }
      const { page } = metrics;
      expect(page && page.top >= 0 && page.top <= Math.max(0, page.length - page.height)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('in the first picture title, text and question stand where they stay', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, async ({ size, code }) => {
      const model = await modelOf({ size: { ...size, columns: size.columns + 30 }, code });
      const { lines, page } = firstPicture(model);
      const whole = draw(model);
      expect([lines.length, page]).toEqual([size.rows, { ...whole.metrics.page, find: page.find }]);
      for (const [row, line] of lines.entries()) {
        const isQuestion = row === size.rows - 2 && size.rows >= 4;
        const isText = row < size.rows - 3 && line.trim() !== '';
        // Beside the text stand the steps, which come with the whole.
        if (isQuestion || isText) expect(whole.lines[row]?.endsWith(line.trim())).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});

describe('what is to be confirmed', () => {
  const asks = `Have all ${'of the many '.repeat(12)}customers agreed to it?`;
  const flat = (lines: readonly string[]): string => lines.join(' ').replace(/\s+/g, ' ');

  /** The screens that an operator sees who reads on before the answer. */
  function read(item: Partial<PlanItem>, size: Size, keys = ''): readonly string[] {
    const plan = planOf([{ ...block('one', 'steps'), ...item } as PlanItem]);
    const operator = new Operator(new Scenario(plan).start('guided'));
    const seen: string[] = [];
    for (const key of keys) {
      const { lines, metrics } = draw(modelFor(operator, plan, size));
      seen.push(...lines.slice(2, -3));
      if (metrics.page) operator.page = metrics.page;
      operator.type(key);
    }
    return [...seen, ...draw(modelFor(operator, plan, size)).lines];
  }

  test.each([
    { columns: 80, rows: 24 },
    { columns: 40, rows: 10 },
  ])('can be read whole before it is answered: $columns×$rows', (size) => {
    expect(flat(read({ confirm: asks }, size, '     '))).toContain(asks);
    const plan = planOf([{ ...block('one', 'steps'), confirm: asks }]);
    const operator = new Operator(new Scenario(plan).start('guided'));
    operator.page = { top: 0, length: 12, height: 5, until: 12 };
    expect([operator.type('y').commands, operator.ui.pageTop]).toEqual([[], 4]);
  });

  test('is said below the text alone where it fits there', () => {
    const lines = read({ confirm: 'Sure?' }, { columns: 80, rows: 24 });
    expect(lines.filter((line) => line.includes('Sure?'))).toHaveLength(1);
  });

  test.each([
    { columns: 80, rows: 24 },
    { columns: 40, rows: 10 },
  ])('by its name shows all of the name: $columns×$rows', (size) => {
    const name = address('drop-everything-that-nobody-has-looked-at-since-the-migration-of-last-year');
    const lines = read({ address: name, risk: 'destructive' }, size, '     \r');
    expect(lines.join('').replace(/\s+/g, '')).toContain(name);
    expect(flat(read({ address: name, risk: 'destructive' }, size, '     '))).toContain(
      'It destroys something, and no undo is written for it.',
    );
  });
});

test('what is out of sight of the text is not said of an output or a menu', async () => {
  const size = { columns: 80, rows: 24 };
  for (const scene of [{ output: 3 }, { failed: true }]) {
    const { lines } = draw(await modelOf({ size, code: 60, ...scene }));
    expect(lines.filter((line) => /lines? below|more ──/.test(line))).toEqual([
      expect.stringMatching(/ text: \d+ more ──$/),
    ]);
  }
});

test.each([
  { columns: 80, rows: 24 },
  { columns: 120, rows: 24 },
])('a list of steps that is longer than the screen says so: $columns×$rows', (size) => {
  const plan = planOf(Array.from({ length: 100 }, (_, index) => block(`b${index}`, 'steps')));
  const operator = new Operator(new Scenario(plan).start('guided')).type('\t');
  const shown = (): string => draw(modelFor(operator, plan, size)).lines.join('\n');
  expect(shown()).toMatch(/^ {3}\d+ more below/m);
  operator.type('\x1b[6~'.repeat(5));
  expect(shown()).toMatch(/^ {3}\d+ more above, \d+ more below/m);
  operator.type('\x1b[6~'.repeat(9));
  expect(shown()).toMatch(/^ {3}\d+ more above( |$)/m);
});

test('holds no dot that a terminal of ASCII does not have', async () => {
  const ascii = makePalette(0, { unicode: false });
  for (const keys of ['', 'o']) {
    const model = await modelOf({ size: { columns: 80, rows: 24 }, code: 3, output: 40, live: true, keys });
    const happened = { symbol: 'passed', tone: 'good', text: 'one passed in 1 s · 40 lines' } as const;
    const { lines } = draw({ ...model, palette: ascii, happened });
    expect(lines.filter((line) => /output|passed/.test(line)).join()).not.toContain('·');
  }
});

test('every line of a command that is edited is shown as it is, and cut where it does not fit', () => {
  const code = `\tif true; then\techo one\n\techo \u202etwo\x1b[31m # ${'x'.repeat(80)}\ntrue`;
  const plan = planOf([block('one', 'steps', { code })]);
  const operator = new Operator(new Scenario(plan).start('guided')).type('e');
  const { lines } = draw(modelFor(operator, plan, { columns: 60, rows: 24 }));
  const at = lines.findIndex((line) => line.startsWith('── The command of'));
  expect(lines.slice(at + 1, at + 4)).toEqual([
    '␉if true; then␉echo one',
    `␉echo \ufffdtwo␛[31m # ${'x'.repeat(41)}…`,
    'true',
  ]);
});
