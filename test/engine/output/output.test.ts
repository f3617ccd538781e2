import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileOutput, outputFileName } from '../../../src/engine/output/output-store.ts';
import { readStoredOutput, readStoredStream } from '../../../src/engine/output/read-stored-output.ts';
import { SmallOutputs } from '../../../src/engine/output/small-outputs.ts';
import { StateSeal } from '../../../src/engine/shells/saved/state-seal.ts';
import { KnownSecrets } from '../../../src/run/masking/known-secrets.ts';
import { storedBytes } from '../../../src/run/masking/redactor.ts';
import { ExecutorRig, savedState } from '../executors/executor-rig.ts';

let rig: ExecutorRig;

beforeEach(async () => {
  rig = await ExecutorRig.create();
});

afterEach(() => rig.close());

describe('what a block prints', () => {
  test('is kept apart by stream and in the order of its arrival', async () => {
    // Each write waits until the one before was read, so that there is an order to be kept.
    const ran = await rig.run(
      'bash',
      'was_read() { until [ -s seen ]; do :; done; rm seen; }\n' +
        'for i in 1 2 3; do echo out $i; was_read; echo err $i >&2; was_read; done',
      {},
      {},
      () => writeFileSync(join(rig.folder, 'seen'), 'x'),
    );
    expect(ran.pieces).toEqual([
      '1:out 1\n',
      '2:err 1\n',
      '1:out 2\n',
      '2:err 2\n',
      '1:out 3\n',
      '2:err 3\n',
    ]);
    expect(rig.stored(ran)).toEqual(ran.pieces);
    expect(ran.result.output).toEqual({
      file: expect.stringMatching(/^outputs\/small-[0-9a-f]{8}\.out$/),
      at: 0,
      digest: '273ddbb3a78f7497384e52077c47f4d3ca4329529b835e5090cf9d47db8ea68e',
      stderrRanges: [6, 12, 18, 24, 30, 36],
      stdoutBytes: 18,
      stderrBytes: 18,
      lines: 6,
    });
  });

  // The first block finds pipes that are new and starts what watches it; the others find pipes that were used before.
  test('by two streams without a pause comes in the order of their first words', async () => {
    const order = [];
    for (let count = 0; count < 10; count++)
      order.push((await rig.run('sh', 'ls /nonexistent || echo after')).pieces);
    expect(order).toEqual(
      Array.from({ length: 10 }, () => [
        "2:ls: cannot access '/nonexistent': No such file or directory\n",
        '1:after\n',
      ]),
    );
  });

  test('comes while the block runs', async () => {
    const ending = new AbortController();
    const ran = await rig.run(
      'sh',
      'echo early; sleep 100',
      {},
      { signal: ending.signal, onOutput: () => ending.abort() },
    );
    expect(ran.reason).toEqual({ type: 'interrupted' });
  });

  test('in many bytes is stored whole, read in bounded pieces and costs bounded memory', async () => {
    let largest = 0;
    let total = 0;
    let peak = 0;
    const hash = createHash('sha256');
    const before = process.memoryUsage().rss;
    const ran = await rig.run(
      'sh',
      'i=0; while [ $i -lt 20 ]; do head -c 1000000 /dev/urandom; i=$((i+1)); done | tee copy',
      {},
      {
        onOutput: ({ bytes }) => {
          largest = Math.max(largest, bytes.length);
          total += bytes.length;
          hash.update(bytes);
          peak = Math.max(peak, process.memoryUsage().rss);
        },
      },
    );
    const stored = readFileSync(join(rig.runFolder, ran.result.output.file ?? ''));
    expect([total, largest <= 65536, stored.equals(readFileSync(join(rig.folder, 'copy')))]).toEqual([
      20_000_000,
      true,
      true,
    ]);
    expect(hash.digest('hex')).toBe(createHash('sha256').update(stored).digest('hex'));
    expect(peak - before).toBeLessThan(80 * 1024 * 1024);
  });

  test('in many short lines of both streams loses nothing', async () => {
    const ran = await rig.run(
      'bash',
      'for ((i = 0; i < 20000; i++)); do echo $i; ((i % 10)) || echo e$i >&2; done',
    );
    const numbers = Array.from({ length: 20_000 }, (_, index) => index);
    expect(ran.stdout).toBe(numbers.map((index) => `${index}\n`).join(''));
    expect(ran.stderr).toBe(
      numbers
        .filter((index) => index % 10 === 0)
        .map((index) => `e${index}\n`)
        .join(''),
    );
    expect(ran.result.output.lines).toBe(22_000);
  });

  test('that splits a character over writes arrives as it was', async () => {
    const code = "printf 'a\\xc3'; until [ -e seen ]; do :; done; printf '\\xa9\\xff'";
    const ran = await rig.run('bash', code, {}, {}, () => writeFileSync(join(rig.folder, 'seen'), 'x'));
    expect([
      ran.stdout,
      readFileSync(join(rig.runFolder, ran.result.output.file ?? '')).toString('hex'),
    ]).toEqual(['aé\ufffd', '61c3a9ff']);
  });

  test('and does not print leaves no file', async () => {
    const ran = await rig.run('sh', 'true');
    expect([ran.result.output, existsSync(join(rig.runFolder, 'outputs'))]).toEqual([
      { stdoutBytes: 0, stderrBytes: 0, lines: 0 },
      false,
    ]);
  });

  test('is private to the user', async () => {
    const ran = await rig.run('sh', 'umask 0; echo x');
    expect(statSync(join(rig.runFolder, ran.result.output.file ?? '')).mode & 0o777).toBe(0o600);
  });

  test('cannot be stored, so that the block ends well and the operator is told', async () => {
    const own = await ExecutorRig.create({ runFolder: join(rig.folder, 'own') });
    const ran = await own.run(
      'sh',
      `rm -rf ${own.runFolder}/outputs; touch ${own.runFolder}/outputs; echo lost`,
    );
    expect([ran.ok, ran.result.output.droppedBytes, ran.result.warnings.length]).toEqual([true, 5, 1]);
    await own.close();
  });
});

