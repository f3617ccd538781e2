import { expect, test } from 'vitest';
import { createProgram } from '../../../src/cli/line/create-program.ts';

test('asked for one command, it has that command and not all the others', () => {
  const all = createProgram().commands.map((command) => command.name());
  for (const name of all) {
    const some = createProgram(name).commands.map((command) => command.name());
    expect([name, some.includes(name), some.length < all.length]).toEqual([name, true, true]);
  }
});

test('asked for what is no command, it has all of them', () => {
  const all = createProgram().commands.map((command) => command.name());
  expect(createProgram('prnt').commands.map((command) => command.name())).toEqual(all);
  expect(createProgram('--state-dir').commands.map((command) => command.name())).toEqual(all);
});

test('says what every command does, in the list of 80 columns and in its own help', () => {
  const program = createProgram();
  const lines = program.helpInformation().split('\n');
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines).toContain('  verify             check that the record of a run is whole and unaltered');
  const verify = program.commands.find((command) => command.name() === 'verify')?.helpInformation();
  expect(verify?.split('\n')[2]).toBe('Check that the record of a run is whole and unaltered.');
});

test('shows defaults in the words in which they are typed', () => {
  const defaults = createProgram().commands.flatMap((command) =>
    [...command.helpInformation().matchAll(/default:\s+([^)]+)/g)].map(([, value]) => value),
  );
  expect(defaults.filter((value) => /[[{]|\d{4}/.test(value ?? '') && value !== '"127.0.0.1:8042"')).toEqual(
    [],
  );
});
