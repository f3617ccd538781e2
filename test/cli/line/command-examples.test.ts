import { expect, test } from 'vitest';
import { commandExamples, examplesOf } from '../../../src/cli/line/command-examples.ts';
import { createProgram } from '../../../src/cli/line/create-program.ts';

const hidden = new Set(['pick', 'complete', 'test-case']);
const shown = createProgram().commands.filter((command) => !hidden.has(command.name()));

test('every command has an example', () => {
  expect(Object.keys(commandExamples).sort()).toEqual(shown.map((command) => command.name()).sort());
});

test.each(
  Object.entries(commandExamples).flatMap(([name, examples]) =>
    examples.map(([, typed]) => [name, typed] as const),
  ),
)('the parser takes the example of %s: %s', async (name, typed) => {
  const [, call = ''] = /(?:^|\()(runsheet [^()>]*)/.exec(typed) ?? [];
  const words = [...call.trim().matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
  expect(words.slice(0, 2)).toEqual(['runsheet', name]);
  const program = createProgram().exitOverride();
  const taken: string[] = [];
  for (const command of program.commands)
    command.exitOverride().action(() => {
      taken.push(command.name());
    });
  await program.parseAsync(words.slice(1), { from: 'user' });
  expect(taken).toEqual([name]);
});

test('one example and several are told apart', () => {
  expect(examplesOf('clear')).toBe(
    '\nExample:\n  # Take all results and ticks out of a page\n  runsheet clear runbooks/disk-full.md\n',
  );
  expect(examplesOf('new')).toContain(
    '\nExamples:\n  # Which templates there are\n  runsheet new\n\n  # Start',
  );
  expect(examplesOf('nosuch')).toBe('');
});
