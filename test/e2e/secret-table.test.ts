// Tests secrets as a table: each form × each way of printing it × each path on which it could get out.
//
// Each way has a secret of its own, and each form of it a text of its own, so that a leak tells where it came from. Each
// way prints something that is no secret as well: where that is not found, the hunt would find nothing at all.
// RUNSHEET_SECRET_TABLE=1 prints the whole table.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ready } from '../surfaces/tui/screen-rig.ts';
import { emitter } from './leak-emitter.ts';
import {
  filesBelow,
  hunt,
  type Needle,
  needlesOf,
  type Place,
  watchArguments,
  watchEnvironments,
  watchFiles,
} from './leak-hunt.ts';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';
import { describeWith } from './services.ts';
import { sshPrograms, startSshHosts } from './ssh-hosts.ts';

const ways = ['plain', 'coloured', 'split', 'error', 'trace', 'python', 'sql', 'http', 'ssh'] as const;
type Way = (typeof ways)[number];

const random = (): string => randomBytes(9).toString('base64url').replace(/[-_]/g, 'x');
const serial = 7600 + Math.floor(Math.random() * 1000);

/** What no name says to be a secret; the page has it in pieces only. */
const controlOf = (way: string): string => `shown-${way}-${serial}`;

const variable = (way: Way): string => `CANARY_${way.toUpperCase()}`;

const forms = (way: Way): string => `mapfile -d '' -t forms < <(node emit.mjs ${variable(way)} list)`;
const say = (way: Way): string => `printf 'shown-%s-%s\n' ${way} ${serial}`;

function blockOf(way: Way, emit: string): string {
  const name = variable(way);
  const codes: Readonly<Record<Way, readonly [info: string, code: string]>> = {
    plain: ['bash', `node emit.mjs ${name} stdout; node emit.mjs ${name} stderr`],
    coloured: ['bash', `node emit.mjs ${name} coloured`],
    split: ['bash', `node emit.mjs ${name} split`],
    error: [
      'bash',
      `${forms(way)}\nfor one in "\${forms[@]}"; do "$one" || (: "\${nothing:?$one}") || true; done`,
    ],
    trace: ['bash', `${forms(way)}\nset -x; for one in "\${forms[@]}"; do : "$one" "<$one>"; done; set +x`],
    python: [
      'python',
      [
        'import os, subprocess, traceback',
        // First, because a page shows the beginning and the end, and what comes last on two streams is left to chance.
        `print('shown', '${way}', ${serial}, sep='-', flush=True)`,
        `forms = subprocess.check_output(['node', 'emit.mjs', '${name}', 'list']).split(b'\\0')`,
        'for one in forms:',
        '    print(one.decode(), repr(one))',
        '    try: raise ValueError(one.decode())',
        '    except ValueError: traceback.print_exc()',
      ].join('\n'),
    ],
    sql: [
      'sqlite',
      `SELECT 'shown-' || '${way}-' || ${serial};\nSELECT $${name}, hex($${name}), quote($${name}), json_quote($${name}), lower($${name}), upper($${name});`,
    ],
    http: ['http', `POST $BASE/${way}\nX-Key: {{${name}|base64}}\n\n{{${name}|json}} $${name}`],
    ssh: ['sh', `${emit} ${name} stdout`],
  };
  const [language, code] = codes[way];
  const isShell = language === 'bash' || language === 'sh';
  const host = way === 'ssh' ? ' host=web1' : '';
  return `### ${way}\n\n\`\`\`${language} {name=${way} risk=read${host}}\n${isShell ? `${say(way)}\n${code}\n${say(way)}` : code}\n\`\`\`\n\n`;
}

/** What lets a control go where no output comes. */
const elsewhere = [
  `args=$(printf 'shown-%s-%s' args ${serial}); bash -c 'sleep 2; :' "$args"`,
  `printf 'shown-%s-%s' temporary ${serial} >"$TMPDIR/passing"; printf 'shown-%s-%s' memory ${serial} >"/dev/shm/$RUNSHEET_RUN"`,
  `kept=$(printf 'shown-%s-%s' state ${serial}); export kept`,
  `printf 'shown-%s-%s' journal ${serial}`,
].join('\n');

