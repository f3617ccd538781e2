// Tests the whole way of an incident with the example that a reader starts: a pool that is really exhausted, the alert, the
// run that it starts, the people who answer, and everybody who is told, to the end of the alert.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { waitMs } from '../budgets.ts';
import { KeyboardBrowser } from './keyboard-browser.ts';
import { hiddenFields } from './served.ts';
import { describeWith, findProgram, freePort } from './services.ts';

const example = fileURLToPath(new URL('../../examples/alert-to-end/start.mjs', import.meta.url));

/** Starts the example; it is ended as somebody ends it in a terminal. */
async function startExample() {
  const origin = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(process.execPath, [example, new URL(origin).port], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const end = (): Promise<number | null> => {
    child.kill('SIGINT');
    return ended;
  };
  onTestFinished(async () => void (await end()));
  const until = async (pattern: RegExp): Promise<RegExpExecArray> => {
    await expect.poll(() => said, { timeout: waitMs.server * 2, interval: 100 }).toMatch(pattern);
    return pattern.exec(said) as RegExpExecArray;
  };
  return { origin, end, until, said: () => said };
}

/** Somebody at the page without a browser: the owner, by the token. */
async function signIn(origin: string, token: string) {
  const ask = async (path: string, form?: Readonly<Record<string, string>>, cookie = '') => {
    const how = form && { method: 'POST', body: new URLSearchParams(form) };
    return fetch(`${origin}${path}`, { redirect: 'manual', ...how, headers: { cookie, origin } });
  };
  const [cookie = ''] = (await ask('/sign-in', { token })).headers.getSetCookie()[0]?.split(';') ?? [];
  const get = async (path: string): Promise<string> => (await ask(path, undefined, cookie)).text();
  const until = async (path: string, pattern: RegExp): Promise<string> => {
    let page = '';
    const look = async (): Promise<string> => {
      page = await get(path);
      return page;
    };
    await expect.poll(look, { timeout: waitMs.change, interval: 200 }).toMatch(pattern);
    return page;
  };
  return {
    get,
    until,
    answer: async (run: string, fields: Readonly<Record<string, string>>): Promise<number> => {
      // The form comes when the run has come to rest, which is after it has said what it waits for.
      const hidden = hiddenFields(await until(run, /<input type="hidden" /));
      return (await ask(`${run}/answers`, { ...hidden, ...fields }, cookie)).status;
    },
  };
}

const programs = ['initdb', 'postgres', 'psql', 'prometheus', 'prometheus-alertmanager', 'chromium'];

describeWith(programs, 'an alert', () => {
  test('starts the runbook of an exhausted pool, which people bring to its end, and is resolved', async () => {
    const started = await startExample();
    const { origin } = started;
    const [, postgres = ''] = await started.until(/PostgreSQL at 127\.0\.0\.1:(\d+) has/);
    const [, token = ''] = await started.until(/signs in with the token (\S+)/);
    const sessions = async (): Promise<string> => {
      const sql = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'shop'";
      const place = ['-h', '127.0.0.1', '-p', postgres, '-U', 'postgres'];
      const { stdout } = await execa(findProgram('psql') ?? 'psql', ['-X', ...place, '-At', '-c', sql]);
      return stdout;
    };
    const owner = await signIn(origin, token);

    // What the alert may do alone: look.
    const list = await owner.until('/runs', /\/runs\/\d{8}-\d{6}-\w+/);
    const [run = ''] = /\/runs\/\d{8}-\d{6}-\w+/.exec(list) ?? [];
    const looked = await owner.until(run, /Waits for an answer/);
    expect(looked).toContain('Because of alertmanager event 1: PostgresConnectionsHigh');
    // The exporter may be looking, too.
    expect(looked).toMatch(/ (18 \| +20 \| +90|19 \| +20 \| +95)/);
    expect(looked).toContain('Write in the incident channel');
    expect(await owner.answer(run, { word: 'done', note: 'told in #incidents' })).toBe(303);
    const asked = await owner.until(run, /Waits for approval/);
    expect(asked).toContain('pg_terminate_backend');
    expect(asked).toContain(`<th scope="row"><code>PGPORT</code></th><td>${postgres}</td>`);
    expect(await sessions()).toBe('17');

    // What people say: by the link of a mail, and signed in with an account, by the keyboard alone.
    const [, link = ''] = await started.until(/mail to ann@example\.org: (http:\S+\/answer\/[\w-]{43})\n/);
    const browser = await KeyboardBrowser.open();
    const shown = await browser.open(link, /Approve exactly this/);
    expect(shown).toContain('You answer as ann; the link counts once.');
    expect(shown).toContain('pg_terminate_backend');
    await browser.tabTo(/^Comment/);
    await browser.type('they are forgotten');
    await browser.tabTo(/^Approve exactly this$/);
    await browser.enter();
    await browser.until(/^Answered/m);
    expect(await owner.until(run, /Waits for an answer/)).toContain('End every session that has been idle');
    expect(await owner.answer(run, { word: 'yes' })).toBe(303);
    // The gate was of that block; what the alert may not do alone is the rest, too.
    const rest = await owner.until(run, /Waits for approval/);
    expect(rest).toContain('approval given: “they are forgotten”, ann (link)');
    await browser.open(`${origin}${run}`, /Sign in with 127\.0\.0\.1/);
    await browser.tabTo(/^Sign in with 127\.0\.0\.1/);
    await browser.enter();
    await browser.until(/Sign-in/);
    await browser.tabTo(/^Enter any login$/);
    await browser.type('ann');
    await browser.tabTo(/^and password$/);
    await browser.type('any');
    await browser.enter();
    await browser.until(/Authorize/);
    await browser.tabTo(/^Continue$/);
    await browser.enter();
    expect(await browser.until(/Approve exactly this/)).toMatch(/^ann Sign out$/m);
    await browser.tabTo(/^Approve exactly this$/);
    await browser.enter();
    const ended = await owner.until(run, /<span class="status">succeeded/);
    expect(ended).toMatch(/\d+ \| healthy/);
    expect(ended).toMatch(/<th scope="row">approved by<\/th><td>ann \(link\), ann \(page\)<\/td>/);
    expect(await sessions()).toBe('0');

    // Who has heard of it.
    await started.until(/pager: resolve /);
    const lines = started.said().split('\n');
    expect(lines.filter((line) => line.startsWith('chat: '))).toEqual([
      expect.stringContaining('1 approval from ann'),
      expect.stringContaining('1 approval of this and all that follows'),
      expect.stringContaining('succeeded'),
    ]);
    // Each of those who answer acknowledges it.
    const pages = lines.flatMap((line) => /^pager: (\w+) (.*)$/.exec(line)?.slice(1, 3) ?? []);
    const actions = pages.filter((_, at) => at % 2 === 0);
    expect([...new Set(actions)]).toEqual(['trigger', 'acknowledge', 'resolve']);
    expect([actions[0], actions.at(-1)]).toEqual(['trigger', 'resolve']);
    expect(new Set(pages.filter((_, at) => at % 2 === 1)).size).toBe(1);
    await owner.until('/events', /resolved/);
    expect((await owner.get('/runs')).match(/<a href="\/runs\/\d/g)).toHaveLength(1);
    expect(await started.end()).toBe(0);
  });
});
