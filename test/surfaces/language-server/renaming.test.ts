// Tests that a name is changed everywhere or nowhere: a page that is renamed in half is another page.
import { expect, test } from 'vitest';
import type { Location, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { Editor } from './editor.ts';

const head = `---
inputs: { NODE: { default: a }, 'ZONE': { default: eu } }
handlers: { web: echo reload }
hosts: { grp: [web1] }
---
# P

## Steps

`;
const code = (text: string): string => `${head}\`\`\`sh {handler=web host=grp}\n${text}\n\`\`\`\n`;

async function open(page: string): Promise<Editor> {
  const editor = await Editor.open({ 'page.md': page });
  await editor.show('page.md', page);
  return editor;
}

/** The page after a name of it was changed. */
async function renamed(page: string, word: string, newName: string): Promise<string> {
  const editor = await open(page);
  const position = editor.at('page.md', word, word.length - 1);
  const { changes } = await editor.ask<WorkspaceEdit>('textDocument/rename', 'page.md', {
    position,
    newName,
  });
  await editor.change('page.md', changes?.[editor.uri('page.md')] ?? []);
  return editor.text('page.md');
}

test('what is declared in braces is found, and changed with what names it', async () => {
  const page = code('true');
  const editor = await open(page);
  for (const [word, line] of [
    ['handler=web', 3],
    ['host=grp', 4],
  ] as const) {
    const position = editor.at('page.md', word, word.length - 1);
    const found = await editor.ask<Location[]>('textDocument/definition', 'page.md', { position });
    expect(found.map(({ range }) => range.start.line + 1)).toEqual([line]);
  }
  expect(await renamed(page, 'handler=web', 'proxy')).toBe(
    page.replace('{ web:', '{ proxy:').replace('handler=web', 'handler=proxy'),
  );
  expect(await renamed(code('echo $ZONE'), '$ZONE', 'AREA')).toBe(
    code('echo $AREA').replace("'ZONE'", "'AREA'"),
  );
});

test.each([
  'NODE=5; export NODE; read NODE; unset NODE',
  'A=1 NODE=2 run "$NODE" # of NODE',
  'read -rp "NODE? " NODE && ((NODE++))',
  '[[ -v NODE ]] || printf -v NODE %s b; echo "${NODE}"',
  'for NODE in a b; do echo "$NODE"; done',
  'if NODE=$(look); then unset "NODE"; fi; docker run -e NODE=x img; echo "NODE is up"; cat /srv/NODE',
])('%s', async (text) => {
  const isOther = /#.*NODE|"NODE\? "|-e NODE=|"NODE is up"|\/srv\/NODE/g;
  const kept = text.match(isOther) ?? [];
  const expected = kept.reduce(
    (all, one) => all.replace(one.replaceAll('NODE', 'HOST_'), one),
    text.replaceAll('NODE', 'HOST_'),
  );
  expect(await renamed(code(text), 'NODE', 'HOST_')).toBe(code(expected).replace('{ NODE:', '{ HOST_:'));
});

test('what may be the variable or not is left to the author', async () => {
  await expect(renamed(code('docker run -e NODE img; echo $NODE'), '$NODE', 'HOST_')).rejects.toThrow(
    'line 11 holds `NODE`, which may be the variable or a word like any other: change that line first',
  );
});