interface LaidOut {
  readonly rig: Rig;
  readonly env: Record<string, string>;
  readonly needles: readonly Needle[];
}

async function layOut(): Promise<LaidOut> {
  const [rig, hosts] = await Promise.all([Rig.create(), startSshHosts(['web1'])]);
  const needles: Needle[] = [];
  const bodies: Record<string, string> = {};
  const path = await rig.write('emit.mjs', emitter);
  for (const way of ways) {
    const value = `${random()}"'/+é $&|${random()}`;
    await rig.write(`../secrets/${variable(way)}`, value);
    const printed = await rig.exec('node', [path, 'ONE', 'forms'], { env: { ONE: value } });
    const texts = JSON.parse(printed.stdout) as Record<string, string>;
    needles.push(...needlesOf(way, texts));
    const all = await rig.exec('node', [path, 'ONE', 'list'], { env: { ONE: value } });
    bodies[way] = all.stdout.replaceAll('\0', '\n');
  }
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('X-Echo', String(request.headers['x-key']));
      response.end(`${controlOf('http')}\n${bodies.http}\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const inputs = ways.map((way) => `  ${variable(way)}: { secret: { file: ../secrets/${variable(way)} } }\n`);
  const emit = `'${process.execPath}' '${path}'`;
  const page = [
    `---\nnotify: [{ on: [started, failure, ended], to: all }]\ninputs:\n  NOTE: {}\n${inputs.join('')}---\n# ${controlOf('title')}\n\n## Preconditions\n\n`,
    ...ways.map((way) => blockOf(way, emit)),
    `### elsewhere\n\n\`\`\`bash {name=elsewhere risk=read capture=CONTROL}\n${elsewhere}\n\`\`\`\n`,
  ];
  await rig.write('runsheet.yaml', "channels: { all: { command: [sh, -c, 'cat >>told'] } }\n");
  await rig.write('table.md', page.join(''));
  const env = {
    BASE: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    SQLITE_DB: ':memory:',
    RUNSHEET_SSH: hosts.command,
  };
  return { rig, env, needles };
}

/** The paths that the table has rows for, by what the names of places begin or end with. */
const paths: readonly (readonly [path: string, isOne: (name: string) => boolean])[] = [
  ['page', (name) => /\.md$/.test(name) && !name.startsWith('state')],
  ['journal', (name) => name.endsWith('journal.ndjson')],
  ['stored output', (name) => name.includes('/outputs/')],
  ['state files', (name) => name.startsWith('state/')],
  ['JUnit', (name) => name.endsWith('.xml')],
  ['notifications', (name) => name.endsWith('told')],
  ['report', (name) => name.startsWith('report')],
  [
    'lists and show',
    (name) => name.startsWith('show') || name.startsWith('runs') || name.startsWith('verify'),
  ],
  ['plain', (name) => name.startsWith('plain')],
  ['ndjson', (name) => name.startsWith('ndjson')],
  ['line prompt', (name) => name.startsWith('prompt')],
  ['full screen', (name) => name.startsWith('tui')],
  ['arguments', (name) => name.startsWith('cmdline')],
  ['environments', (name) => name.startsWith('environ')],
  ['temporary files', (name) => name === 'temporary files' || name.startsWith('tmp/')],
  ['other files', () => true],
];

const pathOf = (place: Place): string => paths.find(([, isOne]) => isOne(place.name))?.[0] ?? '';

/** Where something that is no secret must be found, or the hunt on that path finds nothing. */
const controls: Readonly<Record<string, readonly string[]>> = {
  page: ways,
  journal: ['journal'],
  'stored output': ways,
  JUnit: ['title'],
  notifications: ['title'],
  report: ['title', 'given'],
  'lists and show': ['title', 'journal'],
  plain: ways,
  ndjson: ways,
  'line prompt': ways,
  arguments: ['args'],
  environments: ['environ'],
  'temporary files': ['temporary', 'memory'],
};

