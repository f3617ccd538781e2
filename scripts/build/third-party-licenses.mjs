// Owns the list of the licences of all that is inside the bundle, found from what the bundler really took.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The text of THIRD-PARTY-LICENSES.txt; throws where a package states no licence. */
export async function thirdPartyLicenses(root, { inputs }) {
  const folders = new Set();
  for (const path of Object.keys(inputs)) {
    const at = path.lastIndexOf('node_modules/');
    if (at < 0) continue;
    const [first = '', second = ''] = path.slice(at + 'node_modules/'.length).split('/');
    folders.add(
      join(path.slice(0, at), 'node_modules', first.startsWith('@') ? `${first}/${second}` : first),
    );
  }
  const parts = await Promise.all([...folders].map((folder) => licenceOf(join(root, folder))));
  return [...new Set(parts.sort())].join(`\n${'-'.repeat(80)}\n\n`);
}

async function licenceOf(folder) {
  const stated = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const { name, version, author } = stated;
  // Packages from before 2014 list their licences.
  const license = stated.license ?? stated.licenses?.map(({ type }) => type).join(' OR ');
  if (typeof license !== 'string')
    throw new Error(`${name} ${version} states no licence; it cannot be bundled`);
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const by = typeof author === 'string' ? author : author?.name;
  const body = texts.length > 0 ? texts.join('\n').trim() : `Author: ${by ?? 'not stated'}`;
  return `${name} ${version}\nLicence: ${license}\n\n${body}\n`;
}
