import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stepName } from '../../../src/basics/address.ts';
import type { FailureReason, HostResult } from '../../../src/run/event.ts';
import { initialState } from '../../../src/run/evolve.ts';
import { ownText } from '../../../src/run/masking/redactor.ts';
import type { BlockItem } from '../../../src/run/plan.ts';
import type { ItemState } from '../../../src/run/state.ts';
import {
  emptyResult,
  hostsFailure,
  hostsOf,
  hostTargets,
  isHostName,
  mayBegin,
  neededHosts,
  parallelOf,
  readHosts,
} from '../../../src/run/targets/host-targets.ts';
import { reasonWords } from '../../../src/view/words/reason-words.ts';
import { anyCharacter } from '../../any-character.ts';
import { block, planOf } from '../sample-plan.ts';

const item = (more: Partial<BlockItem>): BlockItem => ({ ...block('roll', 'steps'), ...more });
const passed = (host: string): HostResult => ({ ...emptyResult(host, 'passed'), exitCode: 0 });
const failed = (host: string, failure: FailureReason = { type: 'exit', code: 3 }): HostResult => ({
  ...emptyResult(host, 'failed'),
  failure,
});

describe('how many hosts must pass', () => {
  test.each([
    [undefined, 3, 3],
    ['all', 3, 3],
    ['2', 3, 2],
    ['5', 3, 3],
    ['0', 3, 0],
    ['100%', 3, 3],
    ['50%', 3, 2],
    ['1%', 200, 2],
    ['0%', 3, 0],
  ])('%s of %s hosts are %s', (written, total, needed) => {
    expect(neededHosts(written, total)).toBe(needed);
  });

  test('a block goes to another host exactly while it can still succeed', () => {
    fc.assert(
      fc.property(fc.nat({ max: 20 }), fc.nat({ max: 20 }), fc.nat({ max: 100 }), (total, bad, share) => {
        const one = item({ hostsMustPass: `${share}%` });
        expect(mayBegin(one, total, bad)).toBe(total - bad >= neededHosts(`${share}%`, total));
        expect(mayBegin({ ...one, risk: 'read' }, total, bad)).toBe(true);
      }),
    );
  });
});

test.each([
  [1, 'is spared by the undo', ['b']],
  [2, 'is not where an earlier attempt may have been', ['a', 'b']],
])('a host on which attempt %i could not be started %s', (attempts, _what, left) => {
  const hosts = ['a', 'b', 'c'];
  const undo = { ...block('undo', 'rollback', { undoes: stepName('roll') }), hosts };
  const fresh = initialState(planOf([item({ hosts }), undo]));
  const onHosts = { a: failed('a', { type: 'spawn', message: ownText('no shell') }), b: failed('b') };
  const state = {
    ...fresh,
    items: fresh.items.map((known, index) => (index === 0 ? { ...known, attempts, onHosts } : known)),
  };
  const [, known] = state.items;
  const spared = hosts.filter((host) => !left.includes(host));
  expect(known && hostTargets(state, undo, known)).toEqual({
    all: hosts,
    left,
    settled: spared.map((host) => emptyResult(host, 'not-needed')),
  });
});

describe('the failure of a block on hosts', () => {
  test('of one host is its own', () => {
    const reason = { type: 'connection', host: 'a', message: ownText('was lost') } as const;
    expect(hostsFailure(item({}), [failed('a', reason)], reasonWords)).toEqual(reason);
  });

  test('of several names the first of them, and who was left out', () => {
    const results = ['a', 'b', 'c', 'd', 'e'].map((host) => failed(host));
    const notRun = ['v', 'w', 'x', 'y'].map((host) => emptyResult(host, 'not-run'));
    expect(
      hostsFailure(item({ hostsMustPass: '4' }), [passed('0'), ...results, ...notRun], reasonWords),
    ).toEqual({
      type: 'hosts',
      failed: ['a', 'b', 'c', 'd', 'e'],
      notRun: ['v', 'w', 'x', 'y'],
      message:
        '5 of 10 hosts failed, and 4 must pass: `a` (exit 3), `b` (exit 3), `c` (exit 3), 2 more; not run on `v`, `w`, `x`, 1 more',
    });
  });

  test('is none where enough came to a good end, skipped ones and those done already among them', () => {
    const results = [passed('a'), emptyResult('b', 'skipped'), emptyResult('c', 'already-done'), failed('d')];
    expect(hostsFailure(item({ hostsMustPass: '3' }), results, reasonWords)).toBeUndefined();
    expect(hostsFailure(item({}), results, reasonWords)?.type).toBe('hosts');
  });
});

describe('an inventory', () => {
  test('is a host a line, each once', () => {
    expect(readHosts('web1\r\n\n  ada@web2  # spare\n# all of them\nweb1\n')).toEqual({
      ok: true,
      hosts: ['web1', 'ada@web2'],
    });
  });

  test.each([
    ['', 'it printed no host'],
    ['# none\n', 'it printed no host'],
    ['web1\nada@***\n', 'it printed a host whose name holds a secret'],
    ['web1\n-oProxyCommand=sh\n', 'it printed `-oProxyCommand=sh`, which is not the name of a host'],
    ['web1 web2\n', 'it printed `web1 web2`, which is not the name of a host'],
    [
      Array.from({ length: 1001 }, (_, index) => `h${index}`).join('\n'),
      'it printed 1001 hosts, more than 1000',
    ],
  ])('that is none says why: %j', (text, message) => {
    expect(readHosts(text)).toEqual({ ok: false, message });
  });

  test('never gives a name that ssh could take for an option or that spans words', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        if (!isHostName(text)) return;
        expect(text).toMatch(/^[^-\s][^\s]*$/u);
        expect(text).not.toMatch(/[\p{Cc}]/u);
      }),
    );
  });
});

describe('the items of a list', () => {
  const each = { name: 'N', from: 'ls' };
  const roll = item({ each });
  const undo: BlockItem = { ...block('undo', 'rollback', { undoes: stepName('roll') }), each };
  const stateOf = (plan: readonly BlockItem[], known: Partial<ItemState>) => {
    const fresh = initialState(planOf([...plan]));
    return {
      ...fresh,
      items: fresh.items.map((one, index) => (index === 0 ? { ...one, ...known } : one)),
    };
  };

  test('are not known before they were asked for', () => {
    const state = stateOf([roll, undo], {});
    const [known, ofUndo] = state.items;
    expect(known && hostsOf(state, roll, known)).toBeUndefined();
    // The step has no list, so that it has nothing to undo.
    expect(ofUndo && hostsOf(state, undo, ofUndo)).toEqual([]);
  });

  test('are undone from the last to the first, where they were begun', () => {
    const onHosts = {
      a: passed('a'),
      b: { ...emptyResult('b', 'already-done'), attempt: 1 },
      c: emptyResult('c', 'already-done'),
    };
    const state = stateOf([roll, undo], { attempts: 1, hosts: ['a', 'b', 'c', 'd'], onHosts });
    const [, ofUndo] = state.items;
    expect(ofUndo && hostTargets(state, undo, ofUndo)).toEqual({
      all: ['d', 'c', 'b', 'a'],
      left: ['b', 'a'],
      settled: [emptyResult('d', 'not-needed', 'N'), emptyResult('c', 'not-needed', 'N')],
    });
  });

  test('go one after the other unless the page says otherwise, hosts ten at once', () => {
    expect([
      parallelOf(roll),
      parallelOf({ ...roll, parallel: 3 }),
      parallelOf(item({ hosts: ['a'] })),
    ]).toEqual([1, 3, 10]);
  });
});
