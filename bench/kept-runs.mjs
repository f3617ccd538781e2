// Owns the benchmark of a run beside many kept ones: 10,000 of them against ten.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from './measure.mjs';
import { oneBlock } from './runbooks.mjs';
import { row } from './table.mjs';
import { tool } from './workplace.mjs';

const frontMatters = { 'a run': '', 'a run, concurrency: forbid': '---\nconcurrency: forbid\n---\n\n' };

export async function measureKeptRuns(workplace) {
  const few = keepRuns(workplace, 10);
  const many = keepRuns(workplace, 10_000);
  const rows = [];
  for (const [name, frontMatter] of Object.entries(frontMatters)) {
    const book = workplace.write('kept.md', frontMatter + oneBlock('echo "said"'));
    const beside = (state) => ({ command: process.execPath, args: runOf(book, state) });
    const taken = await compare({ few: beside(few), many: beside(many) }, 15);
    rows.push(
      row({
        name: `${name} beside 10,000 kept ones`,
        value: taken.many.ms,
        of: taken.few.ms,
        floor: 'beside ten',
        bound: 1.3,
      }),
    );
  }
  return rows;
}

const runOf = (book, state) => [
  tool,
  ...['run', book, '--yes', '--surface', 'plain', '--log', 'none', '--state-dir', state],
];

/** A state folder of so many runs that have ended, seven minutes apart, of this runbook and another in turn. */
export function keepRuns(workplace, count) {
  const state = join(workplace.folder, `state-${count}`);
  const book = workplace.write('kept.md', oneBlock('echo "said"'));
  execFileSync(process.execPath, runOf(book, state), { stdio: 'ignore' });
  const runs = join(state, 'runs');
  const [first] = readdirSync(runs);
  const summary = JSON.parse(readFileSync(join(runs, first, 'meta.json'), 'utf8'));
  for (let index = 0; index < count; index += 1) {
    const startedAt = new Date(Date.UTC(2024, 0, 1) + index * 420_000).toISOString();
    const stamp = startedAt.replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
    const id = `${stamp}-${index.toString(36).padStart(4, '2')}`;
    const runbook = index % 2 === 0 ? book : '/srv/other.md';
    mkdirSync(join(runs, id), { mode: 0o700 });
    for (const name of ['journal.ndjson', 'plan.json', 'runbook.md'])
      cpSync(join(runs, first, name), join(runs, id, name));
    writeFileSync(join(runs, id, 'meta.json'), JSON.stringify({ ...summary, id, runbook, startedAt }));
  }
  return state;
}
