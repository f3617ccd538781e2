// Owns the benchmark of the full screen on a real terminal: how soon it is there, how soon a key is answered at rest and
// while output pours in, what it costs while it waits, and what 100 MB of output cost.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, median, peakOf } from './measure.mjs';
import { oneBlock } from './runbooks.mjs';
import { row } from './table.mjs';
import { Terminal } from './terminal.mjs';
import { nothingKept, root, tool } from './workplace.mjs';

const rounds = 15;
const presses = 40;
const bulkBytes = 100_000_000;

/** The end of a synchronised update: a frame is on the screen. */
const frameEnd = '\x1b[?2026l';

/** Prints 10,000 lines a second for as long as it is let. */
const flood = `let n = 0;
setInterval(() => {
  let text = '';
  for (let i = 0; i < 200; i += 1) text += 'line ' + (n += 1) + ' of the flood\\n';
  process.stdout.write(text);
}, 20);
`;

export async function measureScreen(workplace) {
  return [
    await firstScreen(workplace, {
      name: 'of the tour',
      file: join(root, 'runbooks', 'tour.md'),
      bound: 3.5,
      aim: 3,
    }),
    await firstScreen(workplace, {
      ...{ name: 'of the tour for the first time', file: join(root, 'runbooks', 'tour.md') },
      env: { XDG_CACHE_HOME: nothingKept },
    }),
    ...(await firstOfLargestPage(workplace)),
    ...(await waiting(workplace)),
    ...(await keysInTheFlood(workplace)),
    ...(await bulkThroughThePane(workplace)),
  ];
}

function guide(workplace, file, env) {
  const state = join(workplace.folder, 'state-screen');
  rmSync(state, { recursive: true, force: true });
  const args = [tool, 'run', file, '--log', 'none', '--state-dir', state];
  return new Terminal({ args, cwd: workplace.folder, env });
}

async function firstScreen(workplace, { name, file, bound, aim, env }) {
  const page = workplace.write('first.md', readFileSync(file));
  const times = [];
  const floors = [];
  for (let round = -1; round < rounds; round += 1) {
    const { node } = await compare({ node: { command: process.execPath, args: ['-e', '0'] } }, 1, {
      warmUp: false,
    });
    const startedAt = performance.now();
    const terminal = guide(workplace, page, env);
    await terminal.shows(frameEnd);
    const ms = performance.now() - startedAt;
    terminal.kill();
    await terminal.ended;
    if (round < 0) continue;
    times.push(ms);
    floors.push(node.ms);
  }
  return row({
    name: `screen: first picture ${name}`,
    value: median(times),
    of: median(floors),
    floor: 'node -e 0',
    bound,
    aim,
  });
}

/** Public runbooks lie beside the project where it is developed; elsewhere there is none to measure. */
async function firstOfLargestPage(workplace) {
  const corpus = join(root, '..', 'shared', 'corpus');
  if (!existsSync(corpus)) return [];
  const [largest] = readdirSync(corpus, { recursive: true })
    .filter((name) => name.includes('/') && name.endsWith('.md'))
    .map((name) => join(corpus, name))
    .sort((one, other) => statSync(other).size - statSync(one).size);
  return [
    await firstScreen(workplace, { name: 'of the largest page', file: largest, bound: 5, aim: 4 }),
    await firstScreen(workplace, {
      ...{ name: 'of the largest page for the first time', file: largest },
      env: { XDG_CACHE_HOME: nothingKept },
    }),
  ];
}

