// Owns the page docs/ndjson.md, made from the schema of the records, so that the two cannot drift apart.
import { toJsonSchema } from '@valibot/to-json-schema';
import { wireRecord } from '../../../src/surfaces/headless/wire-record.ts';

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

/** The JSON Schema of one line; fields that a later version adds do not break it. */
export function wireJsonSchema(): Schema {
  const closed = JSON.stringify(toJsonSchema(wireRecord));
  return JSON.parse(closed, (key, value: unknown) =>
    key === 'additionalProperties' && value === false ? undefined : value,
  );
}

const introduction = `# Records of \`--surface ndjson\`, version 1

\`runsheet run FILE --yes --surface ndjson\` writes one JSON object per line to standard output, in the order in
which things happen. Each has \`v\`, the version of this format, and \`type\`. Records of what happened also have
\`seq\` and \`at\`. Within version 1, records and fields may be added; none is taken away or changes its meaning, so
ignore what you do not know. Secrets are never in any record.

Output is text where it is UTF-8 and base64 where it is not; a character is never cut in two. A reader that is
slower than a block does not slow the run down: output that it has no room for is left out, and said to be, and
is in the run's stored output.

This page is made from the schema, which is also there as [JSON Schema](ndjson.schema.json).
`;

export function renderWireReference(): string {
  const sections = (wireJsonSchema().oneOf ?? []).map((schema) => {
    const { v: _, type, ...fields } = schema.properties ?? {};
    const common = 'seq' in fields ? 'With `seq` and `at`. ' : '';
    const { seq: __, at: ___, ...own } = fields;
    const rows = Object.entries(own).flatMap(([name, field]) => rowsOf('', name, field, schema));
    const table = rows.length > 0 ? `\n| field | form | meaning |\n|---|---|---|\n${rows.join('\n')}\n` : '';
    return `## ${String(type?.const)}\n\n${common}${schema.description}\n${table}`;
  });
  return `${introduction}\n${sections.join('\n')}`;
}

function rowsOf(path: string, name: string, field: Schema, parent: Schema): string[] {
  const optional = parent.required?.includes(name) ? '' : ', optional';
  const row = `| \`${path}${name}\` | ${formOf(field)}${optional} | ${field.description ?? ''} |`;
  const inner = (field.type === 'array' ? field.items : field) ?? {};
  const below = Object.entries(inner.properties ?? {}).flatMap(([key, value]) =>
    rowsOf(`${path}${name}${field.type === 'array' ? '[]' : ''}.`, key, value, inner),
  );
  return [row, ...below];
}

function formOf(schema: Schema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map(formOf).join(' or ');
  if (schema.type === 'array')
    return `list of ${schema.items?.properties ? 'objects' : formOf(schema.items ?? {})}`;
  if (schema.properties) {
    const type = schema.properties.type?.const;
    if (type === undefined) return 'object';
    const others = Object.keys(schema.properties).filter((key) => key !== 'type');
    return `\`${String(type)}\`${others.length > 0 ? ` with ${others.map((key) => `\`${key}\``).join(', ')}` : ''}`;
  }
  if (typeof schema.additionalProperties === 'object')
    return `object of ${formOf(schema.additionalProperties)}`;
  return schema.type ?? 'anything';
}
