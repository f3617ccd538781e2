// Runs docs/recipes/: all that can run here in one run, and the rest as a rehearsal or by itself.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { statusesOf } from './document-results.ts';
import { expectExit, Rig, repositoryRoot } from './rig.ts';

/** What becomes of each block of a recipe in a run without a person. */
const outcomes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  about: { 'make-keys': 'passed' },
  accept: { proxy: 'passed' },
  background: { forward: 'passed', use: 'passed' },
  capture: { read: 'passed', pod: 'passed', use: 'passed' },
  check: { 'make-folder': 'passed', 'make-it-again': 'already done' },
  choose: { 'on-primary': 'skipped', 'on-replica': 'passed' },
  concurrency: { patch: 'passed' },
  confirm: { 'end-sessions': 'passed' },
  each: { drain: 'passed', restart: 'passed', count: 'passed' },
  environment: { 'in-page': 'passed', 'in-block': 'passed' },
  errexit: { 'stop-all': 'passed', start: 'passed' },
  exit: { compare: 'passed', refused: 'passed', tidy: 'passed' },
  expect: { status: 'passed', lines: 'passed', usage: 'passed', pods: 'passed', warned: 'passed' },
  file: { write: 'passed', add: 'passed', level: 'passed', 'set-level': 'passed', 'reads-so': 'passed' },
  handler: {
    workers: 'passed',
    'set-the-worker-count/then/web': 'passed',
    'workers-again': 'already done',
    'set-it-again/then/web': 'skipped',
  },
  inputs: { greet: 'passed' },
  interpreters: { shout: 'passed' },
  link: { 'greet/greet': 'passed', again: 'passed' },
  log: { leave: 'passed' },
  name: { 'say-hello': 'passed' },
  notify: { say: 'passed', switch: 'passed' },
  on: { find: 'passed', 'make-room': 'passed' },
  retries: { start: 'passed', 'is-ready': 'passed', forget: 'passed' },
  risk: { look: 'passed', 'empty-cache': 'passed' },
  run: { printed: 'passed' },
  sections: { switch: 'passed' },
  timeout: { ask: 'passed' },
  when: { 'remove-lock': 'skipped', 'say-so': 'passed' },
};

/** What waits or fails where nobody is there, or has to be told something: its exit code, and what became of it. */
const others: Readonly<Record<string, readonly [number, Readonly<Record<string, string>>, ...string[]]>> = {
  approve: [5, { plan: 'not finished' }, '--no-wait'],
  ask: [0, { 'is-the-traffic-back': 'done', note: 'passed' }, '--set', 'TRAFFIC=yes'],
  interactive: [5, {}],
  'on-failure': [1, { warm: 'failed', 'go-on': 'passed' }],
};

/** What needs hosts, accounts or rights that not every machine has. */
const onlyPlanned = ['hosts', 'owner', 'user'];

const folder = join(repositoryRoot, 'docs/recipes');
const recipes = readdirSync(folder);

const pageOfLinks = (names: readonly string[]): string =>
  `# All\n\n## Steps\n\n${names.map((name) => `- [${name}](${name}.md)\n`).join('')}`;

async function rigWithRecipes(): Promise<Rig> {
  const rig = await Rig.create();
  for (const name of recipes) await rig.copy(`docs/recipes/${name}`);
  return rig;
}

test('every recipe is here', () => {
  const pages = recipes.filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3));
  expect([...Object.keys(outcomes), ...Object.keys(others), ...onlyPlanned].sort()).toEqual(pages.sort());
});

test('the recipes run to a good end, one after the other', async () => {
  const rig = await rigWithRecipes();
  await rig.write('all.md', pageOfLinks(Object.keys(outcomes)));

  const ended = await rig.run(['run', 'all.md', '--yes', '--allow-destructive']);
  const page = await rig.file('all.md');
  const told = [...page.matchAll(/^ *> +- . ([a-z ]+) `([^`]+)`/gm)].map(([, status, block]) => [
    block,
    status,
  ]);
  const expected = Object.entries(outcomes).flatMap(([name, blocks]) =>
    Object.entries(blocks).map(([block, status]) => [`${name}/${block}`, status]),
  );
  expect(told).toEqual(expected);
  expectExit(ended, 0);
});

test.each(Object.entries(others))(
  'the recipe %s waits, is told something or fails',
  async (name, [code, statuses, ...words]) => {
    const rig = await rigWithRecipes();
    expectExit(await rig.run(['run', `${name}.md`, '--yes', ...words]), code);
    expect(statusesOf(await rig.file(`${name}.md`))).toEqual(statuses);
  },
);

test('nothing is wrong with any recipe or the tutorial, and what cannot run here is planned', async () => {
  const rig = await rigWithRecipes();
  const checked = await rig.run(['check', '--strict', folder, join(folder, '../tutorial.md')]);
  expectExit(checked, 0);
  expect(checked.stderr).toMatch(/^\d+ runbooks checked: 0 errors, 0 warnings, 0 hints\n$/);

  await rig.write('rest.md', pageOfLinks(onlyPlanned));
  const planned = await rig.run(['run', 'rest.md', '--dry-run']);
  expectExit(planned, 0);
  expect(planned.stdout.match(/^ {2}\S+\/.*/gm)).toEqual([
    '  hosts/restart  sh (change, on web1, web2, one after the other)',
    "  hosts/look  sh (read, on the hosts of `printf '%s\\n' web1 web2`, 10 at once)",
    '  owner/key-file  writes `/etc/relay.key`, mode 0600, owner `relay:relay` (change)',
    '  user/look  sh (read, as postgres)',
    '  user/look-there  sh (read, as www-data)',
    '  owner/key-file/undo  puts back `/etc/relay.key` as it was (change, undoes `owner/write-the-key-file`)',
  ]);
});
