// Owns the name of a question, by which an answer from elsewhere says what it is for.
import { digestOfCode } from '../digest-of-code.ts';
import type { OpenQuestion } from '../question.ts';
import type { RunState } from '../state.ts';

/**
 * Names a question so that no later one has the same name: the same item asks something else when it has been tried
 * again, or is other code by now. Undefined for those that cannot be answered from elsewhere: whether a block may run now is for who is there,
 * and gates have answers of their own.
 */
export function questionId(state: RunState, question: OpenQuestion): string | undefined {
  switch (question.type) {
    case 'release':
    case 'approval':
      return undefined;
    case 'rollback-plan':
    case 'clean-up':
      return `${question.type}:${question.items.join(',')}`;
    case 'changed':
      return `changed:${question.change.digest}`;
    case 'choice':
      return `choice:${question.choice}`;
    default: {
      const index = state.indexOf.get(question.address) ?? -1;
      const [item, known] = [state.plan.items[index], state.items[index]];
      // An answer is of what was asked about: code that was changed meanwhile is asked about anew.
      const code = item?.kind === 'block' ? `:${digestOfCode(known?.code ?? item.code)}` : '';
      // Of a step that goes through a list item by item, each item asks by itself.
      const items = 'items' in question && question.items !== undefined ? `:${question.items.join(',')}` : '';
      return `${question.type}:${question.address}:${known?.attempts ?? 0}${code}${items}`;
    }
  }
}
