// Owns what is said of a key that does nothing where it was pressed.
import type { UiState } from './ui-state.ts';
import { withNotice } from './ui-state.ts';

/** A key by its name, as the screen writes it. */
function shownKey(name: string): string {
  if (name.startsWith('ctrl-')) return `^${name.slice(5).toUpperCase()}`;
  return name.length === 1 ? name : name.charAt(0).toUpperCase() + name.slice(1);
}

/** Says that the key does nothing here; every key is answered. */
export function withUnknownKey(ui: UiState, name: string): UiState {
  if (name === '') return ui;
  const where = ui.pager || ui.outline || ui.dialog ? 'the keys are below' : '? lists the keys';
  return withNotice(ui, `${shownKey(name)} does nothing here; ${where}`);
}
