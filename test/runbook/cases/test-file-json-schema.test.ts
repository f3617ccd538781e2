import { expect, test } from 'vitest';
import { testFileJsonSchema } from '../../../src/runbook/cases/test-file-json-schema.ts';

test('the schema of files of tests in docs/ is this one; `vitest -u` writes it', async () => {
  await expect(`${JSON.stringify(testFileJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
    '../../../docs/test-file.schema.json',
  );
});
