import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Library } from '../../../../src/cli/serving/shelf/library.ts';
import { digestOf, requestOf } from '../../../../src/cli/serving/shelf/request-of.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

test('a run counts by the default of an input that nobody gave, as at a terminal', () => {
  const folder = temporaryFolder();
  const frontMatter = [
    'concurrency: { key: $HOST, limit: 2, when-full: queue }',
    'inputs: { HOST: { default: db1 } }',
  ];
  writeFileSync(
    join(folder, 'room.md'),
    `---\n${frontMatter.join('\n')}\n---\n\n# Make room\n\n## Steps\n\n\`\`\`sh\ndf\n\`\`\`\n`,
  );
  const library = new Library(folder);
  const shelved = library.find('room.md');
  if (shelved === undefined) throw new Error('no runbook');
  const wanted = { may: 'read', whenResolved: 'ignore' } as const;
  expect(requestOf(library, shelved, { ...wanted, inputs: {} })).toEqual({
    runbook: { repository: folder, path: 'room.md', digest: digestOf(shelved) },
    ...wanted,
    inputs: {},
    concurrency: { key: 'room.md db1', limit: 2, whenFull: 'queue', countsResting: false },
  });
  expect(requestOf(library, shelved, { ...wanted, inputs: { HOST: 'db2' } }).concurrency?.key).toBe(
    'room.md db2',
  );
});
