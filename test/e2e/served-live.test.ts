// Tests in a browser that an open page of a run stays what it says it is: live, or told not to be, and never taken from
// under whoever writes on it.
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { KeyboardBrowser } from './keyboard-browser.ts';
import { Rig } from './rig.ts';
import { Served, serveFile } from './served.ts';
import { describeWith } from './services.ts';

/** A proxy in front of a server, for bob: it hands on, is broken, or knows nobody. */
async function proxyOf({ origin }: Served) {
  let how: 'on' | 'broken' | 'unknown' = 'on';
  const server: Server = createServer((asked, answer) => {
    if (how === 'broken') return void answer.writeHead(502).end();
    const { host } = new URL(origin);
    const headers = { ...asked.headers, host, ...(how === 'on' && { 'x-user': 'bob' }) };
    const passed = request(`${origin}${asked.url}`, { method: asked.method ?? 'GET', headers }, (given) => {
      answer.writeHead(given.statusCode ?? 500, given.headers);
      given.pipe(answer);
    });
    answer.on('close', () => passed.destroy());
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    become: (next: typeof how) => {
      how = next;
      server.closeAllConnections();
    },
  };
}

describeWith(['chromium'], 'an open page of a run', () => {
  it('says that it is not live while the server cannot be reached, and catches up', async () => {
    const rig = await Rig.create();
    await rig.write('serve.yaml', serveFile);
    await rig.write(
      'library/slow.md',
      '# Slow\n\n## Steps\n\n```sh\nuntil test -e go; do sleep 0.05; done\n```\n',
    );
    const served = await Served.start(rig);
    const run = await served.startRun('slow.md');
    const proxy = await proxyOf(served);
    const browser = await KeyboardBrowser.open();
    await browser.open(`${proxy.address}${run}`, /a process works on it/);
    proxy.become('broken');
    expect(await browser.until(/Not live since .*: the server does not answer/)).toContain('running');
    await rig.write('library/go', '');
    await served.until(run, /succeeded/);
    proxy.become('on');
    await browser.until(/^(?![\s\S]*Not live since)[\s\S]*succeeded/);
    proxy.become('unknown');
    await browser.until(/Not live since .*: you are signed out\. Sign in again/);
  });

  it('keeps what somebody has written and where they are, whatever else is renewed', async () => {
    const rig = await Rig.create();
    await rig.write('serve.yaml', serveFile);
    await rig.write('library/end.md', '# End\n\n## Steps\n\n```sh {name=end approve=1}\necho ended\n```\n');
    const served = await Served.start(rig);
    const run = await served.startRun('end.md');
    await served.until(run, /Waits for approval/);
    const browser = await KeyboardBrowser.open();
    await browser.open(`${served.origin}/sign-in`, /Token/);
    await browser.tabTo(/^Token/);
    await browser.type(served.token);
    await browser.enter();
    await browser.until(/End/);
    const shown = await browser.open(`${served.origin}${run}`, /Timeline, \d+ events/);
    const events = Number(/Timeline, (\d+) events/.exec(shown)?.[1]);
    const more = (count: number) => browser.until(new RegExp(`Timeline, ${events + count} events`));
    await browser.tabTo(/^Comment/);
    await browser.type('looked at it');
    // What does not count is recorded all the same, and renews the page.
    const refuse = () => rig.run(['approve', run.slice('/runs/'.length), 'end']);
    await refuse();
    await more(1);
    expect(await browser.focused()).toBe('looked at it');
    await browser.tabTo(/^Deny/);
    await refuse();
    await more(2);
    expect(await browser.focused()).toBe('deny');
    // Nor has it been taken up for what does not count.
    expect((await rig.run(['show', run.slice('/runs/'.length)])).stdout).not.toContain('resumed by');
    await browser.enter();
    await browser.until(/looked at it/);
    expect((await rig.run(['show', run.slice('/runs/'.length)])).stdout).toContain('looked at it');
  });
});
