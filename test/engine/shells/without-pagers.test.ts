import { expect, test } from 'vitest';
import { pagersOfOperator, withoutPagers } from '../../../src/engine/shells/without-pagers.ts';

const names = ['PAGER', 'GIT_PAGER', 'MANPAGER', 'SYSTEMD_PAGER', 'PSQL_PAGER', 'AWS_PAGER', 'GH_PAGER'];

test('no program pages in a block', () => {
  expect(withoutPagers).toEqual(Object.fromEntries(names.map((name) => [name, 'cat'])));
});

test('who works on the whole terminal has their own pagers, but where the runbook has chosen one', () => {
  const blocks: Record<string, string> = { ...withoutPagers, PSQL_PAGER: 'pspg' };
  expect(pagersOfOperator({ PAGER: 'most', GIT_PAGER: 'delta' }, (name) => blocks[name])).toEqual({
    PAGER: 'most',
    GIT_PAGER: 'delta',
    MANPAGER: 'most',
    SYSTEMD_PAGER: 'most',
    AWS_PAGER: 'most',
    GH_PAGER: 'most',
  });
});

test('who has chosen none has the one that programs take by themselves', () => {
  const pagers = pagersOfOperator({ PATH: '/nowhere' }, (name) => withoutPagers[name]);
  expect(pagers).toEqual(Object.fromEntries(names.map((name) => [name, 'more'])));
});
