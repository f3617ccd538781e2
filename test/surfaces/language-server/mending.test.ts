import { describe, expect, test } from 'vitest';
import { Editor } from './editor.ts';

const page = `---
title: Restart the web server
ownr: team-web
inputs:
  HOST: { description: Which server, default: web1 }
---

# Restart the web server

Restarts it where it hangs.

## Steps

### Restart it

\`\`\`sh {tiemout=30s risk=chnge}
systemctl restart "nginx@$HOST"
\`\`\`

\`\`\`
systemctl reload nginx
\`\`\`

## Verfication

\`\`\`sh
systemctl is-active nginx
\`\`\`
`;

describe('quick fixes', () => {
  test('lead an author out of five mistakes that were typed', async () => {
    const editor = await Editor.open();
    await editor.show('web.md', '');
    await editor.type('web.md', page);
    const fixed: string[] = [];
    for (;;) {
      const wrong = (await editor.told('web.md')).filter(
        ({ severity }) => severity !== undefined && severity <= 2,
      );
      const [diagnostic] = wrong;
      if (diagnostic === undefined) break;
      const [fix] = await editor.fixes('web.md', diagnostic);
      if (fix === undefined) throw new Error(`nothing mends: ${diagnostic.message}`);
      fixed.push(`${diagnostic.code}: ${fix.title}`);
      await editor.apply('web.md', fix);
    }
    expect(fixed).toEqual([
      'unknown-front-matter-key: Change `ownr` to `owner`',
      'unknown-attribute: Change `tiemout` to `timeout`',
      'bad-attribute-value: Change `chnge` to `change`',
      'doubt/unlabelled: Run it: label it `sh`',
      'misspelt-section: Change `Verfication` to `Verification`',
    ]);
    expect(editor.text('web.md')).toBe(
      page
        .replace('ownr', 'owner')
        .replace('tiemout', 'timeout')
        .replace('chnge', 'change')
        .replace('\n```\nsystemctl reload', '\n```sh\nsystemctl reload')
        .replace('Verfication', 'Verification'),
    );
  });

  const steps = '# A\n\n## Steps\n\n### One\n\n';
  test.each([
    [
      'alternative',
      '# A\n\n## Install\n\n### Option A: apt\n\n```sh\nls a\n```\n\n### Option B: snap\n\n```sh\nls b\n```\n',
    ],
    ['condition', `${steps}For example:\n\n\`\`\`sh\nls\n\`\`\`\n`],
    ['output-as-code', `${steps}Example output:\n\n\`\`\`sh\nls -l\n\`\`\`\n`],
    ['session', `${steps}\`\`\`sh\nssh web1\n\`\`\`\n\n\`\`\`sh\nsystemctl restart nginx\n\`\`\`\n`],
    [
      'teardown',
      `${steps}\`\`\`sh\nkind create cluster --name web\n\`\`\`\n\nTo undo this, run:\n\n\`\`\`sh\nkind delete cluster --name web\n\`\`\`\n`,
    ],
    ['teardown', `${steps}\`\`\`sh\nmake\n# rollback\nmake undo\n\`\`\`\n`],
    [
      'session',
      `${steps}On the primary:\n\n\`\`\`sh\nreboot\n\`\`\`\n\nOn the replica:\n\n\`\`\`sh\nreboot\n\`\`\`\n`,
    ],
    ['lookalike', `${steps}\`\`\`sh\nrm –rf x\n\`\`\`\n`],
    ['not-included', `${steps}--8<-- "check.md"\n\n\`\`\`sh\nls\n\`\`\`\n`],
    [
      'to-replace',
      `${steps}Replace \`my-cluster\` with the name of your cluster.\n\n\`\`\`sh\nkubectl config use-context my-cluster\n\`\`\`\n`,
    ],
    ['unlabelled', `${steps}\`\`\`sh\nls\n\`\`\`\n\n\`\`\`\nls -l\n\`\`\`\n`],
    [
      'unmarked',
      '# A\n\n## Build\n\n```sh\nls a\n```\n\n## Push\n\n```sh\nls b\n```\n\n## Look\n\n```sh\nls c\n```\n',
    ],
    ['condition', `${steps}### If it fails\n\n\`\`\`sh\nls\n\`\`\`\n\n\`\`\`sh\nls b\n\`\`\`\n`],
    [
      'other-procedure',
      '# Users\n\n## Solutions\n\n### Add a user\n\n```sh\nuseradd ada\n```\n\n### Rename a user\n\n```sh\nusermod -l b a\n```\n',
    ],
  ])('settle a doubt: %s', async (code, text) => {
    const editor = await Editor.open();
    const ofCode = async () => (await editor.told('a.md')).filter((one) => one.code === `doubt/${code}`);
    await editor.show('a.md', text);
    const before = await ofCode();
    const [first] = before;
    if (first === undefined) throw new Error(`no ${code}: ${JSON.stringify(await editor.told('a.md'))}`);
    const all = await editor.fixes('a.md', first);
    // That it is a choice does not say which way is taken.
    const [fix, ...others] = code === 'alternative' ? all.toReversed() : all;
    if (fix === undefined) throw new Error('nothing settles it');
    const ofOneWay = ['lookalike', 'not-included', 'to-replace'];
    expect(others.length).toBeGreaterThanOrEqual(ofOneWay.includes(code) ? 0 : 1);
    await editor.apply('a.md', fix);
    expect((await ofCode()).length).toBeLessThan(before.length);
  });

  test('an undo between the commands of a block does not take the block with it', async () => {
    const editor = await Editor.open();
    await editor.show('a.md', `${steps}\`\`\`sh\nmake\n# rollback\nmake undo\n\`\`\`\n`);
    const told = (await editor.told('a.md')).find((one) => one.code === 'doubt/teardown');
    const fixes = told === undefined ? [] : await editor.fixes('a.md', told);
    expect(fixes.map(({ title }) => title)).toEqual(['Run it: say `run`', 'Never run it: say `run=false`']);
  });

  test('end braces and blocks that are open', async () => {
    const editor = await Editor.open();
    const found = await editor.show('a.md', `${steps}\`\`\`sh {timeout=30s\nls\n\`\`\`\n\n\`\`\`sh\nls b\n`);
    for (const code of ['attribute-syntax', 'unclosed-fence']) {
      const told = (await editor.told('a.md')).find((one) => one.code === code);
      const [fix] = told === undefined ? [] : await editor.fixes('a.md', told);
      if (fix === undefined) throw new Error(`${code}: ${JSON.stringify(found)}`);
      await editor.apply('a.md', fix);
    }
    expect(editor.text('a.md')).toBe(
      `${steps}\`\`\`sh {timeout=30s}\nls\n\`\`\`\n\n\`\`\`sh\nls b\n\`\`\`\n`,
    );
  });
});
