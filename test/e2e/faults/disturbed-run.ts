// Owns the tests of a run that is disturbed at its n-th file operation, for the kinds of faults that a file names.
import { afterAll, describe, expect, it } from 'vitest';
import { testMs } from '../../budgets.ts';
import { type Disturbances, disturbAll, renderDisturbances } from './disturb-all.ts';
import { playStory, type StoryEnd } from './fault-story.ts';

/** Where nothing may be skipped each operation is tried; elsewhere a sample keeps the suite quick. */
const isWhole = process.env.RUNSHEET_REQUIRE_SERVICES !== undefined;
const asked = process.env.RUNSHEET_FAULT_STRIDE;

/** A kind of fault, and the operations it is met at where the suite is whole: the first, and how far apart. */
export interface MetAt {
  readonly kind: string;
  readonly from: number;
  readonly every: number;
}

/** Each operation meets one of the kinds, in turn. */
export function byTurns(kinds: readonly string[]): readonly MetAt[] {
  return kinds.map((kind, index) => ({ kind, from: 1 + index, every: kinds.length }));
}

/**
 * Tests each kind. The story without a fault, which is the same for all of them, is told once.
 * RUNSHEET_FAULT_STRIDE=1 tries every operation with every kind.
 */
export function testDisturbedRun(kinds: readonly MetAt[]): void {
  const isSampled = asked !== undefined || !isWhole;
  const stride = Number(asked ?? 29);
  /** All of them are some hundred and seventy stories of a second, told one after the other on two cores. */
  const timeout = testMs.fault * (isSampled && stride > 2 ? 1 : 4);
  describe('a run disturbed at its n-th file operation', () => {
    const disturbances = new Map<string, Disturbances>();
    let story: Promise<StoryEnd> | undefined;

    it.each(kinds)(
      'with $kind, n = $from … until clean, ends as the undisturbed run does',
      { timeout },
      async ({ kind, from, every }) => {
        story ??= playStory('0:none');
        const { calls, ...undisturbed } = await story;
        expect(calls).toEqual(['run: 0']);
        expect(undisturbed.log).toBe('first\nsecond\nthird\n');
        expect(undisturbed.outcome).toBe('ended succeeded');
        const disturbed = await disturbAll(kind, undisturbed, {
          every: isSampled ? stride : every,
          from: isSampled ? 1 : from,
        });
        disturbances.set(kind, disturbed);
        expect(disturbed.lost).toEqual([]);
        expect(disturbed.tried).toBeGreaterThan(0);
      },
    );

    afterAll(() => console.log(renderDisturbances(disturbances)));
  });
}
