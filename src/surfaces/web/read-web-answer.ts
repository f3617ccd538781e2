// Owns the form of an answer to a run, as a form of the page and as JSON have it.
import type { PersonAnswer } from '../../run/answers/person-answer.ts';
import type { Role } from './person.ts';
import type { WebAnswer } from './web-port.ts';

/** What is said; undefined where it is no answer. `items` are numbers from 0. */
export function readWebAnswer(
  fields: Readonly<Record<string, unknown>>,
  items: readonly unknown[],
): WebAnswer | undefined {
  const [type, address, digest, comment] = ['type', 'address', 'digest', 'comment'].map((name) =>
    textOf(fields[name]),
  );
  if (type === 'pause' || type === 'resume' || type === 'stop') return { type };
  if (type === 'approve' || type === 'deny') {
    if (address === undefined || digest === undefined) return undefined;
    return { type, address, digest, ...(comment !== undefined && { comment }) };
  }
  const [question, word, note, value] = ['question', 'word', 'note', 'value'].map((name) =>
    textOf(fields[name]),
  );
  if (type !== 'answer' || question === undefined || word === undefined) return undefined;
  if (!items.every(isPlace)) return undefined;
  const answer: PersonAnswer = {
    word,
    ...(note !== undefined && { note }),
    ...(value !== undefined && { value }),
    ...(items.length > 0 && { items }),
  };
  return { type, question, answer };
}

/** Who may say it; whether it counts is for the run to say. */
export function roleFor({ type }: WebAnswer): Role {
  return type === 'approve' || type === 'deny' ? 'approver' : 'operator';
}

/** What was left empty was not written. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isPlace(item: unknown): item is number {
  return Number.isSafeInteger(item) && (item as number) >= 0;
}