async function playOn(surface: string, { rig, env }: LaidOut): Promise<Place[]> {
  const stops = [watchArguments(), watchEnvironments(), watchFiles([rig.temporaryFolder, '/dev/shm'])];
  // Some process that is no block's.
  const other = rig.exec('sleep', ['3'], { env: { NO_SECRET: controlOf('environ') } });
  const given = ['--set', `NOTE=${controlOf('given')}`];
  const places: Place[] = [];
  const told = (name: string, ran: { readonly stdout: string; readonly stderr: string }): void => {
    places.push({ name, bytes: Buffer.from(`${ran.stdout}\n${ran.stderr}`) });
  };
  if (surface === 'plain' || surface === 'ndjson') {
    const log =
      surface === 'plain' ? ['--log', 'document', '--report', 'junit=junit.xml'] : ['--log', 'copy'];
    const ran = await rig.run(['run', 'table.md', '--yes', '--surface', surface, ...given, ...log], { env });
    expect(ran.exitCode, ran.stderr).toBe(0);
    told(surface, ran);
    for (const args of [
      ['show'],
      ['show', '--json'],
      ['runs'],
      ['verify'],
      ['report'],
      ['report', '--format', 'html'],
    ])
      told(args.join(' '), await rig.run(args, { env }));
  } else {
    const terminal = rig.terminal(['run', 'table.md', '--surface', surface, ...given], {
      env,
      rows: 60,
      cols: 200,
    });
    if (surface === 'tui') {
      await ready(terminal, 'Begin?');
      terminal.type(keys.enter);
      await ready(terminal, 'The run succeeded', 'Enter close');
      terminal.type('q');
    }
    await terminal.ended;
    places.push({ name: surface, bytes: Buffer.from(terminal.bytes()) });
  }
  await other;
  places.push(...stops.map((stop) => stop()));
  const isNoPlace = (path: string): boolean => path.includes('/secrets/');
  for (const { name, bytes } of filesBelow(rig.path('..'), isNoPlace)) places.push({ name, bytes });
  for (const { name } of filesBelow(rig.stateFolder).filter(({ name }) => name.endsWith('journal.ndjson')))
    rmSync(`/dev/shm/${name.split('/').at(-2)}`, { force: true });
  return places;
}

const tableOf = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(16) : cell.padStart(9))).join(''))
    .join('\n');

describeWith(['sqlite3', 'python3', ...sshPrograms], 'forms × ways × paths', () => {
  test.each(['plain', 'ndjson', 'prompt', 'tui'])('nothing leaks on any path: %s', async (surface) => {
    const laidOut = await layOut();
    const places = await playOn(surface, laidOut);
    const byPath = new Map<string, Place[]>();
    for (const place of places) byPath.set(pathOf(place), [...(byPath.get(pathOf(place)) ?? []), place]);
    const leaks: string[] = [];
    const blind: string[] = [];
    let looked = 0;
    const rows: string[][] = [[surface, ...ways]];
    for (const [path] of paths) {
      const here = byPath.get(path);
      if (here === undefined) continue;
      const found = hunt(here, laidOut.needles);
      leaks.push(...found);
      looked += laidOut.needles.length * here.length;
      const seen = hunt(
        here,
        [...ways, ...(controls[path] ?? [])].map((way) => ({
          canary: way,
          encoding: 'control',
          text: controlOf(way),
        })),
      );
      // What is on the screen is a part of what was printed.
      if (path === 'full screen' && seen.length === 0) blind.push(path);
      for (const way of controls[path] ?? [])
        if (!seen.some((one) => one.endsWith(`control of ${way}`))) blind.push(`${path}: ${way}`);
      rows.push([
        path,
        ...ways.map((way) => {
          const forms = laidOut.needles.filter(({ canary }) => canary === way).length * here.length;
          const count = found.filter((one) => one.endsWith(` of ${way}`)).length;
          return `${count}/${forms}${seen.some((one) => one.endsWith(`control of ${way}`)) ? '+' : ''}`;
        }),
      ]);
    }
    const forms = new Set(laidOut.needles.map(({ encoding }) => encoding)).size;
    console.log(
      `${surface}: ${forms} forms × ${ways.length} ways × ${byPath.size} paths, ${looked} looked for: ${leaks.length} leaks`,
    );
    if (process.env.RUNSHEET_SECRET_TABLE)
      console.log(`leaks/looked for, + where what is no secret was found\n${tableOf(rows)}`);
    expect({ leaks, blind }).toEqual({ leaks: [], blind: [] });
  });
});
