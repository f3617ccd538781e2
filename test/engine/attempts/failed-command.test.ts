import { describe, expect, test } from 'vitest';
import { failedCommand, isBeforeItsEnd } from '../../../src/engine/attempts/failed-command.ts';
import type { ExecutionRequest } from '../../../src/run/executor.ts';
import type { BlockItem } from '../../../src/run/plan.ts';
import { block } from '../../run/sample-plan.ts';

function requestOf(code: string, more: Partial<BlockItem> = {}, request: Partial<ExecutionRequest> = {}) {
  const item = block('work', 'steps', { line: 10, code, ...more });
  return {
    ...{ item, attempt: 1, code, purpose: 'block' as const, onOutput: () => {} },
    signal: new AbortController().signal,
    ...request,
  };
}

const code = 'cd /srv\ncat <<E\nx\nE\nfalse \\\n  -x\necho end\n';

describe('where a block ended', () => {
  test.each([
    ['in its first command', 1, { line: 11, blockLine: 1, command: 'c' }],
    ['in a later one', 2, { line: 12, blockLine: 2, command: 'c', rest: { line: 12, blockLine: 2 } }],
    [
      'in the second line of one',
      6,
      { line: 16, blockLine: 6, command: 'c', rest: { line: 15, blockLine: 5 } },
    ],
  ])('%s', (_where, line, told) => {
    expect(failedCommand(requestOf(code), { line, command: 'c' }, true)).toEqual(told);
  });

  test('is told of in the lines that were prompted, and of the linked runbook', () => {
    const { codeLines, file } = { codeLines: [12, 15], file: 'linked.md' };
    expect(failedCommand(requestOf('a\nb\n', { codeLines, file }), { line: 2, command: 'b' }, true)).toEqual({
      ...{ line: 15, file, blockLine: 2, command: 'b' },
      rest: { line: 15, file, blockLine: 2 },
    });
  });

  test('is none of the runbook where the command was edited', () => {
    expect(
      failedCommand(requestOf('a\nb\n', {}, { isEdited: true }), { line: 2, command: 'b' }, true),
    ).toEqual({
      ...{ blockLine: 2, command: 'b', rest: { blockLine: 2 } },
    });
  });

  test('is told of with the beginning of a command that is long', () => {
    const told = failedCommand(requestOf('a\n'), { line: 1, command: 'x'.repeat(600) }, true);
    expect(told.command).toBe(`${'x'.repeat(500)}…`);
  });
});

describe('the rest of a block', () => {
  const restOf = (
    text: string,
    line: number,
    more: Partial<BlockItem> = {},
    isCarried = true,
    fromLine?: number,
  ) =>
    failedCommand(
      requestOf(text, more, fromLine === undefined ? {} : { fromLine }),
      { line, command: '' },
      isCarried,
    ).rest?.blockLine;

  test.each([
    ['two commands in a line', 'a; b\nc\n', 1],
    ['a command behind another one in its line', 'a\nb; c\n', 2],
    ['a loop', 'a\nfor x in 1 2; do\nfalse\ndone\n', 3],
    ['a condition before it', 'if a; then b; fi\nc\n', 2],
    ['a function', 'f() { false; }\na\nf\n', 3],
    ['a job', 'server &\nb\n', 2],
    ['a trap', 'trap x EXIT\nb\n', 2],
    ['a line in which nothing stands', 'a\n\nb\n', 2],
  ])('is not run by itself in a block with %s', (_what, text, line) => {
    expect(restOf(text, line)).toBe(undefined);
  });

  test.each([
    ['its state is lost', {}, false],
    ['it hands its output on', { captures: [{ name: 'A' }] }, true],
    ['its output is judged', { expect: [{ type: 'output' } as const] }, true],
    ['it begins in a folder of its own', { cwd: 'x' }, true],
    ['it is in the background', { background: true }, true],
  ])('is not run by itself where %s', (_why, more, isCarried) => {
    expect(restOf('a\nb\n', 2, more, isCarried)).toBe(undefined);
  });

  test('is run once more from where it began', () => {
    expect(restOf('\nb\nc\n', 2, {}, true, 2)).toBe(2);
    expect(restOf('\nb\nc\n', 3, {}, true, 2)).toBe(3);
  });
});

describe('an exit code that counts as success', () => {
  test.each([
    ['one command', 'grep x y\n', 1, false],
    ['the last of several', 'a\ngrep x y\n', 2, false],
    ['the middle of the last', 'a\nfor x in 1; do\ngrep x y\ndone\n', 3, false],
    ['the first of several', 'grep x y\nrm z\n', 1, true],
    ['what has no words', '((0))\nrm z\n', 1, true],
    ['a function that the only command calls', 'f() {\ngrep x y\n}\nf\n', 2, false],
    ['a function that any of several may have called', 'f() {\ngrep x y\n}\nf\nrm z\n', 2, true],
    ['code that is not whole', 'echo "\n', 1, false],
  ])('at %s', (_where, text, line, isBefore) => {
    expect(isBeforeItsEnd(text, { line })).toBe(isBefore);
  });
});
