// Tests that pictures follow each other without flicker: what went to the terminal, frame by frame.
import { expect, test } from 'vitest';
import { keys, type RigTerminal } from '../../e2e/rig-terminal.ts';
import { guide, play, ready } from './screen-rig.ts';

const size = { cols: 80, rows: 24 };

/** One synchronised update: the rows that it writes, by their number from 1. */
type Frame = ReadonlyMap<number, string>;

const update =
  /\x1b\[\?2026h\x1b\[\?25l([\s\S]*?)\x1b\[0m(?:\x1b\[\?25l|\x1b\[\d+;\d+H\x1b\[\?25h)\x1b\[\?2026l/g;

/** The frames since `from`, and all that was written outside of them. */
function framesOf(terminal: RigTerminal, from = 0): { readonly frames: Frame[]; readonly between: string } {
  const bytes = terminal.bytes().slice(from);
  const frames = [...bytes.matchAll(update)].map(([, changes = '']): Frame => {
    const rows = changes.split(/\x1b\[(\d+);1H\x1b\[0m\x1b\[2K/).slice(1);
    return new Map(
      Array.from({ length: rows.length / 2 }, (_, at) => [Number(rows[2 * at]), rows[2 * at + 1] ?? '']),
    );
  });
  return { frames, between: bytes.replaceAll(update, '') };
}

test('while output pours in only rows that changed are written, each frame whole', async () => {
  const flood = [
    'let n = 0',
    'const timer = setInterval(() => {',
    "  let text = ''",
    '  for (let i = 0; i < 200; i += 1) text += `line ${(n += 1)} of the flood\\n`',
    '  process.stdout.write(text)',
    '  if (n >= 20000) clearInterval(timer)',
    '}, 20)',
  ]
    .join('; ')
    .replace('{;', '{');
  const book = `# Flood\n\n\`\`\`node {name=flood}\n${flood}\n\`\`\`\n`;
  const { terminal } = await guide(book, size);
  await play(terminal, ['Begin?', keys.enter]);
  await ready(terminal, 'Run `flood`?');
  const from = terminal.bytes().length;
  terminal.type(keys.enter);
  await ready(terminal, 'The run succeeded', 'line 20000 of the flood');
  const { frames, between } = framesOf(terminal, from);
  expect(between).toBe('');
  const shown = new Map<number, string>();
  let redrawn = 0;
  for (const frame of frames) {
    for (const [row, text] of frame) {
      if (shown.get(row) === text) redrawn += 1;
      shown.set(row, text);
    }
  }
  expect(redrawn).toBe(0);
  expect(frames.length).toBeGreaterThan(10);
  // The title, the line above the question, the question and the keys stand still while the output runs.
  const middle = frames.slice(4, -4);
  const moving = new Set(middle.flatMap((frame) => [...frame.keys()]));
  expect([1, 3, 22].filter((row) => moving.has(row))).toEqual([]);
  terminal.type(keys.enter);
  expect((await terminal.ended).exitCode).toBe(0);
});

test('while the run waits nothing but its clock is written', async () => {
  const { terminal } = await guide('# Wait\n\n```sh {name=wait}\ntrue\n```\n', size);
  await play(terminal, ['Begin?', keys.enter]);
  await ready(terminal, 'Run `wait`?');
  const from = terminal.bytes().length;
  const clockOf = (lines: readonly string[]): string => /\d\d:\d\d/.exec(lines[1] ?? '')?.[0] ?? '';
  const first = clockOf(terminal.screen());
  await terminal.waitUntil((lines) => clockOf(lines) > first, 'the next second');
  const second = clockOf(terminal.screen());
  await terminal.waitUntil((lines) => clockOf(lines) > second && terminal.isWhole, 'the second after it');
  const { frames, between } = framesOf(terminal, from);
  expect(between).toBe('');
  expect(frames.map((frame) => [...frame.keys()])).toEqual(frames.map(() => [2]));
  expect(frames.length).toBeGreaterThanOrEqual(2);
  terminal.type('q');
  await ready(terminal, 'Sure?');
  terminal.type('y');
  expect((await terminal.ended).exitCode).toBe(130);
});
