// Owns what keys do while all of a block's output is on the screen; nothing can be run from there.
import { quoted } from '../../../view/words/quoted.ts';
import { scrollBy } from './scroll-into.ts';
import {
  askText,
  type Pager,
  type Reduced,
  type UiContext,
  type UiState,
  withoutEffects,
} from './ui-state.ts';
import { withUnknownKey } from './with-unknown-key.ts';

/** The screen after a key, by its name, while the pager is open. */
export function reducePager(
  ui: UiState,
  pager: Pager,
  name: string,
  { pager: { length, height, find } }: UiContext,
): Reduced {
  const last = Math.max(0, length - height);
  const top = pager.top === 'end' ? last : Math.min(pager.top, last);
  const to = (line: number): Pager => ({ ...pager, top: line >= last ? 'end' : Math.max(0, line) });
  const by =
    scrollBy(name, height) ?? (name === 'space' ? height - 1 : name === 'b' ? 1 - height : undefined);
  if (by !== undefined) return withoutEffects({ ...ui, pager: to(top + by) });
  switch (name) {
    case 'g':
      return withoutEffects({ ...ui, pager: to(0) });
    case 'G':
      return withoutEffects({ ...ui, pager: to(last) });
    case '/':
      return askText(ui, 'search', 'Search for', undefined);
    case 'n':
    case 'N': {
      const { search, hit } = pager;
      if (search === undefined) return askText(ui, 'search', 'Search for', undefined);
      const step = name === 'n' ? 1 : -1;
      const found = find(search, hit === undefined ? top : hit + step, step);
      return withoutEffects(showHit(ui, search, found, height, last));
    }
    case 'escape':
    case 'q':
    case 'o':
    case 'enter':
      return withoutEffects({ ...ui, pager: undefined });
    default:
      return withoutEffects(withUnknownKey(ui, name));
  }
}

/** Brings the line that was found into sight, or says that there is none. */
function showHit(
  ui: UiState,
  search: string,
  hit: number | undefined,
  height: number,
  last: number,
): UiState {
  if (!ui.pager) return ui;
  if (hit === undefined) {
    const notice = { text: `no other line has ${quoted(search)}`, tone: 'warn' } as const;
    return { ...ui, pager: { ...ui.pager, search }, notice };
  }
  const top = Math.max(0, Math.min(hit - Math.floor(height / 2), last));
  return { ...ui, pager: { ...ui.pager, search, hit, top } };
}

/** Searches from the end backwards, since what went wrong mostly stands there. */
export function searchPager(
  ui: UiState,
  text: string,
  { pager: { length, height, find } }: UiContext,
): UiState {
  return showHit(ui, text, find(text, length - 1, -1), height, Math.max(0, length - height));
}
