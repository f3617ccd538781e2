import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { runId } from '../../src/basics/address.ts';
import { createProgram } from '../../src/cli/line/create-program.ts';
import { shownRun } from '../../src/cli/serving/page/shown-run.ts';
import { readHandedOver } from '../../src/engine/journal/handed-over.ts';
import { runFolder } from '../../src/engine/journal/run-folder.ts';
import { RunStore } from '../../src/engine/journal/run-store.ts';
import { takeLock } from '../../src/engine/processes/process-lock.ts';
import { renderHead } from '../../src/engine/record/bundle-head.ts';
import { openBundle } from '../../src/engine/record/open-bundle.ts';
import { unpackRun } from '../../src/engine/record/unpack-run.ts';
import { Rig } from './rig.ts';

const page = `---
concurrency: forbid
---

# Deploy

## Steps

### One

\`\`\`sh
export COLOUR=green
echo one
\`\`\`

### By hand

Do it.

### Three

\`\`\`sh
echo three $COLOUR
\`\`\`
`;
const me = `${userInfo().username}@${hostname()}`;

/** A run that rests at its second step. */
async function rested(): Promise<{ readonly rig: Rig; readonly run: string }> {
  const rig = await Rig.create();
  await rig.write('deploy.md', page);
  expect((await rig.run(['run', 'deploy.md', '--yes'])).exitCode).toBe(5);
  return { rig, run: readdirSync(join(rig.stateFolder, 'runs'))[0] ?? '' };
}

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/lock|inbox|answers|handed-over/.test(name))
    .sort();

test('a run that was handed over goes on at the other machine, and no more at this one', async () => {
  const { rig, run } = await rested();
  const bundle = rig.path('deploy.run');
  const store = new RunStore(rig.stateFolder);
  const asked = () => {
    const [listed] = store.list();
    return (
      listed && shownRun(store, listed, { name: 'ann', roles: ['operator'], way: 'page' }, {})?.questions
    );
  };
  expect(asked()).toHaveLength(1);
  const handed = await rig.run(['handover', run, '--bundle', 'deploy.run']);
  expect(asked()).toEqual([]);
  expect(handed).toEqual({
    ...{ exitCode: 0, signal: null, stdout: '' },
    stderr: `run \`${run}\` is in \`deploy.run\`; it does not go on here any more
  \`runsheet takeover deploy.run\` takes it over on the other machine
  the file holds what the run has printed, and what its shells carry from block to block, with the key to it;
  values of secret inputs are not in it, and are asked for again
`,
  });
  expect(statSync(bundle).mode & 0o777).toBe(0o600);
  expect((await rig.run(['runs'])).stdout).toMatch(/ {2}handed over {2}/);
  for (const verb of [
    ['resume', run, '--yes'],
    ['rollback', run, '--yes'],
    ['handover', run, '--bundle', 'b.run'],
    ['answer', run],
    ['approve', run],
  ])
    expect(await rig.run(verb)).toEqual({
      ...{ exitCode: 2, signal: null, stdout: '' },
      stderr: `error: run \`${run}\` was handed over by ${me}, into \`${bundle}\`
  = help: \`runsheet handover ${run} --take-back\` has it go on here, where nobody has taken it over elsewhere
`,
    });
  // Nothing here waits for it, or means it.
  for (const [verb, says] of [
    [['resume', '--yes'], 'no run is paused or interrupted'],
    [['rollback', '--yes'], 'there is no such run'],
    [['handover'], 'no run is open'],
  ] as const)
    expect((await rig.run(verb)).stderr).toBe(
      `error: ${says}\n  = help: ${verb[0] === 'handover' ? 'name a run: ' : ''}\`runsheet runs\` lists all of them\n`,
    );
  const picking = rig.terminal([], { cols: 80, rows: 24 });
  await picking.waitFor('deploy.md');
  expect(picking.screen().join('\n')).not.toContain(run);
  picking.type('\u0003');
  await picking.ended;
  const told = await rig.run(['handover', run]);
  expect([told.exitCode, told.stderr]).toEqual([
    0,
    `note: run \`${run}\` was handed over by ${me}, into \`${bundle}\`; it does not go on here\n`,
  ]);
  expect((await rig.run(['run', 'deploy.md', '--yes', '--log', 'none'])).exitCode).toBe(5);
  const other = await Rig.create();
  const here = `run \`${run}\` of ${me} is here; \`runsheet resume ${run}\` goes on with it\n`;
  expect(await other.run(['takeover', bundle])).toEqual({
    exitCode: 0,
    signal: null,
    stdout: '',
    stderr: here,
  });
  const [from, to] = [rig, other].map((one) => join(one.stateFolder, 'runs', run)) as [string, string];
  expect(filesOf(to)).toEqual(filesOf(from));
  for (const name of filesOf(to)) {
    const { mode } = statSync(join(to, name));
    expect([name, (mode & 0o777).toString(8)]).toEqual([
      name,
      statSync(join(to, name)).isDirectory() ? '700' : '600',
    ]);
  }
  expect((await other.run(['verify', run])).exitCode).toBe(0);
  expect((await other.run(['show', run])).stdout).toMatch(`taken over from ${me}, who handed it over at `);
  expect((await other.run(['takeover', bundle])).stderr).toBe(`run \`${run}\` is here already\n`);
  const goesOn = await other.run(['resume', run, '--yes', '--manual', 'skip', '--log', 'none']);
  expect([goesOn.exitCode, goesOn.stderr + goesOn.stdout]).toEqual([
    0,
    expect.stringContaining('three green'),
  ]);
});

