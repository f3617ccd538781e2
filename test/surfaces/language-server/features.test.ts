import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import {
  type CodeLens,
  DiagnosticSeverity,
  type DocumentSymbol,
  type Hover,
  type Location,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { Editor, tool } from './editor.ts';

const page = `---
title: Restart the web server
owner: team-web
inputs:
  HOST: { description: Which server, default: web1 }
handlers:
  nginx: systemctl reload nginx
hosts:
  web: [web1, web2]
---

# Restart the web server

See [the restart](#restart) and [how to drain](drain.md#evict).

## Steps

### Restart it {name=restart}

\`\`\`sh {timeout=30s risk=change handler=nginx host=web}
ssh "$HOST" systemctl restart nginx
\`\`\`

### Tell them

\`\`\`text {send=ops}
Restarted, go on with \`runsheet run web.md --step restart\`.
\`\`\`

## Verification

\`\`\`sh
curl "http://\${HOST}/"
\`\`\`
`;

const drain = `---
inputs:
  NODE: { description: The node to drain, required: true }
---

# Drain

## Steps

### Evict

\`\`\`sh
kubectl drain "$NODE"
\`\`\`
`;

const caller = `# Both

## Steps

### [Drain](drain.md#evict){with.NODE=web1}

### [Restart](web.md#restart){with.HOST=web1}
`;

const configuration = 'channels:\n  ops: { command: [cat] }\n';

async function open() {
  const editor = await Editor.open({
    'web.md': page,
    'drain.md': drain,
    'both.md': caller,
    'runsheet.yaml': configuration,
  });
  await editor.show('web.md', page);
  return editor;
}

const labels = (items: readonly { readonly label: string }[]) => items.map(({ label }) => label);

describe('diagnostics', () => {
  test('are those of `check`, with their severity, code and help', async () => {
    const editor = await Editor.open();
    const text = '# Ä 𝄞\n\n## Steps\n\n### É 𝄞 {tiemout=3s}\n\n```sh\nls\n```\n\n```\nls -l\n```\n';
    const found = await editor.show('a.md', text);
    expect(
      found.map(({ code, severity, message, range, source }) => ({ code, severity, message, range, source })),
    ).toEqual([
      {
        code: 'missing-parts',
        severity: DiagnosticSeverity.Information,
        message: 'nothing says what it is for\nhelp: add a sentence below the title, or `description:`',
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 6 } },
        source: 'runsheet',
      },
      {
        code: 'unknown-attribute',
        severity: DiagnosticSeverity.Error,
        message: '`tiemout` is not an attribute of a step\ndid you mean `timeout`?',
        range: { start: { line: 4, character: 10 }, end: { line: 4, character: 17 } },
        source: 'runsheet',
      },
      {
        code: 'doubt/unlabelled',
        severity: DiagnosticSeverity.Warning,
        message:
          'it looks like commands and has no label\nhelp: label it `sh` to have it run, or `text` where it is only shown',
        range: { start: { line: 10, character: 0 }, end: { line: 10, character: 3 } },
        source: 'runsheet',
      },
    ]);
    const checked = spawnSync(process.execPath, [tool, 'check', '--json', '-'], {
      input: text,
      cwd: editor.folder,
    });
    const codes = JSON.parse(checked.stdout.toString()).diagnostics.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(found.map(({ code }) => code));
  });

  test('are of the version that was typed last, and told when nothing is typed any more', async () => {
    const editor = await Editor.open();
    await editor.show('a.md', '# A\n\n');
    await editor.type('a.md', '```sh {tiemout=3s}\nls\n```\n');
    expect((await editor.told('a.md')).map(({ code }) => code)).toContain('unknown-attribute');
    expect(editor.timesTold('a.md')).toBeLessThan(10);
  });

  test('are not told of prose, and are of a page whose front matter is that of a runbook', async () => {
    const editor = await Editor.open();
    expect(await editor.show('prose.md', '# Notes\n\n## Rolback\n\nNothing to run.\n')).toEqual([]);
    const found = await editor.show('new.md', '---\ninputs:\n  A: { descripton: x }\n---\n\n# New\n');
    expect(found.map(({ code }) => code)).toContain('unknown-front-matter-key');
  });
});

