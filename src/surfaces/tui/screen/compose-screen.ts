// Owns what the whole screen shows at a moment, as painted panes in their places.
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { keyBindingsOf } from '../keys/key-binding.ts';
import { isUnread } from '../keys/reduce-key.ts';
import { layOutScreen, type Rect } from '../layout.ts';
import { composeMain, coverMain, type MainColumn, paintPane } from './compose-main.ts';
import { footerLines } from './footer-lines.ts';
import { headerLines } from './header-lines.ts';
import { outlineLines } from './outline-lines.ts';
import type { Pane, Screen, ScreenModel, ScrollMetrics } from './screen-model.ts';

/** A screen, and how far it scrolls. */
export interface ComposedScreen {
  readonly screen: Screen;
  readonly metrics: ScrollMetrics;
}

/** Lays out and paints the screen of this moment. */
export function composeScreen(model: ScreenModel): ComposedScreen {
  const { ui, size, palette } = model;
  const layout = layOutScreen(size);
  const main =
    ui.outline && !layout.outline
      ? coverMain(outlineOf(model, layout.main), layout.main, palette)
      : composeMain(model, layout.main);
  const header = headerLines({ ...model, ...pick(layout.header) });
  const panes = [
    paintPane('header', layout.header, header, palette),
    ...(layout.outline ? outlinePanes(model, layout.outline) : []),
    ...main.panes,
    paintPane('footer', layout.footer, footerOf(model, main, layout.footer), palette),
  ];
  return {
    screen: { ...size, panes, ...(main.cursor && { cursor: main.cursor }) },
    metrics: main.metrics,
  };
}

/** The list of steps, and the bar between it and the main column. */
function outlinePanes(model: ScreenModel, rect: Rect): readonly Pane[] {
  const { palette } = model;
  const bar = { ...rect, left: rect.width, width: 1 };
  const piece = [styled(palette.symbols.bar, { tone: 'muted' })];
  return [
    paintPane('outline', rect, outlineOf(model, rect), palette),
    paintPane(
      'bar',
      bar,
      Array.from({ length: bar.height }, () => piece),
      palette,
    ),
  ];
}

function footerOf(model: ScreenModel, main: MainColumn, rect: Rect): StyledLine[] {
  const { ui } = model;
  const context = { ...model.context, page: main.metrics.page };
  return footerLines({
    ...model,
    bindings: keyBindingsOf(ui, context),
    childAttached: context.childAttached,
    quiet: context.nowMs < ui.quietUntilMs && model.question !== undefined,
    unread: isUnread(ui, context),
    below: main.below,
    ...pick(rect),
  });
}

const pick = ({ width, height }: Rect): { width: number; height: number } => ({ width, height });

function outlineOf({ ui, state, question, current, palette }: ScreenModel, rect: Rect): StyledLine[] {
  const chosen = ui.outline?.cursor ?? ui.look ?? current;
  return outlineLines({
    state,
    question,
    chosen,
    marked: chosen !== current || ui.outline !== undefined,
    focused: ui.outline !== undefined,
    palette,
    ...pick(rect),
  });
}
