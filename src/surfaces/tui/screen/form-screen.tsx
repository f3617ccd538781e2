// Owns the form of inputs on the whole screen.
import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { InputDeclaration } from '../../../runbook/runbook.ts';
import { displayWidth, fitText } from '../../../text/display-width.ts';
import { visibleText } from '../../../text/visible-text.ts';
import type { Palette } from '../../../view/layout/palette.ts';
import { lineWidth, type StyledLine, type StyledRun, styled } from '../../../view/layout/styled-line.ts';
import { fitLine, wrapRuns } from '../../../view/layout/wrap-runs.ts';
import { originWords } from '../../../view/words/input-lines.ts';
import { counted } from '../../../view/words/quoted.ts';
import { neededWords } from '../first-form.ts';
import { entryText, type FormField, type InputForm, isPathAtHand, nextOpen } from '../keys/input-form.ts';
import { scrollInto } from '../keys/scroll-into.ts';
import { standingKeys } from '../keys/standing-keys.ts';
import type { Size } from '../main-size.ts';
import { Line, lineRows, PaletteContext } from './line.tsx';
import { RowWindow } from './row-window.tsx';
import { Rule } from './rule.tsx';
import { typedText } from './typed-text.ts';
import type { CursorPlace } from './use-terminal-cursor.ts';

interface DrawnField {
  readonly lines: readonly StyledLine[];
  /** Where what is typed goes on, in its lines. */
  readonly cursor?: CursorPlace;
}

/** Longer lines are hard to read. */
const widest = 100;

/** What the form asks for. */
export interface FormScreenProps {
  readonly form: InputForm;
  readonly title: string;
  readonly size: Size;
  readonly palette: Palette;
}

/** The form as something to draw. */
export function formScreen(props: FormScreenProps): ReactNode {
  return <FormScreen {...props} />;
}

/** A title, the fields that fit around the one at hand, and the keys at the bottom. */
function FormScreen({ form, title, size, palette }: FormScreenProps): ReactNode {
  const { columns, rows } = size;
  const width = Math.min(columns, widest);
  const drawn = form.fields.map((field, index) => drawField(field, index === form.at, width, palette));
  const before = drawn.slice(0, form.at).reduce((sum, { lines }) => sum + lines.length, 0);
  const { lines: here = [], cursor } = drawn[form.at] ?? {};
  const all = drawn.flatMap(({ lines }) => lines);
  const height = Math.max(1, rows - 5);
  const inSight = { from: before, to: before + here.length };
  const top = scrollInto(inSight, all.length, height);
  const more = rowsOut(drawn, top, top + height);
  return (
    <PaletteContext.Provider value={palette}>
      <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
        <Line of={[styled(visibleText(title), { bold: true })]} />
        <Line of={[styled(neededWords(form), { tone: 'muted' })]} />
        <Box marginTop={1} flexGrow={1} flexBasis={0} minHeight={1}>
          <RowWindow
            rows={lineRows(all)}
            at={inSight}
            cursor={cursor && { column: cursor.column, row: before + cursor.row }}
            height={height}
          />
        </Box>
        <Rule title={more} />
        <Line of={keysOf(form)} />
      </Box>
    </PaletteContext.Provider>
  );
}

/** How many of the fields begin above what is in sight, and below it; undefined where all are. */
function rowsOut(drawn: readonly DrawnField[], top: number, end: number): StyledLine | undefined {
  let [at, above, below] = [0, 0, 0];
  for (const { lines } of drawn) {
    if (at < top) above += 1;
    // Its name is worth nothing without what is filled in below it.
    else if (at + 1 >= end) below += 1;
    at += lines.length;
  }
  if (above + below === 0) return undefined;
  const words = [
    ...(above > 0 ? [`${counted(above, 'input')} above`] : []),
    ...(below > 0 ? [`${counted(below, 'input')} below`] : []),
  ];
  return [styled(words.join(', '), { tone: 'accent' })];
}

function keysOf(form: InputForm): StyledLine {
  const entry = form.fields[form.at]?.entry;
  const isLast = nextOpen(form) === undefined;
  const isShown: Readonly<Record<string, boolean>> = {
    choose: entry?.type === 'choice' || entry?.type === 'multiple',
    complete: isPathAtHand(form),
    fields: form.fields.length > 1,
  };
  const keys = standingKeys.form.flatMap(({ shown, label }): (readonly [string, string])[] => {
    if (isShown[label] === false) return [];
    if (label === 'choose' && entry?.type === 'multiple')
      return [
        [shown, 'move'],
        ['Space', 'tick'],
      ];
    return [[shown, label === 'next' && isLast ? 'go on' : label]];
  });
  return keys.flatMap(([key, does], index): StyledRun[] => [
    styled(`${index === 0 ? '' : '   '}${key}`, { bold: true }),
    styled(` ${does}`, { tone: 'muted' }),
  ]);
}