test('a run is handed back, and taken back', async () => {
  const { rig, run } = await rested();
  const other = await Rig.create();
  const [to, back] = [rig.path('to.run'), rig.path('back.run')];
  expect((await rig.run(['handover', run, '--bundle', to])).exitCode).toBe(0);
  expect((await other.run(['takeover', to])).exitCode).toBe(0);
  expect((await other.run(['handover', run, '--bundle', back])).exitCode).toBe(0);
  expect(await rig.run(['takeover', to])).toEqual({
    ...{ exitCode: 2, signal: null, stdout: '' },
    stderr: `error: run \`${run}\` was handed over from here, and the file has nothing that came after
  = help: \`runsheet handover ${run} --take-back\` has it go on here, where nobody has taken it over elsewhere
`,
  });
  expect((await rig.run(['takeover', back])).exitCode).toBe(0);
  expect((await rig.run(['verify', run])).exitCode).toBe(0);
  expect(readdirSync(join(rig.stateFolder, 'runs'))).toEqual([run]);
  // While somebody works on it, it is not taken back, and stays handed over.
  const folder = runFolder(join(other.stateFolder, 'runs'), runId(run));
  const held = takeLock(folder.path);
  expect((await other.run(['handover', run, '--take-back'])).stderr).toMatch(
    `error: run \`${run}\` is going on in process ${process.pid}`,
  );
  expect([held.ok && held.lock.release(), readHandedOver(folder)?.bundle]).toEqual([undefined, back]);
  // The other one takes it back, and both have gone on: neither takes over what the other has.
  expect((await other.run(['handover', run, '--take-back'])).stderr).toBe(
    `run \`${run}\` goes on here; do not take it over from \`${back}\` any more\n`,
  );
  expect((await other.run(['show', run])).stdout).toMatch(
    `taken back here, after ${me} had handed it over at `,
  );
  expect((await other.run(['handover', run, '--take-back'])).stderr).toMatch('was not handed over');
  const again = rig.path('again.run');
  expect((await rig.run(['handover', run, '--bundle', again])).exitCode).toBe(0);
  expect((await other.run(['takeover', again])).stderr).toMatch('is here already, and has gone another way');
});

