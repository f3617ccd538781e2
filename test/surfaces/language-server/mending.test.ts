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
});