describe('completion', () => {
  const typed = async (text: string) => {
    const editor = await open();
    await editor.show('new.md', text.replace('|', ''));
    const before = text.slice(0, text.indexOf('|')).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    return { editor, items: await editor.complete('new.md', position) };
  };
  const front =
    '---\ninputs:\n  PORT: { default: "80" }\nhandlers:\n  web: systemctl reload nginx\n---\n# A\n\n## Steps\n\n### One\n\n';

  test.each([
    ['a language', '```ba|\nls\n```\n', ['bash', 'sh', 'psql', 'text']],
    ['attributes of a block', '```sh {ti|}\nls\n```\n', ['timeout', 'risk', 'file']],
    ['values of an attribute', '```sh {risk=|}\nls\n```\n', ['read', 'change', 'destructive']],
    ['handlers', '```sh {handler=|}\nls\n```\n', ['web']],
    ['channels', '```text {send=|}\nls\n```\n', ['ops']],
    ['inputs in code', '```sh\necho "$|"\n```\n', ['PORT']],
    ['inputs in braces', '```http\nGET http://x/{{|\n```\n', ['PORT']],
    ['steps of a command', 'Run `runsheet run drain.md --step |`\n', ['evict']],
    ['headings of this page', 'See [it](#|)\n', ['a', 'steps', 'one']],
    ['pages', 'See [it](|)\n', ['both.md', 'drain.md', 'web.md']],
    ['headings of a page', 'See [it](drain.md#|)\n', ['drain', 'steps', 'evict']],
    ['inputs of a linked page', '[it](drain.md){|}\n', ['with.NODE']],
  ])('offers %s', async (_, text, expected) => {
    const { items } = await typed(front + text);
    expect(labels(items)).toEqual(expect.arrayContaining(expected));
  });

  test('offers keys of the front matter and their values', async () => {
    expect(labels((await typed('---\ninputs: {}\n|\n---\n# A\n')).items)).toEqual(
      expect.arrayContaining(['owner', 'handlers', 'concurrency']),
    );
    expect(labels((await typed('---\ninputs:\n  A: { |\n---\n# A\n')).items)).toContain('description');
    expect(labels((await typed('---\ninputs:\n  A:\n    type: |\n---\n# A\n')).items)).toContain('duration');
    expect(labels((await typed('---\ninputs: {}\nconcurrency: |\n---\n# A\n')).items)).toEqual([
      'forbid',
      'allow',
    ]);
    expect(labels((await typed('---\ninputs: {}\non:\n  |\n---\n# A\n')).items)).toContain('alertmanager');
    const rule = '---\ninputs: {}\non:\n  slack:\n';
    expect(labels((await typed(`${rule}    |\n---\n# A\n`)).items).slice(0, 3)).toEqual([
      'command',
      'people',
      'match',
    ]);
    expect(labels((await typed(`${rule}    may: |\n---\n# A\n`)).items)).toEqual(['read', 'change']);
    expect(labels((await typed(`${rule}    quiet:\n      then: |\n---\n# A\n`)).items)).toEqual([
      'ask',
      'wait',
      'drop',
    ]);
  });

  test('says what an attribute does, and replaces what is typed of it', async () => {
    const { items } = await typed(`${front}\`\`\`sh {ti|}\nls\n\`\`\`\n`);
    expect(items.find(({ label }) => label === 'timeout')).toMatchObject({
      detail: 'timeout=30s',
      documentation: { kind: 'markdown', value: expect.stringContaining('the whole process tree is ended') },
      textEdit: {
        newText: 'timeout=',
        range: { start: { line: 12, character: 7 }, end: { line: 12, character: 9 } },
      },
    });
  });
});

describe('hover', () => {
  const hover = async (word: string, within = 1) => {
    const editor = await open();
    const found = await editor.ask<Hover | null>('textDocument/hover', 'web.md', {
      position: editor.at('web.md', word, within),
    });
    return (found?.contents as { value: string } | undefined)?.value;
  };

  test('documents an attribute, a key and an input', async () => {
    expect(await hover('timeout=')).toContain('the whole process tree is ended');
    expect(await hover('owner:')).toContain('owner: team-database');
    expect(await hover('$HOST', 2)).toBe('**HOST**: Which server\n\n- type: string\n- default: `web1`');
  });

  test('says what a block will do', async () => {
    expect(await hover('```sh {timeout')).toBe(
      [
        '**`restart`**',
        '',
        '- risk: `change`',
        '- timeout: 30 s',
        '- on: web',
        '- has no undo of its own',
        '- `restart` is a step because its heading is one level down in a section',
      ].join('\n'),
    );
  });
});

