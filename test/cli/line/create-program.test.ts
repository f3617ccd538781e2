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
