import { expect, test } from 'vitest';
import { frontMatterJsonSchema } from '../../../src/runbook/front-matter/front-matter-json-schema.ts';
import { frontMatterKeys } from '../../../src/runbook/front-matter/front-matter-schema.ts';

test('the JSON Schema of front matter describes every key and leaves others alone', () => {
  const schema = frontMatterJsonSchema() as {
    type: string;
    properties: Record<string, object>;
    additionalProperties?: unknown;
  };
  expect(schema.type).toBe('object');
  expect(Object.keys(schema.properties)).toEqual(frontMatterKeys);
  expect(schema.properties.log).toEqual({
    enum: ['document', 'changes', 'summary', 'copy', 'none'],
    type: 'string',
  });
  expect(schema.properties.outputs).toEqual({
    type: 'array',
    items: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
  });
  expect(schema.additionalProperties).not.toBe(false);
});

test('the schema in docs/ is this one; `vitest -u` writes it', async () => {
  await expect(`${JSON.stringify(frontMatterJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
    '../../../docs/front-matter.schema.json',
  );
});
