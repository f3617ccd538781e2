// Owns the benchmark of a server beside many kept runs: its lists and its statistics, and a run with much output.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepRuns } from './kept-runs.mjs';
import { median } from './measure.mjs';
import { row } from './table.mjs';
import { tool } from './workplace.mjs';

const lines = 100_000;

export async function measureServedRuns(workplace) {
  const library = join(workplace.folder, 'library');
  mkdirSync(library);
  const few = await serve(keepRuns(workplace, 10), library);
  const many = await serve(keepRuns(workplace, 10_000), library);
  const rows = [];
  try {
    const taken = { few: [], many: [] };
    for (let round = -2; round < 15; round += 1) {
      for (const [name, server] of Object.entries({ few, many })) {
        const { ms } = await server.get('/runs?limit=10');
        if (round >= 0) taken[name].push(ms);
      }
    }
    rows.push(
      row({
        name: 'the page of runs beside 10,000 kept ones',
        value: median(taken.many),
        of: median(taken.few),
        floor: 'beside ten',
        bound: 5,
      }),
    );
    rows.push(...(await measureStatistics(many)));
  } finally {
    await few.end();
    await many.end();
  }
  rows.push(await measureOutput(workplace, library));
  return rows;
}

/** The whole of it, and how long others wait meanwhile. */
async function measureStatistics(server) {
  const asked = server.get('/statistics');
  let isDone = false;
  asked.finally(() => {
    isDone = true;
  });
  let longest = 0;
  while (!isDone) longest = Math.max(longest, (await server.get('/healthz')).ms);
  const { ms } = await asked;
  return [
    row({ name: 'the statistics of 10,000 runs', value: ms, bound: 10_000 }),
    row({ name: 'the longest wait of others meanwhile', value: longest, bound: 1_000 }),
  ];
}

/** What a server holds more after the page of a run with so many lines of output than after one with one line. */
async function measureOutput(workplace, library) {
  const state = join(workplace.folder, 'state-output');
  const book = (count) => workplace.write(`lines-${count}.md`, `# Lines\n\n\`\`\`sh\nseq ${count}\n\`\`\`\n`);
  const run = (count) =>
    new Promise((resolve, reject) => {
      const args = [
        tool,
        'run',
        book(count),
        '--yes',
        '--surface',
        'plain',
        '--log',
        'none',
        '--state-dir',
        state,
      ];
      spawn(process.execPath, args, { stdio: 'ignore' }).on('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`a run of ${count} lines ended with ${code}`)),
      );
    });
  await run(1);
  await run(lines);
  const server = await serve(state, library);
  try {
    const [long = '', short = ''] = [
      ...(await server.get('/runs')).text.matchAll(/href="(\/runs\/\d[^"]*)"/g),
    ].map(([, path]) => path);
    const look = async (path) => {
      for (let time = 0; time < 30; time += 1) await server.get(path);
      return server.memory();
    };
    const before = await look(short);
    const after = await look(long);
    return row({
      name: 'memory of a server, a run of 100,000 lines',
      value: after,
      of: before,
      floor: 'a run of one line',
      unit: 'MB',
      bound: 1.3,
    });
  } finally {
    await server.end();
  }
}

/** A server on a port of its own, and its owner, over a library that works on nothing; `more` are options, `env` more variables. */
export async function serve(state, library, more = [], env = {}) {
  const child = spawn(
    process.execPath,
    [
      tool,
      'serve',
      '--listen',
      '127.0.0.1:0',
      '--library',
      library,
      '--no-worker',
      '--state-dir',
      state,
      ...more,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
  );
  let said = '';
  const [origin, token] = await new Promise((resolve, reject) => {
    const hear = (part) => {
      said += part;
      const found = / at (http:\S+)[\s\S]*with the token (\S+)\n/.exec(said);
      if (found) resolve(found.slice(1));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => reject(new Error(`the server has ended: ${said}`)));
  });
  const signedIn = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: origin },
    body: new URLSearchParams({ token, next: '/runs' }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return {
    origin,
    async get(path) {
      const startedAt = performance.now();
      const answer = await fetch(origin + path, { headers: { Cookie: cookie }, redirect: 'manual' });
      const text = await answer.text();
      const ms = performance.now() - startedAt;
      if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`);
      return { ms, text };
    },
    /** Its memory in MB. */
    memory() {
      const path = `/proc/${child.pid}/status`;
      if (!existsSync(path)) return Number.NaN;
      return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(path, 'utf8'))?.[1]) / 1000;
    },
    async end() {
      const ended = new Promise((resolve) => {
        child.on('exit', resolve);
      });
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Tells a server something, and waits for its word that it has it. */
export async function post(url, body, headers) {
  const answer = await fetch(url, { method: 'POST', body, headers });
  await answer.text();
  if (answer.status !== 202) throw new Error(`${url} was answered ${answer.status}`);
}
