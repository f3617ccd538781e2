// Owns what becomes of what is being typed when the question that it was for changes or goes.
import type { Dialog, LeftText, TextPurpose } from './dialog.ts';

/** Short enough for a narrow screen. */
const titleOfLeft = 'Question gone; Enter keeps a note';

/**
 * What stays open: hands that type go on typing, and answer nothing that they have not seen. A text whose question is
 * gone can only become a note any more; it is again what it was where that very question comes back.
 */
export function leftDialog(
  dialog: Dialog | undefined,
  before: string | undefined,
  now: string | undefined,
): Dialog | undefined {
  if (dialog === undefined || dialog.type === 'confirmation') return undefined;
  if (dialog.type === 'help' || (dialog.type === 'text' && isOfNoQuestion(dialog.purpose))) return dialog;
  const asked = dialog.left === undefined ? before : dialog.left.asked;
  // Nothing that is asked has no name: at a gate texts can be typed, too, and are for nothing else.
  const isBack = dialog.left === undefined ? asked === now : asked !== undefined && asked === now;
  if (dialog.type === 'edit') {
    const { left: _left, ...rest } = dialog;
    return isBack ? rest : { ...rest, left: { asked } };
  }
  const { left: _left, ...rest } = dialog;
  const was: LeftText = dialog.left ?? { asked, purpose: dialog.purpose, title: dialog.title };
  return isBack
    ? { ...rest, purpose: was.purpose, title: was.title }
    : { ...rest, purpose: 'left', title: titleOfLeft, left: was };
}

function isOfNoQuestion(purpose: TextPurpose): boolean {
  return purpose === 'note' || purpose === 'update' || purpose === 'search';
}
