import { afterAll, describe, expect, it } from 'vitest';
import { mayBeOthers } from '../accounts.ts';
import { type Disturbances, disturbAll, renderDisturbances } from './disturb-all.ts';
import { type Disturbed, playStory, type StoryEnd } from './fault-story.ts';

/** Without those of a power cut, which forget whose a file is. */
const kinds = ['kill-before', 'kill-after', 'ENOSPC', 'EIO', 'EACCES', 'torn', 'short', 'full'] as const;
/** What only a write can meet, or what makes room: of those there are few. */
const ofWrites: ReadonlySet<string> = new Set(['torn', 'short', 'full']);

/** A story takes several processes: a sample everywhere, at other operations with each kind; all where it is asked for. */
const sample = { run: { every: 53, apart: 7 }, approve: { every: 8, apart: 1 } };
const asked = process.env.RUNSHEET_FAULT_STRIDE;

const disturbances = new Map<string, Disturbances>();

// The other account is real, which only root can be.
describe.skipIf(!mayBeOthers).each(['run', 'approve'] as const)(
  'the process that does %s, disturbed at its n-th file operation',
  (gates: Disturbed) => {
    // The same for all kinds, so that it is told once.
    let story: Promise<StoryEnd> | undefined;

    it.each(kinds)(
      'where another account answers, with %s, ends as the undisturbed one does',
      async (kind) => {
        story ??= playStory('0:none', gates);
        const { calls: _calls, ...undisturbed } = await story;
        expect(undisturbed).toMatchObject({
          ...{ log: 'first\nsecond\nthird\n', outcome: 'ended succeeded' },
          ...{ journals: [], stacks: [], odd: [] },
        });
        const { every, apart } = sample[gates];
        const isFirst = asked !== undefined || ofWrites.has(kind);
        const disturbed = await disturbAll(kind, undisturbed, {
          ...{ gates, every: Number(asked ?? every) },
          from: isFirst ? 1 : 1 + kinds.indexOf(kind) * apart,
        });
        disturbances.set(`${kind}, ${gates}`, disturbed);
        expect(disturbed.lost).toEqual([]);
        expect(disturbed.tried).toBeGreaterThan(0);
      },
    );
  },
);

afterAll(() => console.log(renderDisturbances(disturbances)));
