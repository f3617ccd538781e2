import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe('the extension for Visual Studio Code', () => {
  test('is packaged with all that it needs, and nothing else', () => {
    const target = join(temporaryFolder(), 'runsheet.vsix');
    execFileSync(process.execPath, [join(root, 'editors/vscode/package.mjs'), target]);
    const files = unzipSync(readFileSync(target));
    expect(Object.keys(files).sort()).toEqual([
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/README.md',
      'extension/THIRD-PARTY-LICENSES.txt',
      'extension/dist/extension.js',
      'extension/package.json',
      'extension/syntaxes/attributes.json',
    ]);
    const manifest = JSON.parse(text(files['extension/package.json']));
    expect(manifest).toMatchObject({
      name: 'runsheet',
      main: './dist/extension.js',
      engines: { vscode: '^1.91.0' },
    });
    expect(text(files['extension.vsixmanifest'])).toContain(
      'Id="runsheet" Version="0.1.0" Publisher="runsheet"',
    );
    const code = text(files['extension/dist/extension.js']);
    const needed = new Set([...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => name));
    expect([...needed].filter((name) => !isBuiltin(name))).toEqual(['vscode']);
  });

  test('colours the attributes of a block and of a heading', () => {
    const grammar = JSON.parse(readFileSync(join(root, 'editors/vscode/syntaxes/attributes.json'), 'utf8'));
    const line = new RegExp(grammar.patterns[0].match);
    const attribute = new RegExp(grammar.repository.attribute.patterns[0].match, 'g');
    const coloured = (written: string) =>
      [...(line.exec(written)?.[3] ?? '').matchAll(attribute)].map(([, name, , value]) => [name, value]);
    expect(coloured('```sh {timeout=30s check="test -e {}"}')).toEqual([
      ['timeout', '30s'],
      ['check', '"test -e {}"'],
    ]);
    expect(coloured('### Drain it {name=drain}')).toEqual([['name', 'drain']]);
    expect(coloured('Some {words=here}')).toEqual([]);
  });
});

test('the settings of other editors can be read', () => {
  const page = readFileSync(join(root, 'docs/editors.md'), 'utf8');
  const [, toml = ''] = /```toml\n([\s\S]*?)```/.exec(page) ?? [];
  expect(parse(toml)).toEqual({
    'language-server': { runsheet: { command: 'runsheet', args: ['lsp'] } },
    language: [{ name: 'markdown', 'language-servers': ['marksman', 'runsheet'] }],
  });
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  const settings = JSON.parse(readFileSync(join(root, 'editors/vscode/package.json'), 'utf8')).contributes
    .configuration.properties;
  expect(Object.keys(JSON.parse(json))).toEqual(Object.keys(settings));
});
