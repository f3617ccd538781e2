import { describe, expect, it } from 'vitest';
import { areOpposed, oppositesIn, takesBack } from '../../../src/runbook/choices/opposites-in.ts';

/** Whether two titles differ in nothing but a pair of opposites. */
const isPair = (one: string, other: string): boolean =>
  oppositesIn(one).some(
    ({ kind }) => oppositesIn(other).some((found) => found.kind === kind) && areOpposed(kind, [one, other]),
  );

describe('two titles with one of a pair of opposites each', () => {
  it.each([
    ['minor upgrade', 'major upgrade'],
    ['upgrade a minor version', 'upgrade the major version'],
    ['in place upgrade', 'rolling upgrade'],
    ['forced', 'graceful'],
    ['single cluster', 'multiple clusters'],
    ['authenticated users', 'unauthenticated users'],
    ['connected', 'disconnected'],
    ['root', 'non root'],
  ])('%s, %s', (one, other) => {
    expect([isPair(one, other), isPair(other, one)]).toEqual([true, true]);
  });

  it.each([
    ['minor upgrade', 'minor upgrade'],
    ['minor upgrade', 'major release'],
    ['a new node', 'another node'],
    ['stop the new node', 'stop the existing node'],
    ['lock it', 'unlock it'],
    ['test a small file', 'test a large file'],
    ['', ''],
  ])('not %s, %s', (one, other) => {
    expect([isPair(one, other), isPair(other, one)]).toEqual([false, false]);
  });
});

it('a title takes back what the one right before it does, and not the other way round', () => {
  expect(takesBack('enable the mirror', 'disable mirror')).toBe(true);
  expect(takesBack('disable the mirror', 'enable mirror')).toBe(false);
  expect(takesBack('enable the mirror', 'disable the cache')).toBe(false);
});
