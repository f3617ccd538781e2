// Owns the tests of a run that is disturbed at its n-th file operation, for the kinds of faults that a file names.
import { afterAll, describe, expect, it } from 'vitest';
import { testMs } from '../../budgets.ts';
import { type Disturbances, disturbAll, renderDisturbances } from './disturb-all.ts';
import { playStory, type StoryEnd } from './fault-story.ts';

/** Everywhere each operation is tried; elsewhere a sample keeps the suite quick. */
const stride = Number(process.env.RUNSHEET_FAULT_STRIDE ?? (process.env.RUNSHEET_REQUIRE_SERVICES ? 1 : 29));
/** All of them are some hundred and seventy stories of a second, told one after the other on two cores. */
const timeout = testMs.fault * (stride === 1 ? 4 : 1);

/** Tests each kind. The story without a fault, which is the same for all of them, is told once. */
export function testDisturbedRun(kinds: readonly string[]): void {
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
        const disturbed = await disturbAll(kind, undisturbed, { every: stride });
        disturbances.set(kind, disturbed);
        expect(disturbed.lost).toEqual([]);
        expect(disturbed.tried).toBeGreaterThan(0);
      },
    );

    afterAll(() => console.log(renderDisturbances(disturbances)));
  });
}
