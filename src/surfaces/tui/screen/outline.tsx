// Owns the list of steps beside the text, or in its place.
import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Question } from '../../../run/question.ts';
import type { ItemState } from '../../../run/state.ts';
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { scrollInto } from '../keys/scroll-into.ts';
import { mainSize } from '../main-size.ts';
import { type OutlineRow, outlineRows } from '../pages/outline-rows.ts';
import type { ScreenModel } from '../pages/screen-model.ts';
import { isAsked, statusLabel, statusMark } from '../pages/status-line.ts';
import { Line } from './line.tsx';
import { RowWindow } from './row-window.tsx';

/** As many rows as fit, with the chosen one and the heading above it among them. */
export function Outline({ model }: { readonly model: ScreenModel }): ReactNode {
  const { ui, state, current } = model;
  const chosen = ui.outline?.cursor ?? ui.look ?? current;
  const rows = outlineRows(state);
  const at = rows.findIndex((row) => row.type === 'item' && row.address === chosen);
  // The heading above the chosen row says where it belongs.
  const from = at > 0 && rows[at - 1]?.type !== 'item' ? at - 1 : at;
  const height = mainSize(model.size).rows;
  const isLong = rows.length > height && height > 2;
  const room = isLong ? height - 1 : height;
  const inSight = { from: Math.max(0, from), to: Math.max(0, at + 2) };
  const above = scrollInto(inSight, rows.length, room);
  return (
    <Box flexDirection="column" flexGrow={1}>
      <RowWindow
        rows={rows.map((row, index) => <Row key={index} row={row} isChosen={index === at} model={model} />)}
        at={inSight}
        height={room}
      />
      {isLong && <Line of={restLine(above, rows.length - above - room)} />}
    </Box>
  );
}

/** How much of the list is out of sight, and where. */
function restLine(above: number, below: number): StyledLine {
  const words = [
    ...(above > 0 ? [`${above} more above`] : []),
    ...(below > 0 ? [`${below} more below`] : []),
  ];
  return [styled(`   ${words.join(', ')}`, { tone: 'muted' })];
}

interface RowProps {
  readonly row: OutlineRow;
  readonly isChosen: boolean;
  readonly model: ScreenModel;
}

function Row({ row, isChosen, model }: RowProps): ReactNode {
  const { state, ui, current, question, palette } = model;
  const { symbols } = palette;
  if (row.type === 'heading') return <Line of={[styled(row.text, { bold: true })]} />;
  if (row.type === 'step') return <Line of={[styled(`   ${row.text}`, { tone: 'muted' })]} />;
  const known = state.items[state.indexOf.get(row.address) ?? -1];
  if (!known) return <Line of={[]} />;
  // Only where another item than the one the run is at is looked at.
  const marked = isChosen && (row.address !== current || ui.outline !== undefined);
  const mark = statusMark(plannedOf(known, question), isAsked(question, row.address));
  const label = statusLabel(known);
  const before: StyledLine = [
    styled(marked ? symbols.bullet : ' ', { tone: 'accent', bold: true }),
    styled(`${' '.repeat(row.indent)}${symbols[mark.symbol]}`, {
      tone: mark.tone,
      bold: mark.symbol === 'arrow',
    }),
  ];
  const calm = known.status === 'pending' ? {} : { tone: toneOf(mark.tone) };
  const style = isChosen ? { bold: true, inverse: ui.outline !== undefined } : calm;
  return (
    <Box justifyContent="space-between" paddingRight={1} gap={2}>
      <Box gap={1}>
        <Box flexShrink={0}>
          <Line of={before} />
        </Box>
        <Line of={[styled(row.text, style)]} />
      </Box>
      {label !== '' && (
        <Box flexShrink={0}>
          <Line of={[styled(label, { tone: 'muted' })]} />
        </Box>
      )}
    </Box>
  );
}

/** An undo that is still to be agreed to is nothing that was left out. */
function plannedOf(known: ItemState, question: Question | undefined): ItemState {
  const planned = question?.type === 'rollback-plan' && known.status === 'excluded';
  return planned ? { ...known, status: 'pending' } : known;
}

/** Titles stay calm: only what needs a person's eye is coloured. */
function toneOf(tone: string): 'bad' | 'warn' | 'muted' {
  return tone === 'bad' || tone === 'warn' ? tone : 'muted';
}
