import { expect, test } from 'vitest';
import { choosePalette } from '../../src/surfaces/choose-palette.ts';

test.each([
  ['a file', false, { TERM: 'xterm-256color' }, 0],
  ['a terminal', true, { TERM: 'xterm' }, 1],
  ['a rich terminal', true, { TERM: 'xterm-256color' }, 2],
  ['a true-colour terminal', true, { TERM: 'xterm', COLORTERM: 'truecolor' }, 2],
  ['a dumb terminal', true, { TERM: 'dumb' }, 0],
  ['NO_COLOR', true, { TERM: 'xterm', NO_COLOR: '1', FORCE_COLOR: '3' }, 0],
  ['an empty NO_COLOR', true, { TERM: 'xterm', NO_COLOR: '' }, 1],
  ['FORCE_COLOR to a file', false, { FORCE_COLOR: '1' }, 1],
  ['FORCE_COLOR=0', true, { TERM: 'xterm', FORCE_COLOR: '0' }, 0],
])('colours for %s', (_, isTTY, env, level) => {
  expect(choosePalette({ isTTY }, env).level).toBe(level);
});

test.each([
  [{}, '✔'],
  [{ LANG: 'en_US.UTF-8' }, '✔'],
  [{ LANG: 'C' }, '+'],
  [{ LANG: 'de_DE.UTF-8', LC_ALL: 'C' }, '+'],
  [{ TERM: 'linux' }, '+'],
])('marks for %j', (env, mark) => {
  expect(choosePalette({ isTTY: true }, env).symbols.passed).toBe(mark);
});

test.each([
  ['a terminal without colours', true, { TERM: 'xterm', NO_COLOR: '1' }, '\u001b[7mhit\u001b[27m'],
  ['a dumb terminal', true, { TERM: 'dumb' }, 'hit'],
  ['a file', false, { TERM: 'xterm' }, 'hit'],
])('a hit on %s', (_, isTTY, env, painted) => {
  const palette = choosePalette({ isTTY }, env);
  expect(palette.paint('hit', { inverse: true, tone: 'bad' })).toBe(painted);
  expect(palette.paint('hit', { tone: 'bad' })).toBe('hit');
});