test('pipes that a block removed are made anew', async () => {
  const ran = await rig.run('sh', `rm -rf ${rig.runFolder}/.pipes-*; echo gone; x=1`);
  expect(ran.stdout).toBe('gone\n');
  for (let round = 0; round < 10; round++) expect(await rig.sh('echo here')).toBe('here');
  expect(await rig.sh('y=2')).toBe('');
  expect(await rig.sh('echo $y')).toBe('2');
});

describe('secrets', () => {
  test('are masked in output, stored and live, and are in no stored state', async () => {
    const own = await ExecutorRig.create({
      secrets: new KnownSecrets({ TOKEN: 'hunter2hunter2', KEPT_OUT: 'by name', COPY: 'one more' }),
      env: { PATH: process.env.PATH ?? '', TOKEN: 'hunter2hunter2', KEPT_OUT: 'by name' },
    });
    try {
      const ran = await own.run(
        'sh',
        'printf "%s" hunter2; sleep 0.02; echo "hunter2 and $(printf %s "$TOKEN" | base64)"; COPY=1; derived="a $TOKEN"; f() { echo hunter2hunter2; }; open=2',
        { captures: [{ name: 'SHOWN' }] },
      );
      expect([ran.stdout, ran.result.captured]).toEqual(['*** and ***\n', { SHOWN: '*** and ***' }]);
      const { sealed } = savedState(ran) as { sealed: string };
      const state = new StateSeal(own.runFolder).open(sealed);
      expect([state.includes('hunter2'), state.includes('"COPY",{'), JSON.parse(state).withheld]).toEqual([
        false,
        false,
        ['COPY', 'SHOWN', 'derived'],
      ]);
      expect(await own.sh('printf %s "$SHOWN" | head -c 3')).toBe('hun');
    } finally {
      await own.close();
    }
  });
});

function storedPieces(store: FileOutput): [string, string][] {
  return [...readStoredOutput(rig.folder, store.summary)].map(({ stream, bytes }) => [
    stream,
    Buffer.from(bytes).toString(),
  ]);
}

