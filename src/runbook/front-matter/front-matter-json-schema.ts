// Owns the JSON Schema of front matter that editors read.
import { toJsonSchema } from '@valibot/to-json-schema';
import { frontMatterSchema } from './front-matter-schema.ts';

/** The front matter's schema as JSON Schema (draft 07), for editors that complete and check YAML. */
export function frontMatterJsonSchema(): object {
  return {
    ...toJsonSchema(frontMatterSchema, { typeMode: 'input', errorMode: 'ignore' }),
    title: 'Front matter of a runbook',
  };
}