function drawField(field: FormField, isAt: boolean, width: number, palette: Palette): DrawnField {
  const { symbols } = palette;
  const { input, problem } = field;
  const { declaration } = input;
  const name = visibleText(declaration.placeholder?.text ?? declaration.name);
  const mark = [styled(isAt ? `${symbols.arrow} ` : '  ', { tone: 'accent', bold: true })];
  const hint = hintOf(field);
  const label: StyledLine = [
    styled(name, { tone: 'variable', bold: isAt }),
    ...(declaration.description ? [styled(`  ${visibleText(declaration.description)}`)] : []),
    ...(hint === '' ? [] : [styled(`  ${hint}`, { tone: 'muted' })]),
  ];
  const about: StyledLine[] =
    problem === undefined
      ? []
      : wrapRuns([styled(`${symbols.warning} ${visibleText(problem)}`, { tone: 'warn' })], width, {
          first: [styled('    ')],
          rest: [styled('    ')],
        });
  // What is being answered can be read whole.
  const line = [...mark, ...label];
  const head =
    isAt && lineWidth(line) > width
      ? wrapRuns(label, width, { first: mark, rest: [styled('    ')] })
      : [fitLine(line, width, symbols.ellipsis)];
  const value = drawEntry(field, isAt, width - 4, palette);
  const lines = [
    ...head,
    ...value.lines.map((line): StyledLine => [styled('    '), ...line]),
    ...about,
    ...nameLines(field, width),
    [],
  ];
  return {
    lines,
    ...(value.cursor && { cursor: { column: value.cursor.column + 4, row: value.cursor.row + head.length } }),
  };
}

function hintOf({ input, entry }: FormField): string {
  const { type, required, secret, default: before } = input.declaration;
  const isChanged =
    before !== undefined && input.origin !== undefined && entryText(entry) !== shownValue(before, type);
  const words = [
    ...(secret ? ['is not shown'] : []),
    ...(type === 'number' || type === 'duration' || type === 'path' ? [type] : []),
    ...(isChanged ? [`was ${before === '' ? 'empty' : visibleText(before)}`] : originOf(input)),
    ...(required || secret || before !== undefined ? [] : ['may stay empty']),
  ];
  return words.length === 0 ? '' : `(${words.join(', ')})`;
}

/** Rows of names that a path may go on with. */
const mostNameRows = 4;

function nameLines({ names = [] }: FormField, width: number): StyledLine[] {
  const words = names.map((name) => visibleText(name).replaceAll(' ', '\u00a0')).join(' ');
  const edge = [styled('    ')];
  const rows =
    names.length === 0
      ? []
      : wrapRuns([styled(words, { tone: 'muted' })], width, { first: edge, rest: edge });
  if (rows.length <= mostNameRows) return rows;
  return [
    ...rows.slice(0, mostNameRows),
    [...edge, styled(`${names.length} names in all`, { tone: 'muted' })],
  ];
}

function shownValue(value: string, type: InputDeclaration['type']): string {
  return type === 'boolean' ? (value === 'true' ? 'yes' : 'no') : value;
}

function originOf({ origin, declaration }: FormField['input']): readonly string[] {
  if (origin === undefined || origin === 'unset') return [];
  if (origin === 'secret') return ['has a value'];
  return [declaration.from === undefined ? originWords[origin] : `\`${declaration.from}\``];
}

function drawEntry({ input, entry }: FormField, isAt: boolean, width: number, palette: Palette): DrawnField {
  switch (entry.type) {
    case 'text': {
      const { ellipsis } = palette.symbols;
      const { text, column } = typedText(entry.field, width);
      if (isAt) return { lines: [[styled(text)]], cursor: { column, row: 0 } };
      const whole = visibleText(entry.field.before + entry.field.after);
      return { lines: [[styled(whole === '' ? ellipsis : fitText(whole, width, ellipsis))]] };
    }
    case 'secret': {
      const isFilled = input.origin !== undefined || entry.field.before + entry.field.after !== '';
      // Not even its length is shown: that something was typed is enough to know.
      return {
        lines: [[styled(isFilled ? '********' : '', { tone: 'muted' })]],
        ...(isAt && { cursor: { column: entry.field.before === '' ? 0 : 8, row: 0 } }),
      };
    }
    case 'choice':
      return choiceLines(
        entry.choices.map((choice, index) => ({ text: choice, isOn: index === entry.chosen, isAt: false })),
        ['(•) ', '( ) '],
        width,
      );
    case 'multiple':
      return choiceLines(
        entry.choices.map((choice, index) => ({
          text: choice,
          isOn: entry.ticked[index] === true,
          isAt: isAt && index === entry.at,
        })),
        ['[x] ', '[ ] '],
        width,
      );
  }
}

/** More choices than this are shown around the chosen one. */
const mostShown = 12;

function choiceLines(
  choices: readonly { readonly text: string; readonly isOn: boolean; readonly isAt: boolean }[],
  [on, off]: readonly [string, string],
  width: number,
): DrawnField {
  const pieces = choices.map(({ text, isOn, isAt }) =>
    styled(`${isOn ? on : off}${fitText(visibleText(text), width - 5)}`, {
      bold: isOn || isAt,
      ...(isAt && { tone: 'accent' as const }),
    }),
  );
  const at = Math.max(
    0,
    choices.findIndex(({ isAt, isOn }) => isAt || isOn),
  );
  const isLong = choices.length > mostShown;
  const from = isLong ? scrollInto({ from: at, to: at + 1 }, pieces.length, mostShown) : 0;
  const shown = isLong ? pieces.slice(from, from + mostShown) : pieces;
  const lines: StyledRun[][] = [[]];
  let used = 0;
  for (const piece of shown) {
    const size = displayWidth(piece.text) + 3;
    if (used > 0 && used + size > width) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(styled(used > 0 ? '   ' : ''), piece);
    used += size;
  }
  if (isLong)
    lines.push([styled(`${from + 1}–${from + shown.length} of ${choices.length}`, { tone: 'muted' })]);
  return { lines };
}
