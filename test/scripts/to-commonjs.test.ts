import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

type ToCommonJs = (modules: readonly { path: string; text: string }[]) => Promise<Map<string, string>>;
const script = pathToFileURL(join(import.meta.dirname, '../../scripts/build/to-commonjs.mjs')).href;
const { toCommonJs } = (await import(script)) as { toCommonJs: ToCommonJs };

function convert(files: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  return toCommonJs(Object.entries(files).map(([path, text]) => ({ path, text })));
}

/** What `main.cjs` prints. */
function run(files: ReadonlyMap<string, string>): string {
  const folder = temporaryFolder();
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  return execFileSync(process.execPath, [join(folder, 'main.cjs')], { encoding: 'utf8' });
}

/** Says what looks like code, in every place that is none. */
const alike = [
  'require("./other.mjs")',
  'import("./other.mjs")',
  'import("node:fs")',
  'import_other',
  'var import_other = require("./other.mjs");',
];

test('strings, templates, patterns and comments that look like code stay as they are', async () => {
  const said = alike.flatMap((text) => [JSON.stringify(text), `\`\n${text}\``]);
  const pattern = '/import_other|require\\("\\.\\/other\\.mjs"\\)/.source';
  const main = `
    import { Other, name } from './other.mjs';
    /* keep
${alike.join('\n')}
    */
    console.log('é漢🎉', new Other().name, name, { import_other: name }.import_other);
    console.log([${[...said, pattern].join(', ')}].join('\\n'));
    import('./other.mjs').then((late) => console.log(late.name === name));
    import('node:fs').then(({ readFileSync }) => console.log(typeof readFileSync));
  `;
  const files = await convert({
    'main.mjs': main,
    'other.mjs': "export const name = 'other';\nexport class Other { name = name; }\n",
  });
  expect([...files.keys()]).toEqual(['main.cjs', 'other.cjs']);
  const text = alike.flatMap((one) => [one, `\n${one}`]).join('\n');
  expect(run(files)).toBe(
    `é漢🎉 other other other\n${text}\nimport_other|require\\("\\.\\/other\\.mjs"\\)\ntrue\nfunction\n`,
  );
});

test('a module is loaded when it is used for the first time', async () => {
  const files = await convert({
    'main.mjs':
      "import { name } from './other.mjs';\nconsole.log('first');\nsetTimeout(() => console.log(name));\n",
    'other.mjs': "console.log('loaded');\nexport const name = 'other';\n",
  });
  expect(run(files)).toBe('first\nloaded\nother\n');
});

test('what awaits at top level, and what imports that at once, stays a module and finds the others', async () => {
  const files = await convert({
    'main.mjs': "import('./middle.mjs').then(({ name }) => console.log(name, './leaf.mjs'));\n",
    'middle.mjs': "import { name as own } from './awaits.mjs';\nexport const name = own;\n",
    'awaits.mjs':
      "import { name as own } from './leaf.mjs';\nexport const name = await Promise.resolve(`${own} './leaf.mjs'`);\n",
    'leaf.mjs': "export const name = 'leaf';\n",
  });
  expect([...files.keys()].sort()).toEqual(['awaits.mjs', 'leaf.cjs', 'main.cjs', 'middle.mjs']);
  expect(run(files)).toBe("leaf './leaf.mjs' ./leaf.mjs\n");
});

test('patterns of any language mean the same to who reads the file byte by byte', async () => {
  const main = `console.log(/^[（(]可选[）)]$/u.test('（可选）'), /🎉|é/u.exec('a🎉')?.index);`;
  const files = await convert({ 'main.mjs': main });
  expect([...files.values()].join('')).toMatch(/^[\u0000-\u007f]*$/);
  expect(run(files)).toBe('true 1\n');
});
