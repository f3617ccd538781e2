// Owns how the inputs of a run are shown before it begins.
import type { UsedInput } from '../../run/surface.ts';
import { displayWidth } from '../../text/display-width.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type StyledLine, styled } from '../layout/styled-line.ts';

/** Longer values are shown by their beginning: a screen is not the place to read a certificate. */
const longestValue = 200;

/** Where the value of an input comes from, in a word or two. */
export const originWords: Readonly<Record<UsedInput['origin'] | 'unset', string>> = {
  set: '--set',
  file: '--inputs',
  environment: 'environment',
  default: 'default',
  remembered: 'last run',
  asked: 'asked',
  'over-export': 'given',
  secret: 'secret',
  open: 'asked for when it runs',
  unset: 'no value',
};

/** A line for each input: its name, its value on one line, and where the value comes from. */
export function inputLines(inputs: readonly UsedInput[], ellipsis = '…'): readonly StyledLine[] {
  const width = Math.min(24, Math.max(0, ...inputs.map(({ name }) => displayWidth(visibleText(name)))));
  return inputs.map(({ name, value, origin, over, from }) => {
    const shown = visibleText(name);
    const pad = ' '.repeat(Math.max(0, width - displayWidth(shown)));
    const cut = value === undefined ? '' : visibleText(value.slice(0, longestValue));
    const text = value !== undefined && value.length > longestValue ? `${cut}${ellipsis}` : cut;
    return [
      styled('  '),
      styled(shown, { tone: 'variable' }),
      styled(`${pad}  `),
      ...(text === '' ? [] : [styled(`${text}  `)]),
      styled(
        `(${value === '' ? 'empty, ' : ''}${from === undefined ? originWords[origin] : `\`${from}\``}${overWords(over, ellipsis)})`,
        {
          tone: 'muted',
        },
      ),
    ];
  });
}

/** What the value stands in the place of, as the rest of a clause; nothing where it stands in that of nothing. */
export function overWords(over: UsedInput['over'], ellipsis = '…'): string {
  if (over === undefined) return '';
  const [first = '', ...more] = over.value.split('\n');
  const shown = more.length > 0 ? `${first}${ellipsis}` : first;
  const value = shown === '' ? 'nothing' : `\`${visibleText(shown)}\``;
  return `, in the place of ${value}, which \`${over.address}\` exports`;
}
