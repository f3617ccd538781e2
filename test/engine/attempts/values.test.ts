import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCommand } from '../../../src/engine/interpreters/find-command.ts';
import { anyCharacter } from '../../any-character.ts';
import { ExecutorRig } from '../executors/executor-rig.ts';

/** Prints the variable VALUE as it is; what follows it in `capture` is a final newline at most. */
const programs: Readonly<Record<string, { readonly needs: string; readonly code: string }>> = {
  bash: { needs: 'bash', code: 'printf %s "$VALUE"' },
  python: { needs: 'python3', code: "import os, sys\nsys.stdout.buffer.write(os.environb[b'VALUE'])" },
  node: { needs: 'node', code: 'process.stdout.write(process.env.VALUE)' },
  ruby: { needs: 'ruby', code: "$stdout.binmode; print ENV['VALUE']" },
  perl: { needs: 'perl', code: 'print $ENV{VALUE}' },
  php: { needs: 'php', code: "echo getenv('VALUE');" },
  sqlite: { needs: 'sqlite3', code: 'SELECT $VALUE;' },
  http: { needs: 'node', code: 'POST $ECHO\nContent-Type: application/json\n\n"{{VALUE|json}}"' },
};
const installed = Object.entries(programs).filter(
  ([, { needs }]) => findCommand(needs, { path: process.env.PATH ?? '', cwd: '/' }) !== undefined,
);

const hard = `'"\\\`$(id)\${x}; | & < > * ? ! # ~ % ^ {{VALUE}} -- /* <?php ?> \t\r\n\n é漢🎉`;
const values = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(hard, `-n ${hard}.`, '\\n', ' x ', '$VALUE') },
  { weight: 3, arbitrary: fc.string({ unit: anyCharacter, minLength: 1, maxLength: 60 }) },
);
/** What no environment holds is left out, and so are the newlines at the end, which no capture keeps. */
const held = (text: string): string => Buffer.from(text.replaceAll('\0', '')).toString().replace(/\n+$/, '');

/** 100 KB, cut between two characters. */
const large = held(
  Buffer.from(hard.repeat(2000))
    .subarray(0, 100_000)
    .toString()
    .replace(/\ufffd$/, 'end'),
);

let rig: ExecutorRig;
const server = createServer((request, response) => {
  const received: Buffer[] = [];
  request.on('data', (bytes: Buffer) => received.push(bytes));
  request.on('end', () => response.end(JSON.parse(Buffer.concat(received).toString()) as string));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const env = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', SQLITE_DB: ':memory:' };
  rig = await ExecutorRig.create({ env: { ...env, ECHO: `http://127.0.0.1:${port}/` } });
});
afterAll(async () => {
  await rig.close();
  server.closeAllConnections();
  server.close();
});

/** The value after it was an input of the block and its capture. */
async function through(language: string, code: string, value: string): Promise<string | undefined> {
  await rig.executor.setVariables({ VALUE: value });
  const ran = await rig.run(language, code, { captures: [{ name: 'VALUE' }] });
  expect([ran.reason, ran.result.warnings]).toEqual([undefined, []]);
  return ran.result.captured.VALUE;
}

describe('values reach every language, and leave it, unchanged', () => {
  test.each(installed)('%s', async (language, { code }) => {
    await fc.assert(
      fc.asyncProperty(values, async (text) => {
        const value = held(text);
        expect(await through(language, code, value)).toBe(value);
      }),
      { numRuns: 8, examples: [[hard], ['x']] },
    );
    expect((await through(language, code, large)) === large).toBe(true);
  });

  test('one after the other, by capture and by the output file', async () => {
    await rig.executor.setVariables({ VALUE: hard });
    for (const [language, { code }] of installed) {
      const ran = await rig.run(language, code, { captures: [{ name: 'VALUE' }] });
      expect([language, ran.result.captured.VALUE]).toEqual([language, hard]);
      await rig.sh('printf "VALUE<<END\\n%s\\nEND\\n" "$VALUE" >> "$RUNSHEET_OUTPUT"');
    }
    expect(await rig.sh('printf %s "$VALUE"')).toBe(hard);
  });
});
