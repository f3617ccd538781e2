// Tests which traps of earlier blocks leave a block one that a fork may run.
import { expect, test } from 'vitest';
import { isPlainForBash } from '../../../../src/engine/shells/bash/is-plain-for-bash.ts';
import { unknownState } from '../../../../src/languages/shell/shell-state.ts';

function isPlainBehind(...traps: string[]): boolean {
  const text = traps.map((trap) => `\\builtin trap -- ${trap}`).join('\n');
  return isPlainForBash({
    code: 'echo 1',
    keepState: true,
    state: { ...unknownState, more: new Map([['traps', text]]) },
  });
}

test.each([
  [["'echo told' USR1"]],
  [["'' HUP", '\'rm -rf "$tmp"\' INT', '\'rm -rf "$tmp"\' TERM']],
  [["'echo one\necho two' USR1"]],
])('a fork may run a block behind %j', (traps) => {
  expect(isPlainBehind(...traps)).toBe(true);
});

test.each([
  [["'echo failed' ERR"]],
  [["'echo back' RETURN"]],
  [["'exit 3' TERM"]],
  [['\'echo "$?"\' USR1']],
  [["'trap - USR1' USR1"]],
  [["'echo told' USR1", "'echo one\nwait' INT"]],
  [['\'echo "$LINENO"\' USR1']],
])('no fork runs one behind %j', (traps) => {
  expect(isPlainBehind(...traps)).toBe(false);
});
