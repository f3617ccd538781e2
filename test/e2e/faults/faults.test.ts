import { afterAll, describe, expect, it } from 'vitest';
import { playStory, type StoryEnd } from './fault-story.ts';

const kinds = ['kill-before', 'kill-after', 'torn', 'short', 'ENOSPC', 'EIO', 'EROFS', 'EACCES'] as const;

/** Everywhere each operation is tried; elsewhere a sample keeps the suite quick. */
const stride = process.env.RUNSHEET_REQUIRE_SERVICES ? 1 : 12;

const table: string[] = [];

/** What is not as it should be, short enough to read in a list. */
function describeLoss(fault: string, wanted: Omit<StoryEnd, 'fired'>, end: Omit<StoryEnd, 'fired'>): string {
  const parts = [
    end.outcome !== wanted.outcome && `outcome ${end.outcome}`,
    end.log !== wanted.log && `log ${JSON.stringify(end.log)}`,
    end.document !== wanted.document &&
      `document ${end.document.length} instead of ${wanted.document.length}`,
    /[^0 ]/.test(end.journals) && `journals ${end.journals}`,
    end.stacks.length > 0 &&
      `stack ${/Error: .*/.exec(end.stacks[0] ?? '')?.[0]} ${/at [^\n]*\(file.*/.exec(end.stacks[0] ?? '')?.[0].replace(/file.*dist./, '')}`,
  ];
  return `${fault}: ${parts.filter((part) => part !== false).join('; ')}`;
}

describe('a run disturbed at its n-th file operation', () => {
  it.each(kinds)(
    'with %s, n = 1 … until clean, ends as the undisturbed run does',
    async (kind) => {
      const { fired: _, ...undisturbed } = await playStory('0:none');
      expect(undisturbed.log).toBe('first\nsecond\nthird\n');
      expect(undisturbed.outcome).toBe('succeeded');
      let tried = 0;
      const lost: string[] = [];
      for (let n = 1; ; n += stride) {
        const { fired, ...end }: StoryEnd = await playStory(`${n}:${kind}`);
        if (!fired) break;
        tried += 1;
        if (
          JSON.stringify(end) !==
          JSON.stringify({ ...undisturbed, journals: end.journals.replace(/[^0 ]/g, 'x') })
        ) {
          lost.push(describeLoss(`${n}:${kind}`, undisturbed, end));
        }
      }
      table.push(
        `${kind.padEnd(12)} ${String(tried).padStart(4)} tried  ${String(lost.length).padStart(3)} lost`,
      );
      expect(lost).toEqual([]);
      expect(tried).toBeGreaterThan(3);
    },
    1_500_000,
  );

  afterAll(() => {
    console.log(['faults, each followed by resume:', ...table.sort()].join('\n'));
  });
});
