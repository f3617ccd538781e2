import { expect, test } from 'vitest';
import { refuseForeign } from '../../../src/cli/events/refuse-foreign.ts';
import { createProgram } from '../../../src/cli/line/create-program.ts';

const all = createProgram('events').commands.find((command) => command.name() === 'events');
const names = all?.options.map(({ long }) => long ?? '') ?? [];

test.each([
  ['list', ['--json', '--limit', '--source', '--endpoint', '--led']],
  ['show', ['--json']],
  ['test', ['--json', '--source', '--at', '--header']],
  ['replay', ['--json', '--library', '--config', '--again']],
] as const)('`events %s` takes %j, and none of the other options', (what, taken) => {
  expect(names.filter((name) => refuseForeign(what, [name], []) === undefined).sort()).toEqual(
    [...taken].sort(),
  );
});

test('says where an option belongs, and which word is too many', () => {
  expect([
    refuseForeign('show', ['--json', '--led'], ['1']),
    refuseForeign('list', ['--at'], []),
    refuseForeign('list', [], ['7']),
    refuseForeign('show', [], ['1', 'x']),
    refuseForeign('test', ['--source'], ['page.md', 'event.json']),
  ]).toEqual([
    { message: '`events show` takes no `--led`', help: 'it is an option of `events list`' },
    { message: '`events list` takes no `--at`', help: 'it is an option of `events test`' },
    { message: '`events list` takes no event', help: '`runsheet events show 7` shows one' },
    { message: '`events show` does not take `x` as well' },
    undefined,
  ]);
});
