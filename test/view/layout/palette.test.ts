import { expect, test } from 'vitest';
import { makePalette } from '../../../src/view/layout/palette.ts';
import type { Tone } from '../../../src/view/layout/styled-line.ts';

const tones: readonly Tone[] = [
  'muted',
  'accent',
  'good',
  'bad',
  'warn',
  'code',
  'link',
  'keyword',
  'string',
  'number',
  'comment',
  'variable',
  'function',
];

/** Red, green and blue of a colour of the 256, as xterm defines them. */
function rgbOf(colour: number): readonly number[] {
  if (colour >= 232) return Array<number>(3).fill(8 + 10 * (colour - 232));
  const steps = [0, 95, 135, 175, 215, 255];
  const place = colour - 16;
  return [Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map((step) => steps[step] ?? 0);
}

/** Relative luminance as WCAG 2 defines it: 0 for black, 1 for white. */
function luminanceOf(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test.each(tones)('`%s` can be read on white and on black', (tone) => {
  const painted = makePalette(2).paint('x', { tone });
  const colour = Number(/38;5;(\d+)m/.exec(painted)?.[1]);
  const luminance = luminanceOf(rgbOf(colour));

  expect(1.05 / (luminance + 0.05)).toBeGreaterThanOrEqual(4);
  expect((luminance + 0.05) / 0.05).toBeGreaterThanOrEqual(4);
});
