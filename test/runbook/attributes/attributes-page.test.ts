// Tests that docs/attributes.md says of each attribute what the code reads and the format means.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatEntries } from '../../../src/cli/commands/read-format-page.ts';
import type { WrittenAttribute } from '../../../src/runbook/attributes/parse-fence-info.ts';
import { isBlockName, ownNames, readAttribute } from '../../../src/runbook/attributes/read-attribute.ts';
import { readRecipes, recipeLinks } from '../recipes.ts';
import { outsideFormat } from './outside-format.ts';

const format = readFileSync(new URL('../../../docs/format.md', import.meta.url), 'utf8');
const recipes = readRecipes();

/** Values that some attribute cannot have: none, no text, and texts that are hardly anything. */
const unlikely = [undefined, '', ' ', '%', '%=%', '/('];

function written(name: string, value: string | undefined): WrittenAttribute {
  const place = { nameStart: 0, nameEnd: 0, valueStart: 0, valueEnd: 0 };
  return { name, negated: false, quoted: 'no', ...place, ...(value !== undefined && { value }) };
}

/** What the attribute can have, in the words with which another value is refused. */
function takenBy(name: string): string {
  const onBlock = !isHeadingName(name);
  const refusal = unlikely
    .map((value) => readAttribute(written(name, value), {}, onBlock))
    .find((reading) => reading?.ok === false);
  const said = refusal?.ok === false ? refusal.error : 'any text';
  const canBeBare = readAttribute(written(name, undefined), {}, onBlock)?.ok === true;
  return canBeBare && !said.startsWith('nothing') ? `nothing, or ${said}` : said;
}

const isHeadingName = (name: string): boolean => readAttribute(written(name, 'x'), {}, true) === undefined;

function placeOf(name: string): string {
  if (name === 'with' || name === 'digest') return 'a link, or the heading that is one';
  if (name === 'env') return 'a block, or a heading for its step';
  if (isHeadingName(name)) return 'a heading';
  return isBlockName(name) ? 'a block' : 'a block, or a heading for its step';
}

const section = (name: string): string => {
  const entries = formatEntries(format, name).filter(({ kind }) => kind === 'attribute');
  const meanings = entries.map(({ syntax, text }) => `${syntax}: ${outsideFormat(format, text)}.`);
  const value = name === 'env' || name === 'with' ? 'any text, of the variable after the dot' : takenBy(name);
  return [
    `## ${name}`,
    meanings.join('\n\n'),
    [
      `- **Stands on** ${placeOf(name)}`,
      `- **Value**: ${value}`,
      `- **In use**: ${recipeLinks(recipes, name, 'attributes')}`,
    ].join('\n'),
  ].join('\n\n');
};

test('the page of attributes is that of the code and of the format', async () => {
  const names = [...new Set([...ownNames, 'env', 'with'])].sort();
  const intro =
    'What can stand in braces behind the language of a block, behind a heading or behind a link. The meanings are those of [the format](format.md#2-code-blocks), which is the contract; this page is made from it and from what the tool reads. `runsheet explain NAME` shows a part of it.';
  const list = names.map((name) => `[\`${name}\`](#${name})`).join(' · ');
  await expect(`${['# Attributes', intro, list, ...names.map(section)].join('\n\n')}\n`).toMatchFileSnapshot(
    '../../../docs/attributes.md',
  );
});
