// Owns the ways that an operator can choose between at a choice: their keys, their words, the branches that each is.
import type { AskedValue, PlanItem, PlannedBranch } from '../run/plan.ts';
import { visibleText } from '../text/visible-text.ts';

/** One line of the list. */
export interface Way {
  /** A single character. */
  readonly key: string;
  readonly label: string;
  readonly does: string;
  readonly branches: readonly string[];
}

/** Ways that have a key of one digit; more are reached by the arrow keys, and by their names. */
const keyed = 9;

/** The choice around an item that is asked about. */
export function choiceAround(item: PlanItem | undefined, choice: string): PlannedBranch | undefined {
  return item?.branches?.find((one) => one.choice === choice);
}

/** Every branch in its order, and last all of them, one after the other. */
export function waysOf({ of }: PlannedBranch): readonly Way[] {
  const ways = of.map(({ name, title }, index): Way => {
    return { key: keyOf(index), label: visibleText(title), does: '', branches: [name] };
  });
  const all = {
    key: '0',
    label: 'all of them',
    does: 'every one of them, in this order',
    branches: of.map(({ name }) => name),
  };
  return [...ways, all];
}

/** The answers of a step that asks something, where they are known beforehand, or read off the newest output. */
export function answersOf(
  { choices }: AskedValue,
  offers: readonly string[] = [],
): readonly {
  readonly key: string;
  readonly label: string;
  readonly answer: string;
}[] {
  return (choices ?? offers).map((answer, index) => ({
    key: keyOf(index),
    label: visibleText(answer),
    answer,
  }));
}

function keyOf(index: number): string {
  return index < keyed ? String(index + 1) : String.fromCodePoint('A'.charCodeAt(0) + index - keyed);
}

/** What is asked of a step that asks something. */
export function askedWords({ variable, placeholder }: AskedValue): string {
  return placeholder === undefined
    ? `What is ${visibleText(variable)}?`
    : `What is the value of ${visibleText(placeholder)}?`;
}

/** What is asked at a choice. */
export function choiceWords({ title }: PlannedBranch): string {
  const words = visibleText(title).trim();
  if (words === '') return 'Which way?';
  // A heading that asks needs no question before it.
  return /[?？]$/u.test(words) ? words : `Which way: ${words}?`;
}