test('a bundle that is damaged, or made to do harm, is refused, and nothing of it stays', async () => {
  const { rig, run } = await rested();
  const bundle = rig.path('deploy.run');
  await rig.run(['handover', run, '--bundle', bundle]);
  const bytes = readFileSync(bundle);
  const [line = ''] = bytes.toString('latin1').split('\n');
  const headEnd = line.length + 1 + Number(line.split(' ')[3]);
  const head = JSON.parse(bytes.subarray(line.length + 1, headEnd).toString());
  const path = rig.path('bad.run');
  /** What `takeover` says of these bytes; nothing where it takes them. */
  const flawOf = (content: Uint8Array): string | undefined => {
    writeFileSync(path, content);
    const opened = openBundle(path);
    if (!opened.ok) return opened.error;
    const draft = runFolder(rig.path('drafts'), opened.value.head.run);
    mkdirSync(draft.path, { recursive: true });
    const unpacked = unpackRun(opened.value, draft);
    rmSync(draft.path, { recursive: true });
    return unpacked.ok ? undefined : unpacked.error;
  };
  expect(flawOf(bytes)).toBeUndefined();
  const flipped = (at: number) => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };
  const withHead = (more: object) =>
    Buffer.concat([renderHead({ ...head, ...more }), bytes.subarray(headEnd)]);
  const part = (more: object) => ({ parts: [{ ...head.parts[0], ...more }, ...head.parts.slice(1)] });
  const named = (name: string) => withHead(part({ name }));
  /** The head as it is, and one file with other bytes in it, as whoever makes a bundle can have it. */
  const withFile = (name: string, text: string) => {
    const parts = head.parts.map((one: { name: string }) =>
      one.name === name
        ? { name, bytes: text.length, digest: createHash('sha256').update(text).digest('hex') }
        : one,
    );
    let at = headEnd;
    const contents = head.parts.map((one: { name: string; bytes: number }) => {
      const before = bytes.subarray(at, at + one.bytes);
      at += one.bytes;
      return one.name === name ? Buffer.from(text) : before;
    });
    return Buffer.concat([renderHead({ ...head, parts }), ...contents]);
  };
  const ofHead = 'is damaged: its head is not as it was written';
  const shorter = 'is damaged: its end is missing';
  const cases: readonly (readonly [bytes: Uint8Array, says: string])[] = [
    [Buffer.from(''), 'is no run that was handed over'],
    [Buffer.from('# Deploy\n'), 'is no run that was handed over'],
    [gzipSync(bytes), 'is no run that was handed over'],
    [
      Buffer.from(line.replace('bundle 1', 'bundle 7').concat('\n')),
      'was written by a newer version of runsheet (its format is 7)',
    ],
    [flipped(line.length + 30), ofHead],
    [flipped(headEnd + 3), `is damaged: \`${head.parts[0].name}\` in it is not as it was written`],
    [flipped(bytes.length - 2), `is damaged: \`${head.parts.at(-1).name}\` in it is not as it was written`],
    [bytes.subarray(0, -1), shorter],
    [bytes.subarray(0, headEnd - 5), shorter],
    [Buffer.from(`runsheet-bundle 1 ${'0'.repeat(64)} 999999999\n{}`), shorter],
    [Buffer.concat([bytes, Buffer.from('x')]), 'is damaged: there is more in it than was written'],
    ...[
      '../x',
      '/etc/x',
      'a/../../x',
      '.x',
      'state/.x',
      'lock.1',
      'inbox/a',
      'answers/a',
      'handed-over.json',
      'a\\..',
      'a\0',
      'a//b',
    ].map((name) => [named(name), ofHead] as const),
    [named(head.parts[1].name), ofHead],
    [withHead(part({ bytes: -1 })), ofHead],
    [withHead(part({ bytes: 1e15 })), shorter],
    [withHead({ run: '../../x' }), ofHead],
    [withHead({ run: `${run}${'a'.repeat(40)}` }), ofHead],
    [withHead({ from: 'a\u001b[2J' }), ofHead],
    [withHead({ run: '20200101-000000-aaaa' }), 'holds another run than it says'],
    [named('strange.md'), 'holds a run that is not whole: no such file (`'],
    [withFile('meta.json', '{}'), 'holds another run than it says'],
    [withFile('journal.ndjson', ''), 'holds another run than it says'],
    [withFile('journal.ndjson', 'no journal\n'), 'holds a'],
    [withFile('plan.json', '{}'), 'holds a run whose record is damaged: '],
    [withFile('runbook.md', '# Other\n'), 'holds a run whose record is damaged: '],
  ];
  for (const [content, says] of cases)
    expect([says, flawOf(content)]).toEqual([says, expect.stringContaining(says)]);
  // Cut anywhere, and with any one bit turned, it is refused in words.
  const places = Array.from({ length: 40 }, (_each, index) => Math.floor((index * bytes.length) / 40));
  for (const at of places) {
    expect([at, flawOf(bytes.subarray(0, at))]).toEqual([at, expect.any(String)]);
    expect([at, flawOf(flipped(at))]).toEqual([at, expect.any(String)]);
  }
  const other = await Rig.create();
  for (const [content, says] of [cases[0], cases.at(-1)] as typeof cases) {
    writeFileSync(path, content);
    expect(await other.run(['takeover', path])).toEqual({
      ...{ exitCode: 2, signal: null, stdout: '' },
      stderr: expect.stringMatching(`^error: \`${path}\` ${says}[^\n]*\n  = help: nothing was taken over\n$`),
    });
  }
  symlinkSync(bundle, other.path('link.run'));
  expect((await other.run(['takeover', 'link.run'])).stderr).toMatch('`link.run` is no file\n');
  expect((await other.run(['takeover', 'none.run'])).stderr).toMatch(
    '`none.run` cannot be read: no such file',
  );
  expect(readdirSync(join(other.stateFolder, 'runs'))).toEqual([]);
});