describe('names', () => {
  const definition = async (name: string, word: string, within = 1) => {
    const editor = await open();
    if (name !== 'web.md') await editor.show(name, { 'both.md': caller, 'drain.md': drain }[name] ?? '');
    const found = await editor.ask<Location[]>('textDocument/definition', name, {
      position: editor.at(name, word, within),
    });
    return found.map(
      ({ uri, range }) =>
        `${uri.slice(uri.lastIndexOf('/') + 1)}:${range.start.line + 1}:${range.start.character + 1}`,
    );
  };

  test('lead to where they are defined', async () => {
    expect(await definition('web.md', '#restart)', 2)).toEqual(['web.md:18:22']);
    expect(await definition('web.md', 'drain.md#', 2)).toEqual(['drain.md:1:1']);
    expect(await definition('web.md', '#evict', 2)).toEqual(['drain.md:10:1']);
    expect(await definition('web.md', '$HOST', 2)).toEqual(['web.md:5:3']);
    expect(await definition('web.md', '=nginx', 2)).toEqual(['web.md:7:3']);
    expect(await definition('web.md', '=ops', 2)).toEqual(['runsheet.yaml:2:3']);
    expect(await definition('web.md', 'host=web', 6)).toEqual(['web.md:9:3']);
    expect(await definition('both.md', 'with.NODE', 6)).toEqual(['drain.md:3:3']);
  });

  test('are found wherever they stand', async () => {
    const editor = await open();
    const found = await editor.ask<Location[]>('textDocument/references', 'web.md', {
      position: editor.at('web.md', 'HOST:', 1),
      context: { includeDeclaration: false },
    });
    expect(
      found.map(({ uri, range }) => `${uri.slice(uri.lastIndexOf('/') + 1)}:${range.start.line + 1}`),
    ).toEqual(['web.md:21', 'web.md:33', 'both.md:7']);
  });

  test('are given to a step and an input everywhere', async () => {
    const editor = await open();
    await editor.show('both.md', caller);
    const rename = async (word: string, within: number, newName: string) => {
      const found = await editor.ask<WorkspaceEdit>('textDocument/rename', 'web.md', {
        position: editor.at('web.md', word, within),
        newName,
      });
      for (const name of ['web.md', 'both.md'])
        await editor.change(name, found.changes?.[editor.uri(name)] ?? []);
    };
    await rename('name=restart', 6, 'again');
    await rename('$HOST', 2, 'SERVER');
    expect(editor.text('web.md')).toBe(
      page
        .replace('#restart)', '#again)')
        .replace('name=restart', 'name=again')
        .replace('--step restart', '--step again')
        .replace('  HOST:', '  SERVER:')
        .replace('"$HOST"', '"$SERVER"')
        .replace('${HOST}', '${SERVER}'),
    );
    expect(editor.text('both.md')).toBe(
      caller.replace('#restart', '#again').replace('with.HOST', 'with.SERVER'),
    );
  });

  test('are written behind a heading that had none, and refused where they are taken', async () => {
    const editor = await open();
    const rename = (newName: string) =>
      editor.ask<WorkspaceEdit>('textDocument/rename', 'web.md', {
        position: editor.at('web.md', 'Tell them', 2),
        newName,
      });
    await expect(rename('restart')).rejects.toThrow('the page has a step `restart` already');
    await expect(rename('no name')).rejects.toThrow(
      'it has to be a name of letters, digits, `-`, `_` and `.`',
    );
    await editor.change('web.md', (await rename('tell')).changes?.[editor.uri('web.md')] ?? []);
    expect(editor.text('web.md')).toBe(page.replace('### Tell them', '### Tell them {name=tell}'));
  });
});

describe('a page', () => {
  test('has an outline', async () => {
    const editor = await open();
    const shown = (symbols: readonly DocumentSymbol[]): readonly unknown[] =>
      symbols.map(({ name, children = [] }) => (children.length === 0 ? name : [name, shown(children)]));
    expect(shown(await editor.ask('textDocument/documentSymbol', 'web.md'))).toEqual([
      [
        'Steps',
        [
          ['Restart it', ['restart']],
          ['Tell them', ['tell-them']],
        ],
      ],
      ['Verification', [['Verification', ['verification']]]],
    ]);
  });

  test('can be checked, and run from each step', async () => {
    const editor = await open();
    const lenses = await editor.ask<CodeLens[]>('textDocument/codeLens', 'web.md');
    expect(
      lenses.map(({ range, command }) => [
        range.start.line,
        command?.title,
        command?.command,
        command?.arguments?.[1],
      ]),
    ).toEqual([
      [0, 'Check this page', 'runsheet.checkPage', undefined],
      [17, 'Run from here', 'runsheet.runFrom', 'restart'],
      [23, 'Run from here', 'runsheet.runFrom', 'tell-them'],
      [29, 'Run from here', 'runsheet.runFrom', 'verification'],
    ]);
    const counted = await editor.connection.sendRequest('workspace/executeCommand', {
      command: 'runsheet.checkPage',
      arguments: [editor.uri('web.md')],
    });
    const told = await editor.told('web.md');
    const count = (wanted: DiagnosticSeverity) => told.filter(({ severity }) => severity === wanted).length;
    expect(counted).toEqual({
      errors: 0,
      warnings: count(DiagnosticSeverity.Warning),
      hints: count(DiagnosticSeverity.Information),
    });
  });
});

test('the server ends with the editor', async () => {
  const editor = await Editor.open();
  const ended = new Promise((resolve) => editor.server.once('exit', (code) => resolve(code)));
  await editor.connection.sendRequest('shutdown');
  await editor.connection.sendNotification('exit');
  expect(await ended).toBe(0);
});
