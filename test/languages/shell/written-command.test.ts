// Tests finding the command that bash tells of, as its author wrote it.
import { expect, test } from 'vitest';
import { writtenCommand } from '../../../src/languages/shell/written-command.ts';

test.each([
  ['the last command of a pipeline', 'true\nfalse | true\n', 2, 'true', 2, 'false | true'],
  [
    'over several lines',
    'false |\n  tr a  b 2>/dev/null\n',
    2,
    'tr a b 2> /dev/null',
    1,
    'false |\n  tr a  b 2>/dev/null',
  ],
  ['behind keywords', 'if true; then\n  ! a | b\nfi\n', 2, 'b', 2, 'a | b'],
  ['in a list', 'a && b | c || d | e\n', 1, 'c', 1, 'b | c'],
  ['of twice the same', 'b | b\n', 1, 'b', 1, 'b | b'],
  ['a substitution over several lines', 'true\nx=$(\n  false\n)\n', 4, 'x=$(false)', 2, 'x=$(false)'],
  ['one in a word', 'test a = "$(\n  echo b\n)"\n', 3, 'test a = "$(echo b)"', 1, 'test a = "$(echo b)"'],
  ['behind a loop', 'for i in 1; do\n  echo $i\ndone | grep x\n', 3, 'grep x', 3, 'grep x'],
  ['a command that is another word for it', 'a | run\n', 1, 'sudo run', 1, 'sudo run'],
  ['one of two that it may be', 'a | b; c | b\n', 1, 'b', 1, 'b'],
  ['code that is not whole', 'a | b; if\n', 1, 'b', 1, 'b'],
])('%s', (_what, code, line, command, writtenLine, written) => {
  expect(writtenCommand(code, { line, command })).toEqual({ line: writtenLine, command: written });
});
