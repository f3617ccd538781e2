// Tests that docs/front-matter.md says of each key what the schema takes and the format means.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatEntries } from '../../../src/cli/commands/read-format-page.ts';
import {
  approvalKeys,
  checkFrontMatter,
  frontMatterKeys,
  inputKeys,
} from '../../../src/runbook/front-matter/front-matter-schema.ts';
import { outsideFormat } from '../attributes/outside-format.ts';
import { readRecipes, recipeLinks } from '../recipes.ts';

const format = readFileSync(new URL('../../../docs/format.md', import.meta.url), 'utf8');
const recipes = readRecipes();

/** Values of which each key refuses at least one. */
const unlikely = ['%', 5, [[]], { '%': { '%': {} } }];

/** What the key can have, in the words with which another value is refused. */
function takenBy(key: string): string {
  for (const value of unlikely) {
    const checked = checkFrontMatter({ [key]: value });
    if (!checked.ok) return checked.issues.find(({ path }) => path.length === 1)?.expected ?? '';
  }
  return '';
}

const below: Readonly<Record<string, readonly string[]>> = { inputs: inputKeys, approvals: approvalKeys };

function section(key: string): string {
  const [entry] = formatEntries(format, key).filter(({ kind }) => kind === 'front matter key');
  const keys = below[key];
  const links = recipeLinks(recipes, key, 'keys');
  const facts = [
    `- **Value**: ${takenBy(key)}`,
    ...(keys ? [`- **Keys of each**: ${keys.map((one) => `\`${one}\``).join(', ')}`] : []),
    links === '' ? '- **In use**: [Templates](templates.md)' : `- **In use**: ${links}`,
  ];
  const text = outsideFormat(format, entry?.text ?? '');
  return [`## ${key}`, entry?.syntax ?? '', facts.join('\n'), ...(text === '' ? [] : [text])].join('\n\n');
}

test('the page of front matter is that of the schema and of the format', async () => {
  const names = [...frontMatterKeys].sort();
  const intro =
    'What a page can say in YAML before its first line. The meanings are those of [the format](format.md#3-front-matter), which is the contract; this page is made from it and from the schema, which [editors](editors.md) read [as JSON Schema](front-matter.schema.json). `runsheet explain KEY` shows a part of it.';
  const list = names.map((name) => `[\`${name}\`](#${name})`).join(' · ');
  await expect(
    `${['# Front matter', intro, list, ...names.map(section)].join('\n\n')}\n`,
  ).toMatchFileSnapshot('../../../docs/front-matter.md');
});
