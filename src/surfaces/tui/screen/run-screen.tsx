// Owns the whole screen of a run, as components in boxes.
import { Box } from 'ink';
import { type ReactNode, useLayoutEffect } from 'react';
import { mainSize, outlineColumns } from '../main-size.ts';
import { lineFinder } from '../pages/mark-matches.ts';
import type { ScreenModel, ScrollMetrics } from '../pages/screen-model.ts';
import { firstLineOf, shownText } from '../pages/shown-text.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { PaletteContext, useBorder } from './line.tsx';
import { linesBelow, MainColumn, shareMain } from './main-column.tsx';
import { Outline } from './outline.tsx';

/** A screen, and who hears how far its texts scroll. */
export interface RunScreenProps {
  readonly model: ScreenModel;
  readonly onLaidOut: (metrics: Partial<ScrollMetrics>) => void;
}

/** The screen as something to draw. */
export function runScreen(props: RunScreenProps): ReactNode {
  return <RunScreen {...props} />;
}

/** The header, the steps beside the main column where there is room for two, and the footer. */
function RunScreen({ model, onLaidOut }: RunScreenProps): ReactNode {
  const { ui, size, palette } = model;
  const main = mainSize(size);
  const steps = outlineColumns(size.columns);
  const text = shownText(model, main.columns);
  const parts = shareMain(model, text.lines.length);
  const { rows } = parts;
  const top = firstLineOf(text, rows.page, model);
  const page = {
    ...{ top, length: text.lines.length, height: rows.page, until: text.at.to },
    find: lineFinder(text.lines),
  };
  useLayoutEffect(() => onLaidOut({ page }));
  const isCovered = steps === 0 && ui.outline !== undefined;
  const bar = useBorder('left', palette);
  return (
    <PaletteContext.Provider value={palette}>
      <Box flexDirection="column" width={size.columns} height={size.rows}>
        <Header {...model} />
        <Box height={main.rows} flexShrink={0}>
          {steps > 0 && (
            <Box width={steps} flexShrink={0}>
              <Outline model={model} />
            </Box>
          )}
          <Box
            flexDirection="column"
            flexGrow={1}
            flexBasis={0}
            {...(steps > 0 && bar)}
            paddingLeft={steps > 0 ? 1 : 0}
          >
            {isCovered ? (
              <Outline model={model} />
            ) : (
              <MainColumn
                model={model}
                text={text}
                page={page}
                parts={parts}
                onPager={(pager) => onLaidOut({ pager })}
              />
            )}
          </Box>
        </Box>
        <Footer
          model={model}
          context={{ ...model.context, page }}
          // Lines of the main column itself say how much of the text is out of sight.
          below={isCovered || rows.output + rows.panel > 0 ? 0 : linesBelow(page)}
        />
      </Box>
    </PaletteContext.Provider>
  );
}
