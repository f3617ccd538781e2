import { expect, test } from 'vitest';
import { lifeOf, nameOf, ownIdentity } from '../../../src/engine/processes/process-identity.ts';

const here = { host: 'db1/pid:[1]', boot: 'now', machine: 'this' };
const own = { ...ownIdentity(), ...here };

test.each([
  ['itself', {}, 'alive'],
  ['a later process with its number', { startedAt: '1' }, 'dead'],
  ['an earlier boot of the machine', { boot: 'before' }, 'dead'],
  ['an earlier boot, in another namespace', { boot: 'before', host: 'db1/pid:[2]' }, 'dead'],
  ['another machine of the same name', { boot: 'before', machine: 'other' }, 'unknown'],
  ['a copy of the machine under a name of its own', { boot: 'before', host: 'db2/pid:[1]' }, 'unknown'],
  ['a machine that nothing tells from its copies', { boot: 'before', machine: '' }, 'unknown'],
  ['another host', { boot: 'before', machine: 'other', host: 'db2/pid:[1]' }, 'unknown'],
  ['another namespace of the host', { host: 'db1/pid:[2]' }, 'unknown'],
])('a process, seen from here: %s', (_, changes, expected) => {
  expect(lifeOf({ ...own, ...changes }, here)).toBe(expected);
});

test('from where nothing tells what the machine is, no other boot is known to be over', () => {
  const container = { ...here, machine: '' };
  expect(lifeOf({ ...own, boot: 'before', machine: '' }, container)).toBe('unknown');
});

test('two processes have two names', () => {
  expect(nameOf(own)).toBe(nameOf({ ...own }));
  expect(nameOf(own)).not.toBe(nameOf({ ...own, boot: 'before' }));
});
