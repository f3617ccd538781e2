// Owns the bottom line of the screen: the keys that work at the moment.
import { displayWidth } from '../../../text/display-width.ts';
import type { Palette } from '../../../view/layout/palette.ts';
import { type StyledLine, type StyledRun, styled } from '../../../view/layout/styled-line.ts';
import { keyBindingsOf } from '../keys/key-binding.ts';
import { isUnread } from '../keys/reduce-key.ts';
import { standingKeys } from '../keys/standing-keys.ts';
import { keysGoToBlock, type UiContext, type UiState } from '../keys/ui-state.ts';

interface Hint {
  readonly shown: string;
  readonly label: string;
}

/** The keys of what has the keyboard: a dialog, the pager, the list of steps, the block, or the question. */
function keyHints(ui: UiState, context: UiContext): readonly Hint[] {
  switch (ui.dialog?.type) {
    case 'text':
      return standingKeys.text;
    case 'confirmation': {
      const { yes } = ui.dialog;
      return standingKeys.confirmation.map((key) => (key.shown === 'y' ? { ...key, label: yes } : key));
    }
    case 'edit': {
      const { retry } = ui.dialog;
      return standingKeys.edit.map((key) =>
        retry && key.shown === '^S' ? { ...key, label: 'save and run' } : key,
      );
    }
    case 'help':
      return standingKeys.help;
  }
  if (ui.pager) return standingKeys.output;
  if (ui.outline) return ui.outline.purpose === 'go-to' ? standingKeys['go-to'] : standingKeys.steps;
  if (keysGoToBlock(ui, context.childAttached)) return standingKeys.block;
  if (ui.search) return standingKeys.search;
  const type = ui.look === undefined ? context.question?.type : undefined;
  const bindings = keyBindingsOf(ui, context);
  if (type === 'failure' || type === 'in-doubt' || type === 'doubtful' || type === 'choice') {
    // The menu above has its own words for its keys.
    const more = bindings.filter(({ shown }) => ['o', '←', 'Tab', '?'].includes(shown));
    // Some menus begin with nothing chosen, where Enter does nothing.
    const isChosen = ui.listAt >= 0;
    return [
      { shown: '↑↓', label: 'choose' },
      ...(isChosen ? [{ shown: 'Enter', label: 'do it' }] : []),
      ...more,
    ];
  }
  const [first, ...rest] = bindings;
  // The first key reads on until there is nothing left to read.
  return isUnread(ui, context) && first ? [{ shown: 'Space', label: 'read on' }, ...rest] : bindings;
}

/** As many keys as fit, help among them; none while no key is taken. */
export function keyHintLine(ui: UiState, context: UiContext, width: number, palette: Palette): StyledLine {
  const isOpen = ui.dialog !== undefined || ui.pager !== undefined || ui.outline !== undefined;
  if ((!ui.hears && !isOpen) || (context.question !== undefined && context.nowMs < ui.quietUntilMs))
    return [];
  const keys = keyHints(ui, context);
  const line: StyledRun[] = [];
  let used = 0;
  const help = keys.find(({ shown }) => shown === '?');
  const reserve = help ? displayWidth(`${help.shown} ${help.label}`) + 3 : 0;
  const leftOut = new Set<string>();
  for (const key of keys.filter((one) => one !== help)) {
    const columns = displayWidth(`${key.shown} ${key.label}`) + (used === 0 ? 0 : 3);
    // Who looks for a way out is not shown the one that ends the run alone.
    if (used + columns + reserve > width || (key.shown === 'q' && leftOut.has('p'))) {
      leftOut.add(key.shown);
      continue;
    }
    push(line, key);
    used += columns;
  }
  if (help && used + reserve - 3 <= width) push(line, help);
  return palette.unicode ? line : line.map((piece) => ({ ...piece, text: asciiKeys(piece.text) }));
}

function push(line: StyledRun[], { shown, label }: Hint): void {
  if (line.length > 0) line.push(styled('   '));
  line.push(styled(shown, { tone: 'accent', bold: true }), styled(` ${label}`, { tone: 'muted' }));
}

function asciiKeys(text: string): string {
  return text.replaceAll('↑↓', 'up/down').replaceAll('←', '<-').replaceAll('→', '->');
}
