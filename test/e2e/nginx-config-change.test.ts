// Tests runbooks/nginx-config-change.md with a real nginx on loopback.
import { expect, test } from 'vitest';
import { resultsOf, statusesOf } from './document-results.ts';
import { isPlain, pageOf } from './plain-pages.ts';
import { expectExit, inputs, Rig } from './rig.ts';
import { describeWith, freePort, startNginx } from './services.ts';
import { storyOf } from './told-story.ts';

async function rigWithSite() {
  const rig = await Rig.create();
  await rig.copy(pageOf('nginx-config-change'));
  const port = await freePort();
  const site = (text: string) =>
    `server { listen 127.0.0.1:${port}; location / { return 200 "${text}\\n"; } }\n`;
  const siteFile = await rig.write('nginx/site.conf', site('the old page'));
  const nginx = await startNginx(rig.path('nginx'), [siteFile]);
  const url = `http://127.0.0.1:${port}/`;
  return {
    rig,
    site,
    oldConfiguration: site('the old page'),
    served: async () => (await fetch(url)).text(),
    run: (more: Record<string, string>) =>
      rig.run([
        'run',
        'nginx-config-change.md',
        '--yes',
        '--on-failure',
        'rollback',
        ...inputs({
          NEW_CONF: rig.path('new.conf'),
          SITE_CONF: siteFile,
          NGINX_CONF: nginx.configuration,
          NGINX_PREFIX: nginx.folder,
          SITE_URL: url,
          EXPECTED_TEXT: 'the new page',
          ...more,
        }),
      ]),
  };
}

describeWith(['nginx', 'curl'], 'nginx-config-change.md', () => {
  test('serves the new configuration', async () => {
    const { rig, site, served, run } = await rigWithSite();
    await rig.write('new.conf', site('the new page'));
    expect(await served()).toBe('the old page\n');

    expectExit(await run({}), 0);

    // A worker of before the reload may answer for another moment.
    await expect.poll(served).toBe('the new page\n');
    expect(await rig.file('nginx/site.conf')).toBe(site('the new page'));
    if (isPlain) return;
    const document = await rig.file('nginx-config-change.md');
    expect(statusesOf(document)).toEqual({
      'nginx-runs-and-its-configuration-is-good-as-it-is': 'passed',
      'the-site-is-up': 'passed',
      'new-file': 'passed',
      install: 'passed',
      'page-is-as-expected': 'passed',
    });
    expect(resultsOf(document).install?.output).toContain('+server { listen');
    expect(document).toContain('> - ✔ passed `put-the-new-file-in-place/then/nginx` in ');
  });

  test('a second run finds the change already made', async () => {
    const { rig, site, run } = await rigWithSite();
    await rig.write('new.conf', site('the new page'));
    expectExit(await run({}), 0);
    expectExit(await run({}), 0);
    if (isPlain) return;
    const document = await rig.file('nginx-config-change.md');
    expect(statusesOf(document)).toMatchObject({ install: 'already done', 'page-is-as-expected': 'passed' });
    expect(document).not.toContain('✔ passed `put-the-new-file-in-place/then/nginx`');
  });

  test('goes back when the page is not as expected: the served page is as before', async () => {
    const { rig, site, oldConfiguration, served, run } = await rigWithSite();
    await rig.write('new.conf', site('a page with a mistake'));

    expectExit(await run({}), 3);

    // A worker of before the last reload may answer for another moment.
    await expect.poll(served).toBe('the old page\n');
    expect(await rig.file('nginx/site.conf')).toBe(oldConfiguration);
    if (isPlain) return;
    expect(statusesOf(await rig.file('nginx-config-change.md'))).toMatchObject({
      install: 'passed',
      'page-is-as-expected': 'failed',
      'site-is-back': 'passed',
    });
    expect(await storyOf(rig)).toEqual(
      expect.arrayContaining([
        '`install/undo` passed (3 lines)',
        '`put-the-new-file-in-place/then/nginx/undo` passed (3 lines)',
      ]),
    );
  });

  test('goes back before the reload when nginx refuses the new file', async () => {
    const { rig, oldConfiguration, served, run } = await rigWithSite();
    await rig.write('new.conf', 'server { listen nonsense }\n');

    expectExit(await run({}), 3);

    expect(await served()).toBe('the old page\n');
    expect(await rig.file('nginx/site.conf')).toBe(oldConfiguration);
    if (isPlain) return;
    const story = await storyOf(rig);
    expect(story.find((line) => line.includes('`put-the-new-file-in-place/then/nginx` failed'))).toMatch(
      / -t/,
    );
    expect(story).toContain('`put-the-new-file-in-place/then/nginx/undo` passed (3 lines)');
    expect(statusesOf(await rig.file('nginx-config-change.md'))).not.toHaveProperty('page-is-as-expected');
  });

  test('begins nothing when the new file is missing', async () => {
    const { rig, oldConfiguration, run } = await rigWithSite();
    expectExit(await run({}), 4);
    expect(await rig.file('nginx/site.conf')).toBe(oldConfiguration);
  });
});
