// Tests that whatever is changed in the record of a run is found: each byte, each record, each file, each result.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { checkRun } from '../../src/cli/load/check-run.ts';
import { readJournal } from '../../src/engine/journal/read-journal.ts';
import { RunStore } from '../../src/engine/journal/run-store.ts';
import { checkRecord } from '../../src/engine/record/check-record.ts';
import { Rig } from './rig.ts';

const page = `# Book

## Preconditions

- [ ] The team knows

## Steps

> \`\`\`sh {name=quoted}
> echo quoted; echo twice >&2
> \`\`\`

\`\`\`sh {name=large}
for i in $(seq 300); do echo "line $i"; echo "error $i" >&2; done
\`\`\`

\`\`\`sh {name=fails}
big=$(printf '%9000s' x)
echo small
false
\`\`\`
`;

/** Bits of each byte that are turned; with RUNSHEET_FLIPS=8 all of them. Without it, large files are not tried at each. */
const flips = Number(process.env.RUNSHEET_FLIPS ?? 1);
const wholeBytes = 4096;

type Bytes = Uint8Array<ArrayBufferLike>;

function* turned(bytes: Bytes): Generator<Bytes> {
  const step = flips > 1 || bytes.length <= wholeBytes ? 1 : Math.ceil(bytes.length / 1000);
  for (let at = 0; at < bytes.length; at += step)
    for (let turn = 0; turn < flips; turn += 1) {
      const other = Uint8Array.from(bytes);
      other[at] = (other[at] ?? 0) ^ (1 << ((at + turn) % 8));
      yield other;
    }
}

/** Cut at the end of each line and at 64 other places, emptied, and with something behind it. */
function* cutAndMore(bytes: Bytes): Generator<Bytes> {
  const ends = [...bytes.keys()].filter((at) => bytes[at] === 10).map((at) => at + 1);
  const others = Array.from({ length: 64 }, (_, part) => Math.floor((bytes.length * part) / 64));
  for (const at of new Set([...ends, ...others])) if (at < bytes.length) yield bytes.subarray(0, at);
  const last = bytes.subarray(bytes.lastIndexOf(10, bytes.length - 2) + 1);
  for (const more of [Uint8Array.of(10), Uint8Array.of(0x20), last, bytes])
    yield Buffer.concat([bytes, more]);
}

/** Each line left out, twice, and in the place of each other one. */
function* moved(bytes: Bytes): Generator<Bytes> {
  const lines = Buffer.from(bytes)
    .toString()
    .split(/(?<=\n)/);
  const made = (all: readonly string[]): Bytes => Buffer.from(all.join(''));
  for (const [at, line] of lines.entries()) {
    yield made(lines.toSpliced(at, 1));
    yield made(lines.toSpliced(at, 0, line));
    for (let other = at + 1; other < lines.length; other += 1)
      if (lines[other] !== line) yield made(lines.with(at, lines[other] ?? '').with(other, line));
  }
}

test('nothing that is changed in a record stays unseen', async () => {
  const rig = await Rig.create();
  const path = await rig.write('book.md', page);
  const input = `all\n\n\n\n\nstop\nq\n`;
  await rig.run(['run', path, '--surface', 'prompt'], { input });
  const [run] = new RunStore(rig.stateFolder).list();
  if (run === undefined) throw new Error('there is no run');
  /** Of the folder alone, then of all; the first is enough for what is changed in the folder. */
  const damageOf = async (): Promise<readonly string[]> => {
    const inFolder = checkRecord(run.folder, readJournal(run.folder.journal));
    const flaws = inFolder.length > 0 ? inFolder : (await checkRun(run, undefined)).flaws;
    return flaws.filter(({ type }) => type === 'damage').map(({ text }) => text);
  };
  expect([run.summary?.status, await damageOf()]).toEqual(['ended', []]);

  let tried = 0;
  const unseen: string[] = [];
  const tryAll = async (file: string, changes: Iterable<Bytes>, what: string): Promise<void> => {
    const bytes = readFileSync(file);
    for (const [number, changed] of [...changes].entries()) {
      writeFileSync(file, changed);
      tried += 1;
      if ((await damageOf()).length === 0)
        unseen.push(`${relative(run.folder.path, file)}: ${what} ${number}`);
    }
    writeFileSync(file, bytes);
  };
  const names = readdirSync(run.folder.path, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => /\.(?:ndjson|json|md|out|stderr)$/.test(name));
  expect(files.map((name) => name.replace(/-[0-9a-f]{8}/, ''))).toEqual([
    'journal.ndjson',
    'meta.json',
    'outputs/large.1.out',
    'outputs/large.1.out.stderr',
    'outputs/small.out',
    'plan.json',
    'runbook.md',
    'state/000002.json',
  ]);
  for (const name of files) {
    const file = join(run.folder.path, name);
    const bytes = readFileSync(file);
    await tryAll(file, turned(bytes), 'flip');
    await tryAll(file, cutAndMore(bytes), 'cut');
    rmSync(file);
    tried += 1;
    const isGone = await damageOf().catch(() => ['unreadable']);
    // The states of the shells are taken away with the end of a run.
    if (isGone.length === 0 && !name.startsWith('state/')) unseen.push(`${name}: gone`);
    writeFileSync(file, bytes);
  }
  await tryAll(run.folder.journal, moved(readFileSync(run.folder.journal)), 'moved record');

  const written = readFileSync(path);
  const text = written.toString('latin1');
  const regions = [...text.matchAll(/(?:> )?<!-- runsheet:result [\s\S]*?<!-- \/runsheet:result -->/g)];
  expect(regions.length).toBe(4);
  const row = /^\| \d{4}.*\|$/m.exec(text);
  const inside = [...regions, ...(row ? [row] : [])];
  for (const { index, 0: region } of inside) {
    const own = written.subarray(index, index + region.length);
    const around = (changed: Bytes): Bytes =>
      Buffer.concat([written.subarray(0, index), changed, written.subarray(index + region.length)]);
    await tryAll(path, [...turned(own)].map(around), 'flip in a result');
    await tryAll(path, [around(new Uint8Array())], 'result taken out');
    const newlines = Uint8Array.of(...(region === row?.[0] ? [10] : [10, 10]));
    await tryAll(path, [around(Buffer.concat([own, newlines, own]))], 'result twice');
  }
  for (const [at, one] of regions.entries())
    for (const other of regions.slice(at + 1)) {
      const swapped = `${text.slice(0, one.index)}${other[0]}${text.slice(one.index + one[0].length, other.index)}${one[0]}${text.slice(other.index + other[0].length)}`;
      await tryAll(path, [Buffer.from(swapped, 'latin1')], 'results swapped');
    }
  const tick = text.indexOf('[x]') + 1;
  await tryAll(
    path,
    [Buffer.from(`${text.slice(0, tick)} ${text.slice(tick + 1)}`, 'latin1')],
    'tick taken out',
  );
  console.log(`${tried} changes of a record, ${unseen.length} not found`);
  expect(unseen).toEqual([]);
});
