// Tests recordings of guided runs: replayed, they come to the screen that the operator had.
import { stat } from 'node:fs/promises';
import xterm from '@xterm/headless';
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';

const runbook = `# Recorded

## Steps

### One

\`\`\`sh {name=one}
printf '\\033[32mgrün\\033[0m %s\\n' "$KEY" '漢字'
\`\`\`

### Two

\`\`\`sh {name=two interactive}
echo "not for the record: $((40 + 2)) $KEY"
\`\`\`

### Three

\`\`\`sh {name=three}
echo three
\`\`\`
`;
const withSecret = runbook.replace(
  '# Recorded',
  '---\ninputs: { KEY: { secret: { file: key } } }\n---\n# Recorded',
);

type Cast = readonly [
  head: { version: number; width: number; height: number; timestamp: number; title: string; env: object },
  ...events: (readonly [number, 'o' | 'r' | 'm', string])[],
];

async function castOf(rig: Rig, name: string): Promise<Cast> {
  const lines = (await rig.file(name)).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line)) as unknown as Cast;
}

/** The lines of a screen on which all of a recording was played. */
async function replayed([head, ...events]: Cast): Promise<string[]> {
  const screen = new xterm.Terminal({ cols: head.width, rows: head.height, allowProposedApi: true });
  for (const [, kind, data] of events) {
    if (kind === 'o') await new Promise<void>((resolve) => screen.write(data, resolve));
    if (kind === 'r') {
      const [cols = 80, rows = 24] = data.split('x').map(Number);
      screen.resize(cols, rows);
    }
  }
  const { active } = screen.buffer;
  return Array.from(
    { length: screen.rows },
    (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
  );
}

it('replays a run on the full screen to the same last screen, without what nobody masks', async () => {
  const rig = await Rig.create();
  await rig.write('book.md', withSecret);
  await rig.write('key', 'c4nary-of-the-recording\n');
  // A page that was run before is no news.
  await rig.run(['run', 'book.md', '--yes', '--log', 'none', '--until', 'one']);
  const terminal = rig.terminal(['run', 'book.md', '--log', 'none', '--record', 'run.cast'], {
    cols: 100,
    rows: 30,
  });
  await terminal.waitFor('Enter begin');
  terminal.type(keys.enter);
  for (const name of ['one', 'two', 'three']) {
    await terminal.waitFor(`Run \`${name}\`?`);
    await terminal.waitFor('Enter run it');
    terminal.type(keys.enter);
  }
  await terminal.waitFor('Enter close');
  await terminal.waitFor('output · 1 line');
  const cast = await castOf(rig, 'run.cast');
  expect(await replayed(cast)).toEqual(terminal.screen());
  terminal.type(keys.enter);
  expect((await terminal.ended).exitCode).toBe(0);

  const [head, ...events] = await castOf(rig, 'run.cast');
  expect(head).toEqual({
    version: 2,
    width: 100,
    height: 30,
    timestamp: expect.any(Number),
    title: 'Recorded',
    env: { TERM: expect.any(String) },
  });
  const times = events.map(([time]) => time);
  expect(times).toEqual(times.toSorted((left, right) => left - right));
  expect(events.filter(([, kind]) => kind === 'm').map(([, , why]) => why)).toEqual([
    'another program uses the terminal; this is not recorded',
  ]);
  const whole = await rig.file('run.cast');
  expect(whole).not.toContain('c4nary');
  expect(whole).not.toContain('not for the record: 42');
  expect((await stat(rig.path('run.cast'))).mode & 0o777).toBe(0o600);
});

it('replays a run line by line', async () => {
  const rig = await Rig.create();
  await rig.write('book.md', runbook);
  await rig.run(['run', 'book.md', '--yes', '--log', 'none', '--until', 'one']);
  const args = [
    'run',
    'book.md',
    '--log',
    'none',
    '--surface',
    'prompt',
    '--until',
    'one',
    '--record',
    'lines.cast',
  ];
  const terminal = rig.terminal(args, { env: { KEY: 'a value' } });
  await terminal.waitFor('Enter run it');
  terminal.type(keys.enter);
  expect((await terminal.ended).exitCode).toBe(0);
  const last = (lines: readonly string[]) => lines.filter((line) => line !== '').slice(-6);
  expect(last(await replayed(await castOf(rig, 'lines.cast')))).toEqual(last(terminal.screen()));
});

it('is refused where nobody is guided, and where it cannot be written', async () => {
  const rig = await Rig.create();
  await rig.write('book.md', runbook);
  expect(
    await rig.run(['run', 'book.md', '--yes', '--accept', 'none', '--record', 'run.cast']),
  ).toMatchObject({
    exitCode: 2,
  });
  expect(await rig.run(['run', 'book.md', '--yes', '--record', 'run.cast'])).toMatchObject({
    exitCode: 2,
    stderr:
      'error: --record keeps what a guided run shows\n  = help: for an unattended run use `runsheet show` or `runsheet report`\n',
  });
  expect(await rig.run(['run', 'book.md', '--surface', 'prompt', '--record', 'gone/run.cast'])).toMatchObject(
    {
      exitCode: 2,
      stderr: expect.stringMatching(
        /^error: cannot record into `gone\/run\.cast`: .*\n {2}= help: nothing was run; name another file\n$/,
      ),
    },
  );
});