test('nothing is handed over where the file is there, or a file of the run is none', async () => {
  const { rig, run } = await rested();
  await rig.write('taken.run', 'mine');
  expect((await rig.run(['handover', run, '--bundle', 'taken.run'])).stderr).toBe(
    'error: cannot write `taken.run`: it is there already\n  = help: nothing was handed over\n',
  );
  const outputs = join(rig.stateFolder, 'runs', run, 'outputs');
  symlinkSync('/etc/passwd', join(outputs, 'link.out'));
  expect((await rig.run(['handover', run, '--bundle', 'x.run'])).stderr).toBe(
    `error: run \`${run}\` cannot be handed over: \`outputs/link.out\` in the folder of the run is no file that a run keeps\n  = help: nothing was handed over\n`,
  );
  rmSync(join(outputs, 'link.out'));
  await rig.write('left.run.part', 'half');
  for (const [file, says, help] of [
    ['none/x.run', 'cannot write `none/x.run`: there is no folder `none`', ''],
    [
      'left.run',
      'cannot write `left.run.part`: it is there already',
      '; an earlier try has left it: remove it where nobody writes `left.run` just now',
    ],
  ] as const)
    expect((await rig.run(['handover', run, '--bundle', file])).stderr).toBe(
      `error: ${says}\n  = help: nothing was handed over${help}\n`,
    );
  expect(readFileSync(rig.path('taken.run'), 'utf8')).toBe('mine');
  expect((await rig.run(['runs'])).stdout).toMatch(/ {2}paused {2}/);
});

test('a run that has ended goes on at one place, too, and its record stays sealed', async () => {
  const rig = await Rig.create();
  await rig.write('fail.md', '# Fail\n\n## Steps\n\n```sh\ntest -e fixed\n```\n');
  expect((await rig.run(['run', 'fail.md', '--yes'])).exitCode).toBe(1);
  const [run = ''] = readdirSync(join(rig.stateFolder, 'runs'));
  const bundle = rig.path('fail.run');
  expect((await rig.run(['handover', run, '--bundle', bundle])).stderr).toMatch(
    `run \`${run}\` is in \`${bundle}\`; it does not go on here any more\n`,
  );
  const journalOf = (one: Rig) => readFileSync(join(one.stateFolder, 'runs', run, 'journal.ndjson'), 'utf8');
  const before = journalOf(rig);
  expect((await rig.run(['rollback', run, '--yes'])).stderr).toMatch(
    `error: run \`${run}\` was handed over by ${me}, into \`${bundle}\`\n`,
  );
  expect((await rig.run(['resume', '--yes'])).stderr).toBe(
    'error: no run is paused or interrupted\n  = help: `runsheet runs` lists all of them\n',
  );
  expect((await rig.run(['runs'])).stdout).toMatch(/ {2}failed {2}/);
  const other = await Rig.create();
  expect((await other.run(['takeover', bundle])).stderr).toBe(
    `run \`${run}\` of ${me} is here; it has ended; \`runsheet show ${run}\` tells of it, and \`runsheet resume ${run}\` goes on with it\n`,
  );
  expect([journalOf(other), (await other.run(['verify', run])).exitCode]).toEqual([before, 0]);
  expect((await rig.run(['handover', run, '--take-back'])).stderr).toBe(
    `run \`${run}\` can be taken up here again; do not take it over from \`${bundle}\` any more\n`,
  );
  expect(journalOf(rig)).toBe(before);
  await rig.write('fixed', '');
  expect((await rig.run(['resume', run, '--yes'])).exitCode).toBe(0);
});

test('what cannot be meant together is refused, and so is what names no run', async () => {
  for (const [args, says] of [
    [['--bundle', 'x', '--take-back'], "'--bundle <file>' cannot be used with option '--take-back'"],
    [
      ['--bundle', 'x', '--format', 'html'],
      "'--bundle <file>' cannot be used with option '--format <format>'",
    ],
    [['--take-back', '--format', 'markdown'], "'--take-back' cannot be used with option '--format <format>'"],
  ] as const) {
    const program = createProgram('handover');
    const silent = { writeErr: () => {} };
    for (const command of program.commands) command.exitOverride().configureOutput(silent);
    await expect(program.parseAsync(['node', 'runsheet', 'handover', 'r', ...args])).rejects.toThrow(
      `error: option ${says}`,
    );
  }
  const rig = await Rig.create();
  for (const args of [['--bundle', 'x.run'], ['--take-back']]) {
    expect(await rig.run(['handover', ...args])).toEqual({
      ...{ exitCode: 2, signal: null, stdout: '' },
      stderr: `error: \`${args[0]}\` needs the run that is meant\n  = help: name it: \`runsheet runs\` lists all of them\n`,
    });
  }
});
