import { expect, test } from 'vitest';
import { effectsOf } from '../../../src/languages/shell/command-effect.ts';

test.each([
  ['ls -l', []],
  ['rm', []],
  ['rm a', ['changes']],
  ['rm -r -f a', ['changes']],
  ['rm -v -Rf a', ['changes', 'destroys']],
  ['mkfs.ext4 /dev/sdb', ['changes', 'destroys']],
  ['kubectl -n a delete pod b', ['changes']],
  ['kubectl delete ns a', ['changes', 'destroys']],
  ['kubectl edit pod a', ['changes', 'wants-terminal']],
  ['kubectl get pods -w', ['never-ends']],
  ['tail -f a', ['never-ends']],
  ['ping -c 3 a', []],
  ['ping a', ['never-ends']],
  ['curl -X POST a', ['changes']],
  ['psql -c drop table a', ['changes', 'destroys']],
  ['psql', ['wants-terminal']],
  ['top -b', []],
  ['constructor a', []],
])('%s: %j', (command, effects) => {
  expect([...effectsOf(command.split(' '), false)].sort()).toEqual(effects);
});

test('a program that is fed wants no terminal', () => {
  expect([...effectsOf(['psql'], true)]).toEqual([]);
});
