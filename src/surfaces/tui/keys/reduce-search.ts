// Owns what keys do while the text of the page is searched; nothing can be run by them.
import { quoted } from '../../../view/words/quoted.ts';
import { clampTop } from './scroll-into.ts';
import { askText, type Reduced, type UiContext, type UiState, withoutEffects } from './ui-state.ts';

/** The screen after `/`, and after the keys of a search that is on; undefined for keys that are none of these. */
export function reduceSearch(ui: UiState, name: string, context: UiContext): Reduced | undefined {
  if (name === '/') return askText(ui, 'search', 'Search the text for', undefined);
  if (!ui.search) return undefined;
  const { text, hit } = ui.search;
  switch (name) {
    case 'escape':
      return withoutEffects({ ...ui, search: undefined });
    case 'n':
      return withoutEffects(searchPage(ui, text, hit + 1, 1, context));
    case 'N':
      return withoutEffects(searchPage(ui, text, hit - 1, -1, context));
    default:
      return undefined;
  }
}

/** Brings the next line that holds the text into sight, or says that there is none. */
export function searchPage(
  ui: UiState,
  text: string,
  from: number,
  step: 1 | -1,
  { page }: UiContext,
): UiState {
  const hit = page.find?.(text, from, step);
  if (hit === undefined) {
    const which = ui.search ? 'no other line' : 'no line of this text';
    return { ...ui, notice: { text: `${which} has ${quoted(text)}`, tone: 'warn' } };
  }
  const isInSight = hit >= page.top && hit < page.top + page.height;
  const pageTop = isInSight
    ? page.top
    : clampTop(hit - Math.floor(page.height / 2), page.length, page.height);
  return { ...ui, search: { text, hit }, pageTop };
}
