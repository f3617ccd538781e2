import { afterAll, describe, expect, it } from 'vitest';
import { mayBeOthers } from '../accounts.ts';
import { type Disturbed, playStory, type StoryEnd } from './fault-story.ts';

const kinds = [
  'kill-before',
  'kill-after',
  'torn',
  'short',
  'power-cut',
  'power-names-kept',
  'ENOSPC',
  'EIO',
  'EROFS',
  'EACCES',
  'full',
] as const;

/** Without those of a power cut, which forget whose a file is. */
const kindsWithGates = [
  'kill-before',
  'kill-after',
  'torn',
  'short',
  'ENOSPC',
  'EIO',
  'EACCES',
  'full',
] as const;

/** Everywhere each operation is tried; elsewhere a sample keeps the suite quick. */
const stride = Number(process.env.RUNSHEET_FAULT_STRIDE ?? (process.env.RUNSHEET_REQUIRE_SERVICES ? 1 : 29));
/** These take several processes each: a sample everywhere, another one where it is asked for. */
const strideWithGates = {
  run: Number(process.env.RUNSHEET_FAULT_STRIDE ?? 29),
  approve: Number(process.env.RUNSHEET_FAULT_STRIDE ?? 5),
};
/** Stories told at a time: one waits mostly for processes. */
const lanes = 3;

type Told = Omit<StoryEnd, 'fired' | 'calls'>;

const table: string[] = [];
let total = 0;

/** What is not as it should be, short enough to read in a list. */
function describeLoss(fault: string, wanted: Told, end: StoryEnd): string {
  const parts = [
    end.outcome !== wanted.outcome && `outcome ${end.outcome}`,
    end.log !== wanted.log && `log ${JSON.stringify(end.log)}`,
    end.document !== wanted.document && `document:\n${end.document}`,
    end.journals.length > 0 && `journals ${end.journals}`,
    end.odd.length > 0 && `odd ends ${end.odd}`,
    end.stacks.length > 0 && `stack ${end.stacks[0]}`,
  ];
  return `${fault} at ${end.fired} (${end.calls}): ${parts.filter((part) => part !== false).join('; ')}`;
}

/** n = 1, 1 + stride … until an operation of that number is no more; in some lanes at once. */
async function disturbAll(
  kind: string,
  undisturbed: Told,
  { gates, every = stride }: { gates?: Disturbed; every?: number } = {},
) {
  const lost: string[] = [];
  const places = { journal: 0, document: 0, other: 0 };
  let next = 1;
  let clean = false;
  const lane = async (): Promise<void> => {
    while (!clean) {
      const n = next;
      next += every;
      const end = await playStory(`${n}:${kind}`, gates);
      const { fired, calls: _, ...told } = end;
      if (fired === undefined) {
        clean = true;
        return;
      }
      places[
        fired.includes('/journal.ndjson') ? 'journal' : fired.includes('story.md') ? 'document' : 'other'
      ] += 1;
      if (JSON.stringify(told) !== JSON.stringify(undisturbed))
        lost.push(describeLoss(`${n}:${kind}`, undisturbed, end));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { lost, places, tried: places.journal + places.document + places.other };
}

describe('a run disturbed at its n-th file operation', () => {
  it.each(kinds)('with %s, n = 1 … until clean, ends as the undisturbed run does', async (kind) => {
    const { calls, ...undisturbed } = await playStory('0:none');
    expect(calls).toEqual(['run: 0']);
    expect(undisturbed.log).toBe('first\nsecond\nthird\n');
    expect(undisturbed.outcome).toBe('ended succeeded');
    const { lost, places, tried } = await disturbAll(kind, undisturbed);
    total += tried;
    const cells = [tried, lost.length, places.journal, places.document, places.other];
    table.push(`${kind.padEnd(21)}${cells.map((cell) => String(cell).padStart(9)).join('')}`);
    expect(lost).toEqual([]);
    expect(tried).toBeGreaterThan(0);
  });

  // The other account is real, which only root can be.
  it
    .skipIf(!mayBeOthers)
    .each(
      (['run', 'approve'] as const).flatMap((gates) => kindsWithGates.map((kind) => [gates, kind] as const)),
    )('in the process that does %s, where another account answers, with %s', async (gates, kind) => {
    const { calls: _calls, ...undisturbed } = await playStory('0:none', gates);
    expect(undisturbed).toMatchObject({
      ...{ log: 'first\nsecond\nthird\n', outcome: 'ended succeeded' },
      ...{ journals: [], stacks: [], odd: [] },
    });
    const { lost, places, tried } = await disturbAll(kind, undisturbed, {
      gates,
      every: strideWithGates[gates],
    });
    total += tried;
    const cells = [tried, lost.length, places.journal, places.document, places.other];
    table.push(`${`${kind}, ${gates}`.padEnd(21)}${cells.map((cell) => String(cell).padStart(9)).join('')}`);
    expect(lost).toEqual([]);
    expect(tried).toBeGreaterThan(0);
  });

  afterAll(() => {
    const head = `${'fault'.padEnd(21)}    tried     lost  journal document    other`;
    console.log([head, ...table, `${total} faults tried, each followed by resume`].join('\n'));
  });
});
