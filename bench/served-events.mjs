// Owns the benchmark of taking in events: a server's 202 against that of a server that only keeps the text.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './measure.mjs';
import { post, serve } from './served-runs.mjs';
import { row } from './table.mjs';

const token = 'of-the-benchmark';
const page = `---
on: { webhook: { match: { kind: disk } } }
concurrency: allow
---

# Disk

## Steps

\`\`\`sh
true
\`\`\`
`;

export async function measureServedEvents(workplace) {
  const [library, state] = ['event-library', 'event-state'].map((name) => join(workplace.folder, name));
  mkdirSync(library);
  writeFileSync(join(library, 'disk.md'), page);
  const config = join(workplace.folder, 'serve.yaml');
  writeFileSync(config, 'endpoints: { own: { type: webhook, secret: { env: BENCH_TOKEN } } }\n');
  const server = await serve(state, library, ['--config', config], { BENCH_TOKEN: token });
  const bare = await serveBare(join(workplace.folder, 'bare.db'));
  try {
    const headers = { Authorization: `Bearer ${token}` };
    const takers = {
      whole: (id) => post(`${server.origin}/hooks/own`, delivery(id), headers),
      bare: (id) => post(bare.origin, delivery(id), headers),
    };
    return [
      await compared('an event taken in by a server, with its run', takers, 60, 1),
      await compared('fifty events that come together', takers, 9, 50),
    ];
  } finally {
    bare.end();
    await server.end();
  }
}

/** The middle time in which so many are taken, by turns. */
async function compared(name, takers, rounds, together) {
  const taken = { whole: [], bare: [] };
  for (let round = -5; round < rounds; round += 1) {
    for (const [which, tell] of Object.entries(takers)) {
      const startedAt = performance.now();
      await Promise.all(
        Array.from({ length: together }, (_, index) => tell(`${together}-${round}-${index}`)),
      );
      if (round >= 0) taken[which].push(performance.now() - startedAt);
    }
  }
  const [value, of] = [median(taken.whole), median(taken.bare)];
  return row({ name, value, of, floor: 'a server that keeps the text alone', bound: 5 });
}

async function serveBare(database) {
  const script = new URL('bare-server.mjs', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, database], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  return { origin: String(said).trim(), end: () => child.kill() };
}

const delivery = (id) =>
  JSON.stringify({ id, kind: 'disk', labels: { kind: 'disk' }, fill: 'x'.repeat(1_900) });
