import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readJournal } from '../../../src/engine/journal/read-journal.ts';
import { recoverJournal } from '../../../src/engine/journal/recover-journal.ts';
import { builtScript } from '../../built-script.ts';

const folder = mkdtempSync(join(tmpdir(), 'runsheet-test-'));
let writer = '';

beforeAll(async () => {
  writer = await builtScript(new URL('endless-writer.ts', import.meta.url), folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lets the writer go on until it has said `lines` numbers, kills it, and gives the last number it said. */
async function writeAndKill(path: string, lines: number): Promise<number> {
  const child = spawn(process.execPath, [writer, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    said += part;
    if (said.split('\n').length > lines) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  return Number(said.split('\n').at(-2));
}

test('a writer killed again and again loses nothing that it had acknowledged', async () => {
  const path = join(folder, 'journal.ndjson');
  let total = 0;
  for (let round = 1; round <= 20; round += 1) {
    const acknowledged = await writeAndKill(path, 1 + round * 7);
    const { events } = recoverJournal(path);
    expect(events.length).toBeGreaterThanOrEqual(acknowledged);
    expect(events.length).toBeGreaterThan(total);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(readJournal(path).state).toEqual({ type: 'whole' });
    total = events.length;
  }
});