describe('a stored output', () => {
  test('is read back by stream, as far as is asked', () => {
    const store = new FileOutput(rig.folder, 'sub/x.out');
    const text = (value: string) => storedBytes(new TextEncoder().encode(value));
    for (const [stream, value] of [
      ['stderr', 'e1'],
      ['stderr', 'e2'],
      ['stdout', 'out1'],
      ['stderr', 'e3'],
      ['stdout', 'out2'],
    ] as const)
      store.append(stream, text(value));
    expect(Buffer.from(store.readStdout(100)).toString()).toBe('out1out2');
    store.append('stdout', text('out3'));
    store.close();
    const path = join(rig.folder, 'sub/x.out');
    expect(Buffer.from(readStoredStream(rig.folder, store.summary, 'stdout', 6)).toString()).toBe('out1ou');
    expect(storedPieces(store)).toEqual([
      ['stderr', 'e1e2'],
      ['stdout', 'out1'],
      ['stderr', 'e3'],
      ['stdout', 'out2out3'],
    ]);
    expect(readFileSync(`${path}.stderr`, 'utf8')).toBe('0 4\n8 10\n');
  });

  test('shares a file with others while it is small, and is read back all the same', () => {
    const small = new SmallOutputs(rig.folder, 'sub/small.out');
    const stores = ['first', 'second', 'x'.repeat(4096), 'y'.repeat(4097)].map((text, index) => {
      const store = new FileOutput(rig.folder, `sub/${index}.out`, small);
      store.append('stdout', storedBytes(new TextEncoder().encode(text)));
      store.append('stderr', storedBytes(new TextEncoder().encode(index === 1 ? 'wrong' : '')));
      store.append('stdout', storedBytes(new TextEncoder().encode(index === 1 ? '!' : '')));
      store.close();
      return store;
    });
    small.close();
    expect(stores.map(({ summary: { file, at, stderrRanges } }) => [file, at, stderrRanges])).toEqual([
      ['sub/small.out', 0, undefined],
      ['sub/small.out', 5, [6, 11]],
      ['sub/small.out', 17, undefined],
      ['sub/3.out', undefined, undefined],
    ]);
    expect(stores.map(storedPieces)).toEqual([
      [['stdout', 'first']],
      [
        ['stdout', 'second'],
        ['stderr', 'wrong'],
        ['stdout', '!'],
      ],
      [['stdout', 'x'.repeat(4096)]],
      [['stdout', 'y'.repeat(4097)]],
    ]);
    expect(stores.map((store) => Buffer.from(store.readStdout(7)).toString())).toEqual([
      'first',
      'second!',
      'xxxxxxx',
      'yyyyyyy',
    ]);
  });

  test('that shares a file is kept when a block removed the file before', async () => {
    await rig.run('sh', 'echo one');
    const ran = await rig.run('sh', `rm -rf ${rig.runFolder}/outputs; echo two`);
    expect([rig.stored(ran), ran.result.warnings]).toEqual([['1:two\n'], []]);
  });

  test('has a file name of its own for each address', () => {
    const names = ['a/2', 'a_2', 'a%2F2', '.hidden', 'x'.repeat(300), `${'x'.repeat(299)}y`].map((name) =>
      outputFileName(name, 1),
    );
    expect(names.slice(0, 4)).toEqual(['a%2F2.1.out', 'a_2.1.out', 'a%252F2.1.out', '%2Ehidden.1.out']);
    expect([new Set(names).size, Math.max(...names.map((name) => name.length)) < 200]).toEqual([6, true]);
  });
});

test('nothing of the executor is left in the run folder', async () => {
  await rig.sh('true');
  const pipes = (await rig.sh('echo $RUNSHEET_OUTPUT')).replace(/\/[^/]*$/, '');
  expect(existsSync(pipes)).toBe(true);
  await rig.executor.close();
  expect(existsSync(pipes)).toBe(false);
  rmSync(rig.runFolder, { recursive: true });
});
