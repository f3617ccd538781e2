// Owns the JSON Schema of the files of tests that editors read.
import { toJsonSchema } from '@valibot/to-json-schema';
import { testFileSchema } from './test-file-schema.ts';

/** The schema of `name.test.yaml` as JSON Schema (draft 07), for editors that complete and check YAML. */
export function testFileJsonSchema(): object {
  return {
    ...toJsonSchema(testFileSchema, { typeMode: 'input', errorMode: 'ignore' }),
    title: 'Tests of a runbook',
  };
}
