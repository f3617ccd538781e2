import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ready } from '../surfaces/tui/screen-rig.ts';
import { emitter } from './leak-emitter.ts';
import {
  filesBelow,
  hunt,
  type Needle,
  needlesOf,
  type Place,
  piecesOf,
  watchArguments,
} from './leak-hunt.ts';
import { laterBlocks, leakyRunbook } from './leak-runbook.ts';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';
import { describeWith } from './services.ts';

const random = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** Secrets of every shape that people have, and where the runbook says that they are. */
const canaries: Readonly<Record<string, { readonly value: string; readonly source: string }>> = {
  PLAIN: { value: random(24), source: 'true' },
  QUOTED: { value: `q"u'o\\te$d\`|&;<${random(6)}>*{}(!)`, source: '{ env: CANARY_QUOTED }' },
  LINES: { value: `first ${random(9)}\nsecond ${random(9)}\nthird`, source: '{ file: ../secrets/LINES }' },
  SHORT: { value: `${random(3).replace(/[-_]/g, 'x').slice(0, 3)}!`, source: 'true' },
  UNICODE: { value: `Schlüssel-漢字-🎉-${random(6)}`, source: '{ command: cat ../secrets/UNICODE }' },
  SYMBOLS: { value: `a+b/c=d?e&f%20g~h#${random(6)}`, source: 'true' },
  PADDED: { value: `  pad\t${random(9)} x`, source: 'true' },
  LONG: { value: random(1500), source: 'true' },
};
const everyName = Object.keys(canaries);

