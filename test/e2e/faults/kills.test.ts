import { expect, test } from 'vitest';
import { testMs } from '../../budgets.ts';
import { mayBeOthers } from '../accounts.ts';
import { type KillEnd, type KillPlan, playKills, victims } from './kill-story.ts';

/** RUNSHEET_KILLS=300 looks longer. */
const wanted = Number(process.env.RUNSHEET_KILLS ?? 6);
const killsPerStory = 3;
/** They last about as long on two cores that do nothing else. */
const longestMs = { run: 2_000, rollback: 600 };
/** A gate takes another process, and takes its time. */
const longestWithGatesMs = { run: 5_000, rollback: 2_500 };
/** Stories told at a time: one waits mostly for processes. */
const lanes = 2;

/** The same numbers each time, from 0 up to 1. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Stories without end; the caller stops when enough kills have found somebody. */
function* plans(rollsBack: boolean, hasGates: boolean, seed: number): Generator<KillPlan, never> {
  const random = numbers(seed);
  const next = (below: number): number => Math.floor(random.next().value * below);
  for (;;)
    yield {
      rollsBack,
      hasGates,
      kills: Array.from({ length: killsPerStory }, () => ({
        victim: victims[next(victims.length)] ?? 'tool',
        afterMs: next((hasGates ? longestWithGatesMs : longestMs)[rollsBack ? 'rollback' : 'run']),
      })),
    };
}

const told = ({
  outcome,
  effects,
  startedAgain,
  unapproved,
  document,
  journal,
  damage,
  stacks,
}: KillEnd) => ({
  ...{ outcome, effects, startedAgain, unapproved, document, journal, damage, stacks },
});

const linesOf = (end: ReturnType<typeof told>): string[] =>
  JSON.stringify(end, null, 1).replaceAll('\\n', '\n').split('\n');

function differencesOf(wanted: readonly string[], seen: readonly string[]): string {
  const missing = wanted.filter((line) => !seen.includes(line)).map((line) => `- ${line}`);
  const more = seen.filter((line) => !wanted.includes(line)).map((line) => `+ ${line}`);
  if (missing.length + more.length > 0) return [...missing, ...more].join('\n');
  return wanted.join('\n') === seen.join('\n') ? '' : `in another order:\n${seen.join('\n')}`;
}

test.each([
  { what: 'a run', rollsBack: false, hasGates: false, seed: 1 },
  { what: 'a rollback', rollsBack: true, hasGates: false, seed: 2 },
  // Another account approves, which only root can be.
  ...(mayBeOthers
    ? [
        { what: 'a run with gates in a shared folder', rollsBack: false, hasGates: true, seed: 3 },
        { what: 'a rollback with gates in a shared folder', rollsBack: true, hasGates: true, seed: 4 },
      ]
    : []),
])(
  '$what that is killed at any moment does nothing twice, leaves nothing out and keeps what its shells held',
  { timeout: testMs.fault * Math.max(1, wanted / killsPerStory) },
  async ({ rollsBack, hasGates, seed }) => {
    const undisturbed = told(await playKills({ rollsBack, hasGates, kills: [] }));
    expect(undisturbed).toMatchObject({
      outcome: rollsBack ? 'ended rolled-back' : 'ended succeeded',
      effects: [
        ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'],
        ...(rollsBack ? ['undo-seven', 'undo-five', 'undo-two', 'undo-one'] : []),
      ],
      ...{ startedAgain: [], unapproved: [], journal: 'whole', damage: [], stacks: [] },
    });
    const stories = plans(rollsBack, hasGates, seed);
    const lost: string[] = [];
    let kills = 0;
    const lane = async (): Promise<void> => {
      while (kills < wanted) {
        const end = await playKills(stories.next().value);
        kills += end.kills;
        const differences = differencesOf(linesOf(undisturbed), linesOf(told(end)));
        if (differences !== '') lost.push(`${end.calls.join(', ')}:\n${differences}`);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    console.log(`${kills} kills`);
    expect(lost).toEqual([]);
  },
);
