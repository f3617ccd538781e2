import { expect, test } from 'vitest';
import {
  commandTable,
  isKnownProgram,
  programName,
  rulesOf,
} from '../../../src/languages/commands/command-table.ts';
import { renderCommandReference } from './render-command-reference.ts';

const programs = commandTable.flatMap((room) => room.programs);

test('every name of a program is known, once in an entry', () => {
  for (const { name } of programs) {
    const names = name.split(' ');
    expect(new Set(names).size).toBe(names.length);
    for (const one of names) expect(rulesOf(one)).toBeDefined();
  }
});

test('patterns are parted by a comma and a blank, and their words are of a known kind', () => {
  const word = /^(?:\.\.\.|\$|!?<|!?-{1,2}[\w*][^\s,]*|[^\s<>!$-][^\s]*)$/;
  for (const {
    name,
    looks,
    prepares,
    changes,
    destroys,
    spares,
    neverEnds,
    wantsTerminal,
    opensSession,
  } of programs) {
    const written = [looks, prepares, changes, destroys, spares, neverEnds, wantsTerminal, opensSession];
    for (const pattern of written.flatMap((text) => text?.split(/,\s+/) ?? []))
      for (const token of pattern.trim().split(/\s+/))
        expect.soft(token, `${name}: ${pattern}`).toMatch(word);
  }
});

test.each([
  ['kubectl', 'kubectl'],
  ['/usr/local/bin/kubectl', 'kubectl'],
  ['./bin/terraform', 'terraform'],
  ['$KUBECTL', 'kubectl'],
  ['${PG_DUMP}', 'pg-dump'],
  ['mkfs.xfs', 'mkfs'],
  ['agent/node', 'agent/node'],
  ['kafka/bin/kafka-topics.sh', 'kafka-topics.sh'],
  ['kubectl.exe', 'kubectl'],
  ['/etc/init.d/nginx', 'init.d'],
])('%s is known as %s', (written, name) => {
  expect(programName(written)).toBe(name);
});

test('a program of the table is known, and no other', () => {
  expect(isKnownProgram('/sbin/reboot')).toBe(true);
  expect(isKnownProgram('constructor')).toBe(false);
  expect(isKnownProgram('')).toBe(false);
});

test('the reference in docs/ says what the table says; `vitest -u` writes it', async () => {
  await expect(renderCommandReference()).toMatchFileSnapshot('../../../docs/commands.md');
});
