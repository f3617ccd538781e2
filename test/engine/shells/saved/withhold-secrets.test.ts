import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSnapshot } from '../../../../src/engine/shells/saved/save-snapshot.ts';
import { StateSeal } from '../../../../src/engine/shells/saved/state-seal.ts';
import { KnownSecrets } from '../../../../src/run/masking/known-secrets.ts';
import { describeWith } from '../../../e2e/services.ts';
import { ExecutorRig, savedState } from '../../executors/executor-rig.ts';

const secret = 'postgres';

/** In bash `alias` is said to be expanded. */
const setting = (shell: string): string =>
  [
    'clean() { echo rm lib/postgres/old; }',
    'other() { echo other; }',
    ...(shell === 'bash' ? ['shopt -s expand_aliases'] : []),
    "alias pg='echo alias postgres'",
    'set -- "$PGPASSWORD" "two words"',
    'cd lib/postgres',
    ...(shell === 'dash' ? [] : ['list=(a "$PGPASSWORD")']),
  ].join('\n');

const asking = (shell: string): string =>
  [
    'clean | tr s z; other; pg | tr s z',
    'echo "$#" "$1" | tr s z; echo "${PWD##*/}" | tr s z',
    ...(shell === 'dash' ? [] : ['echo "${list[@]}" | tr s z']),
  ].join('\n');

async function rigWith(value: string): Promise<ExecutorRig> {
  return ExecutorRig.create({ secrets: new KnownSecrets({ PGPASSWORD: value }) });
}

describeWith(['zsh', 'dash'], 'what holds a secret and is no variable', () => {
  test.each(['bash', 'zsh', 'dash'])('is whole again with it, and readable nowhere: %s', async (shell) => {
    const rig = await ExecutorRig.create({
      secrets: new KnownSecrets({ PGPASSWORD: secret }),
      env: { PATH: process.env.PATH ?? '', PGPASSWORD: secret },
    });
    try {
      mkdirSync(join(rig.work, 'lib/postgres'), { recursive: true });
      const saved = savedState(await rig.run(shell, setting(shell)));
      const state = new StateSeal(rig.runFolder).open((saved as { sealed: string }).sealed);
      expect([state.includes(secret), state.includes('***')]).toEqual([false, false]);

      await rig.reopen({ secrets: new KnownSecrets({ PGPASSWORD: secret }), restoreFrom: saved });
      const { stdout } = await rig.run(shell, asking(shell));
      expect(stdout.split('\n')).toEqual([
        'rm lib/poztgrez/old',
        'other',
        'aliaz poztgrez',
        '2 poztgrez',
        'poztgrez',
        ...(shell === 'dash' ? [] : ['a poztgrez']),
        '',
      ]);
    } finally {
      await rig.close();
    }
  });

  test.each(['bash', 'zsh', 'dash'])('is not there without it, and told of: %s', async (shell) => {
    const rig = await rigWith(secret);
    try {
      const saved = savedState(
        await rig.run(
          shell,
          'clean() { echo lib/postgres; }\nother() { echo other; }\ntrap "echo postgres" INT',
        ),
      );
      for (const secrets of [{}, { PGPASSWORD: 'another' }]) {
        const known = new KnownSecrets(secrets);
        const { locked, shells } = readSnapshot(rig.runFolder, saved, known);
        expect(locked.map(({ what, names, secrets: of }) => ({ what, names, of }))).toEqual([
          { what: 'a trap', names: undefined, of: ['PGPASSWORD'] },
          { what: 'function `clean`', names: ['clean'], of: ['PGPASSWORD'] },
        ]);
        expect(JSON.stringify([...shells])).toMatch(/^(?!.*\*\*\*)(?!.*clean).*other/);
      }
    } finally {
      await rig.close();
    }
  });
});

describe('states of older tools', () => {
  test('have masks in the place of secrets, which nothing runs', () => {
    const change = {
      set: [['kept', { flags: '', exported: false, source: "'***'" }]],
      unset: [],
      optionsOn: [],
      optionsOff: [],
      functions: {
        text: 'a () \n{ \n    rm lib/***/old\n}\nb () \n{ \n    :\n}',
        names: ['declare -f a', 'declare -f b'],
      },
      aliases: "alias k='rm ***'",
      more: [
        ['exit-trap', "'rm ***'"],
        ['limits', 'ulimit -n 5'],
      ],
    };
    const old = { version: 1, cwd: '/lib/***', environment: [], shells: [['bash', change]], withheld: [] };
    const { cwd, shells, locked } = readSnapshot('/nowhere', { snapshot: JSON.stringify(old) });
    expect({ cwd, shells: [...shells], locked: locked.map(({ what }) => what) }).toEqual({
      cwd: '/dev/null/the-folder-was-not-kept',
      shells: [
        [
          'bash',
          {
            set: change.set,
            unset: [],
            optionsOn: [],
            optionsOff: [],
            functions: { text: 'b () \n{ \n    :\n}', names: ['declare -f b'] },
            more: [['limits', 'ulimit -n 5']],
          },
        ],
      ],
      locked: ['the working directory', 'a trap', 'function `a`', 'an alias'],
    });
  });
});