async function layOut(names: readonly string[] = everyName): Promise<{
  rig: Rig;
  env: Record<string, string>;
  routes: readonly string[];
  needles: Needle[];
}> {
  const rig = await Rig.create();
  const server = createServer((request, response) => {
    const received: Buffer[] = [];
    request.on('data', (bytes: Buffer) => received.push(bytes));
    request.on('end', () => {
      const { 'x-key': key = '', 'x-url': address = '' } = request.headers;
      response.setHeader('X-Echo', [key, address].flat());
      response.end(`${request.url}\n${JSON.stringify(request.headers)}\n${Buffer.concat(received)}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const env: Record<string, string> = {
    BASE: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    SQLITE_DB: ':memory:',
  };
  const inputs = names.map((name) => `  ${name}: { secret: ${canaries[name]?.source} }\n`);
  const notify = 'notify: [{ on: [failure, paused, ended, rollback], to: all }]\n';
  const runbook = leakyRunbook(`${notify}inputs:\n${inputs.join('')}`, names);
  // What channels are told lies in the folder with everything else that is searched.
  await rig.write('runsheet.yaml', "channels: { all: { command: [sh, -c, 'cat >>told'] } }\n");
  await rig.write('emit.mjs', emitter);
  await rig.write('leaks.md', runbook.text);
  const needles: Needle[] = [];
  for (const name of names) {
    const { value = '', source = '' } = canaries[name] ?? {};
    await rig.write(`../secrets/${name}`, value);
    if (source === 'true') env[name] = value;
    if (source.includes('env:')) env[`CANARY_${name}`] = value;
    const forms = await rig.exec('node', ['emit.mjs', name, 'forms'], { env: { [name]: value } });
    needles.push(...needlesOf(name, JSON.parse(forms.stdout) as Record<string, string>));
    if (name === 'PLAIN') needles.push(...piecesOf(name, value));
  }
  return { rig, env, routes: runbook.routes, needles };
}

/** All that a run has left on the disk, the secrets' own files aside. */
function leftBehind(rig: Rig): Place[] {
  const base = rig.path('..');
  return filesBelow(base, (path) => path.startsWith(join(base, 'secrets')));
}

const streams = (name: string, { stdout, stderr }: { stdout: string; stderr: string }): Place[] => [
  { name: `stdout of ${name}`, bytes: Buffer.from(stdout) },
  { name: `stderr of ${name}`, bytes: Buffer.from(stderr) },
];

describeWith(['sqlite3', 'python3'], 'secrets', () => {
  test('the hunt finds what is there', async () => {
    const { rig, needles } = await layOut();
    const found = new Set<string>();
    for (const [name, { value }] of Object.entries(canaries)) {
      for (const where of ['stdout', 'stderr', 'split']) {
        const printed = await rig.exec('node', ['emit.mjs', name, where], { env: { [name]: value } });
        for (const one of hunt(streams('it', printed), needles)) found.add(one.replace(/^.*?: /, ''));
      }
    }
    expect([...found].sort()).toEqual(
      [...new Set(needles.map(({ canary, encoding }) => `${encoding} of ${canary}`))].sort(),
    );
  });

  test.each([
    ['document', everyName, ['--log', 'document', '--report', 'junit=junit.xml']],
    ['records', ['PLAIN', 'QUOTED', 'LINES'], ['--log', 'copy', '--surface', 'ndjson']],
  ])('are found nowhere after a run of everything: %s', async (_, names, options) => {
    const { rig, env, routes, needles } = await layOut(names);
    const stop = watchArguments();
    const places: Place[] = [];
    let again: Record<string, string> = {};
    const use = async (...args: string[]): Promise<number | null> => {
      const ran = await rig.run(args, { env: { ...env, ...(args[0] === 'run' ? {} : again) } });
      places.push(...streams(args.join(' '), ran));
      expect(ran.stderr).not.toMatch(/bug in runsheet|^\s+at .*:\d+:\d+\)?$/m);
      return ran.exitCode;
    };
    expect(await use('run', 'leaks.md', '--yes', ...options)).toBe(5);
    // What held a secret is kept nowhere, and has to be given again.
    expect(await use('resume', '--yes', '--manual', 'skip')).toBe(2);
    again = givenAgain(names);
    // What failed and was passed over leaves the run a failed one.
    expect(await use('resume', '--yes', '--manual', 'skip')).toBe(1);
    await use('rollback', '--yes');
    for (const args of [['runs'], ['show'], ['show', '--json'], ['print', 'leaks.md'], ['check', 'leaks.md']])
      await use(...args);
    places.push(stop(), ...leftBehind(rig));

    expect((await rig.file('told')).trimEnd().split('\n').length).toBeGreaterThan(names.length);
    // The block of a failing condition never starts; there is one for each secret.
    expect(blocksThatRan(places)).toBe(routes.length - names.length + laterBlocks);
    console.log(
      `${names.length} secrets let slip on ${routes.length} routes: ${needles.length} encodings and pieces of them × ` +
        `${places.length} files, streams and argument lists = ${needles.length * places.length} looked for`,
    );
    expect(hunt(places, needles)).toEqual([]);
  });

  test('are found nowhere after the tool was killed in the middle of a block', async () => {
    const { rig, env, needles } = await layOut();
    const block = (label: string, code: string) => `\n### ${label}\n\n\`\`\`${label}\n${code}\n\`\`\`\n`;
    const names = everyName;
    const inputs = names.map((name) => `  ${name}: { secret: ${canaries[name]?.source} }\n`).join('');
    const assignments = names.map((name) => `export KEPT_${name}="<$${name}>"; echo "$${name}"`).join('\n');
    const query = names.map((name) => `SELECT $${name};`).join('\n');
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;';
    const text =
      block('sh', assignments) + block('sqlite', `${query}\n.print ready to be killed\n${endless}`);
    await rig.write('killed.md', `---\ninputs:\n${inputs}---\n# Killed\n\n## Steps\n${text}`);
    const stop = watchArguments();
    const running = rig.start(['run', 'killed.md', '--yes'], { env });
    await running.waitFor('ready');
    running.kill('SIGKILL');
    const ran = await running.ended;
    const places = [...streams('run', ran), stop(), ...leftBehind(rig)];
    expect(hunt(places, needles)).toEqual([]);
  });

  test('that are typed are found nowhere either', async () => {
    const rig = await Rig.create();
    const secret = random(24);
    await rig.write('emit.mjs', emitter);
    const forms = await rig.exec('node', ['emit.mjs', 'TYPED', 'forms'], { env: { TYPED: secret } });
    const needles = [
      ...needlesOf('TYPED', JSON.parse(forms.stdout) as Record<string, string>),
      ...piecesOf('TYPED', secret),
    ];
    const code =
      'node emit.mjs TYPED split\n```\n\n```sh {on-failure=continue expect="never"}\necho "$TYPED"';
    await rig.write(
      'typed.md',
      `---\ninputs: { TYPED: { secret: true } }\n---\n# Typed\n\n## Preconditions\n\n\`\`\`sh\n${code}\n\`\`\`\n`,
    );
    const terminal = rig.terminal(['run', 'typed.md', '--surface', 'prompt'], { rows: 50, cols: 60 });
    await terminal.waitFor('TYPED');
    terminal.type(`${secret}${keys.enter}`);
    await terminal.waitUntil(
      () => terminal.scrolled().some((line) => line.includes('expected  never')),
      'the failure',
    );
    const places = [{ name: 'terminal', bytes: Buffer.from(terminal.bytes()) }, ...leftBehind(rig)];
    terminal.kill('SIGHUP');
    await terminal.ended;
    places.push({ name: 'terminal at the end', bytes: Buffer.from(terminal.bytes()) }, ...leftBehind(rig));
    expect(places.some(({ bytes }) => bytes.includes('terminal-wrapped [***'))).toBe(true);
    expect(hunt(places, needles)).toEqual([]);
  });

  test('that are typed into the form of the full screen are not in it, nor remembered', async () => {
    const rig = await Rig.create();
    const secret = random(24);
    await rig.write('emit.mjs', emitter);
    const forms = await rig.exec('node', ['emit.mjs', 'TYPED', 'forms'], { env: { TYPED: secret } });
    const needles = [
      ...needlesOf('TYPED', JSON.parse(forms.stdout) as Record<string, string>),
      ...piecesOf('TYPED', secret),
    ];
    await rig.write(
      'typed.md',
      '---\ninputs: { WHO: { required: true } }\n---\n# Typed\n\n## Steps\n\n```sh\necho "$WHO has <api-token>"\n```\n',
    );
    const terminal = rig.terminal(['run', 'typed.md']);
    await terminal.waitFor('<api-token>');
    terminal.type(`ada${keys.enter}`);
    terminal.type(secret);
    await terminal.waitFor('********');
    terminal.type(keys.enter);
    await ready(terminal, 'Begin?');
    terminal.type(keys.enter);
    await ready(terminal, 'Run `steps`?');
    terminal.type(keys.enter);
    await terminal.waitFor('ada has ***');
    await ready(terminal, 'The run succeeded', 'Enter close');
    terminal.type('q');
    await terminal.ended;
    const places = [{ name: 'terminal', bytes: Buffer.from(terminal.bytes()) }, ...leftBehind(rig)];
    expect(places.some(({ bytes }) => bytes.includes('"WHO": "ada"'))).toBe(true);
    expect(hunt(places, needles)).toEqual([]);
  });
});

/** The variables that later blocks speak of, and that held secrets. */
function givenAgain(names: readonly string[]): Record<string, string> {
  const variables = ['COPY', 'OUT', 'plain', 'EXPORTED'].flatMap((kind) =>
    names.map((name) => `${kind}_${name}`),
  );
  return Object.fromEntries(variables.map((name) => [name, 'given again']));
}

/** How many blocks have started, as the journal tells. */
function blocksThatRan(places: readonly Place[]): number {
  const journal = places.find(({ name }) => name.endsWith('journal.ndjson'))?.bytes.toString() ?? '';
  const started = new Set<string>();
  for (const line of journal.split('\n').filter((text) => text !== '')) {
    const { event } = JSON.parse(line) as { event: { type: string; address?: string } };
    if (event.type === 'BlockStarted' && event.address) started.add(event.address);
  }
  return started.size;
}
