// Owns telling the story once for each operation that a fault can hit, and what came of it as a table.
import { availableParallelism } from 'node:os';
import { type Disturbed, playStory, type StoryEnd } from './fault-story.ts';

/** What a story has to end as; the fault is another each time. */
export type Told = Omit<StoryEnd, 'fired' | 'calls'>;

/** Stories told at a time by one file of tests: others run beside it, and share the cores with it. */
const lanes = Math.ceil(availableParallelism() / 2);

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

/** What came of all faults of one kind: how many there were, and those after which the story ended differently. */
export interface Disturbances {
  readonly tried: number;
  readonly lost: readonly string[];
  /** What the operations were on. */
  readonly places: { readonly journal: number; readonly document: number; readonly other: number };
}

/** n = `from`, `from` + `every` … until an operation of that number is no more; in some lanes at once. */
export async function disturbAll(
  kind: string,
  undisturbed: Told,
  { gates, every, from = 1 }: { gates?: Disturbed; every: number; from?: number },
): Promise<Disturbances> {
  const lost: string[] = [];
  const places = { journal: 0, document: 0, other: 0 };
  let next = from;
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

/** One line for each kind of fault, and how many there were in all. */
export function renderDisturbances(disturbances: ReadonlyMap<string, Disturbances>): string {
  const head = `${'fault'.padEnd(21)}    tried     lost  journal document    other`;
  const lines = [...disturbances].map(([kind, { tried, lost, places }]) => {
    const cells = [tried, lost.length, places.journal, places.document, places.other];
    return `${kind.padEnd(21)}${cells.map((cell) => String(cell).padStart(9)).join('')}`;
  });
  const total = [...disturbances.values()].reduce((sum, { tried }) => sum + tried, 0);
  return [head, ...lines, `${total} faults tried, each followed by resume`].join('\n');
}
