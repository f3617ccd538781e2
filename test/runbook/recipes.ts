// Owns reading docs/recipes/: small pages that run, and which attributes and keys of the front matter each shows.
import { readdirSync, readFileSync } from 'node:fs';
import { slug } from 'github-slugger';
import { parse } from 'yaml';
import { parseFenceInfo } from '../../src/runbook/attributes/parse-fence-info.ts';

export interface Recipe {
  /** The name of its file without `.md`. */
  readonly name: string;
  readonly title: string;
  /** The paragraphs between its title and its first section. */
  readonly intro: string;
  /** The whole file. */
  readonly text: string;
  /** Attributes that it has, `env.NAME` as `env`. */
  readonly attributes: readonly string[];
  /** Keys of its front matter. */
  readonly keys: readonly string[];
}

const folder = new URL('../../docs/recipes/', import.meta.url);

/** All recipes, by name. */
export function readRecipes(): readonly Recipe[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.md'));
  return files.sort().map((file) => recipeOf(file.slice(0, -3), readFileSync(new URL(file, folder), 'utf8')));
}

function recipeOf(name: string, text: string): Recipe {
  const [, head = '', body = ''] = /^(?:---\n([\s\S]*?)---\n\n)?([\s\S]*)$/.exec(text) ?? [];
  const [, title = '', intro = ''] = /^# (.+)\n\n([\s\S]*?)\n\n## /.exec(body) ?? [];
  const groups = [...body.matchAll(/^(?:`{3,}|#).*?(\{.*\})$/gm)].map(([, group = '']) => `sh ${group}`);
  const written = groups.flatMap((group) => parseFenceInfo(group, 0, group.length).attributes);
  const attributes = new Set(written.map((attribute) => attribute.name.replace(/\..*/, '')));
  return { name, title, intro, text, attributes: [...attributes], keys: Object.keys(parse(head) ?? {}) };
}

/** Links to the recipes that show something: the one of its name, else each that has it. */
export function recipeLinks(recipes: readonly Recipe[], name: string, of: 'attributes' | 'keys'): string {
  const using = recipes.filter((recipe) => recipe[of].includes(name));
  const own = using.filter((recipe) => recipe.name === name);
  return (own.length > 0 ? own : using)
    .map((recipe) => `[${recipe.title}](recipes.md#${slug(recipe.title)})`)
    .join(', ');
}
