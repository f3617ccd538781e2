// Owns packaging the extension: bundles it and writes runsheet.vsix, a zip with its files and two of the form.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { thirdPartyLicenses } from '../../scripts/build/third-party-licenses.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(folder, 'runsheet.vsix');
const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));

const root = join(folder, '..', '..');
const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['editors/vscode/src/extension.ts'],
  outdir: join(folder, 'dist'),
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  external: ['vscode'],
  minifySyntax: true,
  metafile: true,
  write: false,
  logLevel: 'warning',
});
const [bundle] = outputFiles;

const xml = (text) => text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);

const vsixManifest = `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${xml(manifest.name)}" Version="${xml(manifest.version)}" Publisher="${xml(manifest.publisher)}"/>
    <DisplayName>${xml(manifest.displayName)}</DisplayName>
    <Description xml:space="preserve">${xml(manifest.description)}</Description>
    <Tags>markdown,runbook</Tags>
    <Categories>${xml(manifest.categories.join(','))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${xml(manifest.engines.vscode)}"/>
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace"/>
    </Properties>
    <License>extension/LICENSE.txt</License>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code"/>
  </Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true"/>
  </Assets>
</PackageManifest>
`;

const contentTypes = `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension=".json" ContentType="application/json"/>
  <Default Extension=".js" ContentType="application/javascript"/>
  <Default Extension=".md" ContentType="text/markdown"/>
  <Default Extension=".txt" ContentType="text/plain"/>
  <Default Extension=".vsixmanifest" ContentType="text/xml"/>
</Types>
`;

const read = (...path) => readFile(join(folder, ...path));
const { scripts: _scripts, private: _private, ...shipped } = manifest;
// One date for all, in local time as in a zip, so that the same files make the same package.
const files = {
  'extension.vsixmanifest': Buffer.from(vsixManifest),
  '[Content_Types].xml': Buffer.from(contentTypes),
  'extension/package.json': Buffer.from(`${JSON.stringify(shipped, null, 2)}\n`),
  'extension/README.md': await read('README.md'),
  'extension/LICENSE.txt': await readFile(join(root, 'LICENSE')),
  'extension/THIRD-PARTY-LICENSES.txt': Buffer.from(await thirdPartyLicenses(root, metafile)),
  'extension/syntaxes/attributes.json': await read('syntaxes', 'attributes.json'),
  'extension/dist/extension.js': bundle.contents,
};
await writeFile(target, zipSync(files, { mtime: new Date(2026, 0, 1, 12), level: 9 }));
console.log(target);
