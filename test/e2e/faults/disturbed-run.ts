// Owns the tests of a run that is disturbed at its n-th file operation, for the kinds of faults that a file names.
import { afterAll, describe, expect, it } from 'vitest';
import { testMs } from '../../budgets.ts';
import { type Disturbances, disturbAll, renderDisturbances } from './disturb-all.ts';
import { playStory, type StoryEnd } from './fault-story.ts';

/** Where nothing may be skipped each operation is tried; elsewhere a sample keeps the suite quick. */
const isWhole = process.env.RUNSHEET_REQUIRE_SERVICES !== undefined;
const asked = process.env.RUNSHEET_FAULT_STRIDE;

/**
 * Tests each kind. The story without a fault, which is the same for all of them, is told once. Kinds that are met `by
 * turns` have each operation among them, each kind every second one: RUNSHEET_FAULT_STRIDE=1 tries all with all.
 */
export function testDisturbedRun(kinds: readonly string[], { byTurns }: { byTurns: boolean }): void {
  const stride = Number(asked ?? (isWhole ? (byTurns ? 2 : 1) : 29));
  /** All of them are some hundred and seventy stories of a second, told one after the other on two cores. */
  const timeout = testMs.fault * (stride <= 2 ? 4 : 1);
  describe('a run disturbed at its n-th file operation', () => {
    const disturbances = new Map<string, Disturbances>();
    let story: Promise<StoryEnd> | undefined;

    it.each(kinds)(
      'with %s, n = 1 … until clean, ends as the undisturbed run does',
      { timeout },
      async (kind) => {
        story ??= playStory('0:none');
        const { calls, ...undisturbed } = await story;
        expect(calls).toEqual(['run: 0']);
        expect(undisturbed.log).toBe('first\nsecond\nthird\n');
        expect(undisturbed.outcome).toBe('ended succeeded');
        const disturbed = await disturbAll(kind, undisturbed, {
          every: stride,
          from: 1 + (kinds.indexOf(kind) % Math.min(2, stride)),
        });
        disturbances.set(kind, disturbed);
        expect(disturbed.lost).toEqual([]);
        expect(disturbed.tried).toBeGreaterThan(0);
      },
    );

    afterAll(() => console.log(renderDisturbances(disturbances)));
  });
}
