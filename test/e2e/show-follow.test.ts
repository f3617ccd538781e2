// Tests `runsheet show --follow`: a run that is led through on one terminal, watched from another, read only.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';

const book = `# Watched

## Steps

### One

\`\`\`sh {name=one}
echo one
\`\`\`

### Two

\`\`\`sh {name=two}
echo two >&2; exit 3
\`\`\`
`;

/** Every file of the state folder, and what is in it. */
async function stateOf({ stateFolder }: Rig): Promise<Map<string, string>> {
  const found = await readdir(stateFolder, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const)));
}

test('a live run is told as it goes, to its end, and nothing is written', async () => {
  const rig = await Rig.create();
  await rig.write('book.md', book);
  const guided = rig.terminal(['run', 'book.md', '--log', 'none']);
  await guided.waitFor('Enter begin');
  guided.type(keys.enter);
  await guided.waitFor('Run `one`?');
  const before = await stateOf(rig);
  const watcher = rig.start(['show', '--follow']);
  await watcher.waitFor(/started by/);
  expect(await stateOf(rig)).toEqual(before);
  await guided.waitFor('Enter run it');
  guided.type(keys.enter);
  await watcher.waitFor('`one` passed');
  await guided.waitFor('Run `two`?');
  await guided.waitFor('Enter run it');
  guided.type(keys.enter);
  await watcher.waitFor('`two` failed');
  await guided.waitFor('What now?');
  await guided.waitFor('Enter do it');
  guided.type('c');
  await watcher.waitFor('the run failed');
  await guided.waitFor('Enter close');
  guided.type(keys.enter);
  expect((await guided.ended).exitCode).toBe(1);
  const { exitCode, stdout } = await watcher.ended;
  expect(exitCode).toBe(0);
  const told = stdout
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .replace(/^\d\d:\d\d:\d\d/, '00:00:00')
        .replace(/\d{8}-\d{6}-\w{4}/, 'RUN')
        .replace(/\d+(\.\d)? m?s\b/, '1 ms')
        .replace(/\b\w+@[\w.-]+/, 'ada@host'),
    );
  expect(told).toMatchInlineSnapshot(`
    [
      "00:00:00  ▶ run RUN of \`Watched\` started by ada@host",
      "00:00:00  ─ steps",
      "00:00:00  · \`one\` started by ada@host",
      "00:00:00  ▶ \`one\` started",
      "00:00:00  ✔ \`one\` passed in 1 ms (1 line)",
      "00:00:00  · \`two\` started by ada@host",
      "00:00:00  ▶ \`two\` started",
      "00:00:00  ✘ \`two\` failed in 1 ms (1 line): exit 3",
      "00:00:00  › go on, decided by ada@host",
      "00:00:00  ✘ the run failed: failed, and the run continued: \`two\`",
    ]
  `);
});