/** What a run costs that waits for an answer, and how soon a key is answered then. */
async function waiting(workplace) {
  const terminal = guide(workplace, workplace.write('waiting.md', oneBlock('true')));
  const floor = new Terminal({ args: [join(root, 'bench', 'bare-ink.mjs')], cwd: workplace.folder });
  await Promise.all([terminal.shows('Enter begin'), floor.shows('ready')]);
  terminal.press('\r');
  await terminal.shows('Enter run it');
  await rest(2000);
  const before = [threadsMs(terminal.pid), threadsMs(floor.pid)];
  const startedAt = performance.now();
  await rest(30_000);
  const [ours, bares] = [threadsMs(terminal.pid) - before[0], threadsMs(floor.pid) - before[1]];
  const share = (ours / (performance.now() - startedAt)) * 100;
  const answers = [];
  const floors = [];
  for (let press = 0; press < presses; press += 1) {
    answers.push(await answer(terminal, '?', 'paint the screen anew'));
    // Escape alone is told from the keys that begin with it by a moment's silence, which says nothing of the screen.
    await answer(terminal, '\x1b', 'Enter run it');
    const key = press % 2 === 0 ? 'k' : 'j';
    floors.push(await answer(floor, key, `pressed ${key}`));
  }
  for (const each of [terminal, floor]) each.kill();
  await Promise.all([terminal.ended, floor.ended]);
  return [
    row({ name: 'screen: one core while it waits', value: share, unit: '%', bound: 0.3, aim: 0.2 }),
    row({
      name: 'screen: 30 s of waiting',
      value: ours,
      of: bares,
      floor: 'Ink that shows a clock',
      bound: 3,
      aim: 1.5,
    }),
    row({
      name: 'screen: a key at rest',
      value: median(answers),
      of: median(floors),
      floor: 'Ink that answers a key',
      bound: 15,
      aim: 8,
    }),
  ];
}

async function keysInTheFlood(workplace) {
  const program = workplace.write('flood.cjs', flood);
  const book = workplace.write('flood.md', oneBlock(`exec '${process.execPath}' '${program}'`));
  const terminal = guide(workplace, book);
  await begin(terminal);
  await terminal.shows('of the flood');
  terminal.press('\x07');
  await terminal.shows('to the block');
  const answers = [];
  const before = cpuMs(terminal.pid);
  const startedAt = performance.now();
  for (let press = 0; press < presses; press += 1) {
    answers.push(await answer(terminal, '?', 'paint the screen anew'));
    answers.push(await answer(terminal, '\x1b', 'to the block'));
  }
  const share = ((cpuMs(terminal.pid) - before) / (performance.now() - startedAt)) * 100;
  terminal.kill();
  await terminal.ended;
  answers.sort((one, other) => one - other);
  const slow = answers[Math.floor(answers.length * 0.95)];
  return [
    row({
      name: 'screen: a key while 10,000 lines/s come',
      value: median(answers),
      unit: 'ms',
      bound: 100,
      aim: 60,
      note: `19 of 20 within ${Math.round(slow)} ms`,
    }),
    row({ name: 'screen: one core while they come', value: share, unit: '%', bound: 75, aim: 50 }),
  ];
}

/** Milliseconds from a key to the words that it brings. A moment of rest lets each press meet another state. */
async function answer(terminal, key, words) {
  await rest(20 + Math.random() * 60);
  const pressedAt = performance.now();
  terminal.press(key);
  await terminal.shows(words);
  return performance.now() - pressedAt;
}

async function bulkThroughThePane(workplace) {
  const bulk = join(workplace.folder, 'bulk-screen.txt');
  writeFileSync(bulk, `${'0123456789abcdef'.repeat(6)}abc\n`.repeat(bulkBytes / 100));
  const through = join(workplace.folder, 'through-screen.txt');
  const { cat } = await compare(
    {
      cat: { command: process.execPath, args: [join(root, 'bench', 'terminal-through.mjs'), through, bulk] },
    },
    3,
  );
  const terminal = guide(workplace, workplace.write('bulk-screen.md', oneBlock(`cat '${bulk}'`)));
  const startedAt = await begin(terminal);
  await terminal.shows('The run succeeded');
  const ms = performance.now() - startedAt;
  const peakMb = peakOf(terminal.pid);
  terminal.press('\r');
  await terminal.ended;
  return [
    row({
      name: 'screen: 100 MB through the pane',
      value: ms,
      of: cat.ms,
      floor: 'cat through a terminal and Node',
      bound: 4,
      aim: 2.5,
    }),
    row({ name: 'screen: 100 MB: peak memory', value: peakMb, unit: 'MB', bound: 250 }),
  ];
}

/** Begins the run of one block; when it was let go, in milliseconds. */
async function begin(terminal) {
  await terminal.shows('Enter begin');
  terminal.press('\r');
  await terminal.shows('Enter run it');
  terminal.press('\r');
  return performance.now();
}

function rest(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Processor time of all threads of a process that still run, in milliseconds, to the nanosecond. */
function threadsMs(pid) {
  const times = readdirSync(`/proc/${pid}/task`).map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return times.reduce((all, one) => all + one, 0) / 1e6;
}

/** Processor time that a process has used, in milliseconds; Linux tells it in ticks of 10 ms. */
function cpuMs(pid) {
  const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = after.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
