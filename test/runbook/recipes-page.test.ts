// Tests that docs/recipes.md shows each recipe as it is, and that there is one for each attribute.
import { expect, test } from 'vitest';
import { ownNames } from '../../src/runbook/attributes/read-attribute.ts';
import { frontMatterKeys } from '../../src/runbook/front-matter/front-matter-schema.ts';
import { type Recipe, readRecipes } from './recipes.ts';

const recipes = readRecipes();

const section = ({ name, title, intro, text, attributes, keys }: Recipe): string => {
  const shown = [
    ...attributes
      .filter((attribute) => attribute !== 'name' || name === 'name')
      .map((attribute) => `[\`${attribute}\`](attributes.md#${attribute})`),
    ...keys.map((key) => `[\`${key}\`](front-matter.md#${key})`),
  ];
  const prose = intro.replaceAll('](../', '](');
  const page = text.replace(/^(#.+)\n\n[\s\S]*?\n\n(?=## )/m, '$1\n\n');
  const source = `\`\`\`\`markdown\n${page}\`\`\`\``;
  return `## ${title}\n\n${prose}\n\n${source}\n\n[${name}.md](recipes/${name}.md) shows ${shown.join(', ')}.\n`;
};

test('the page of recipes is made of the recipes', async () => {
  const intro =
    'A small page for each thing that a page can say. Each is a file in `docs/recipes` that runs, and is run by a test:\n\n```console\n$ runsheet run docs/recipes/check.md --log none\n```\n\nThis page is made from them; [Attributes](attributes.md) and [Front matter](front-matter.md) are the reference.\n';
  await expect(`# Recipes\n\n${intro}\n${recipes.map(section).join('\n')}`).toMatchFileSnapshot(
    '../../docs/recipes.md',
  );
});

test('each attribute and each key of the front matter has one', () => {
  const attributes = new Set(recipes.flatMap((recipe) => recipe.attributes));
  const keys = new Set(recipes.flatMap((recipe) => recipe.keys));
  expect([...ownNames, 'env', 'with'].filter((name) => !attributes.has(name))).toEqual([]);
  // A template is no page that runs: docs/templates.md shows one.
  expect(frontMatterKeys.filter((name) => !keys.has(name))).toEqual(['template']);
});
