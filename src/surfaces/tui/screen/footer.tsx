// Owns the bottom of the screen.
import { Box } from 'ink';
import type { ReactNode } from 'react';
import { visibleText } from '../../../text/visible-text.ts';
import type { Symbols } from '../../../view/layout/palette.ts';
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import type { EventLine } from '../../../view/words/describe-event.ts';
import type { Notice, UiContext } from '../keys/ui-state.ts';
import { footerRows } from '../main-size.ts';
import { keyHintLine } from '../pages/key-hint-line.ts';
import { questionLine } from '../pages/question-line.ts';
import type { ScreenModel } from '../pages/screen-model.ts';
import { Line } from './line.tsx';
import { Rule } from './rule.tsx';

/** What the footer is made of beside the run. */
export interface FooterProps {
  readonly model: ScreenModel;
  /** With the text as it stands on this very screen. */
  readonly context: UiContext;
  /** Lines of the text above that are out of sight. */
  readonly below: number;
}

/** What happened last or a notice of the moment; what is asked, and the keys that answer. */
export function Footer({ model, context, below }: FooterProps): ReactNode {
  const { ui, question, size, palette, happened } = model;
  const rows = footerRows(size.rows);
  const notice = ui.notice && noticeLine(ui.notice, palette.symbols);
  const keys = <Line of={keyHintLine(ui, context, size.columns, palette)} />;
  // Without a line of its own only a warning is worth more than the question.
  const showsNotice = rows < 3 && ui.notice !== undefined && (ui.notice.tone === 'warn' || !question);
  const asked = <Line of={showsNotice && notice ? notice : questionLine(model)} />;
  return (
    <Box flexDirection="column" height={rows} flexShrink={0} overflow="hidden">
      {rows === 3 && (
        <Rule title={notice ?? (happened && happenedWords(happened, palette.symbols))} below={below} />
      )}
      {(rows > 1 || notice) && asked}
      {(rows > 1 || !notice) && keys}
    </Box>
  );
}

function happenedWords({ symbol, tone, text }: EventLine, symbols: Symbols): StyledLine {
  // The words of an event are those of all surfaces, with a dot that not every terminal has.
  const words = text.replaceAll(' · ', ` ${symbols.dot} `);
  return [styled(`${symbols[symbol]} `, { tone, bold: true }), styled(words, tone === 'bad' ? { tone } : {})];
}

function noticeLine({ text, tone }: Notice, { passed, dot, warning }: Symbols): StyledLine {
  const mark = { good: passed, muted: dot, warn: warning }[tone];
  return [styled(`${mark} ${visibleText(text)}`, { tone, bold: tone === 'warn' })];
}
