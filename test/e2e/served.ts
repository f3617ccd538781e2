// Owns a server that a test has started, and people who look at it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { waitMs } from '../budgets.ts';
import type { Rig, Running } from './rig.ts';

/** Somebody whom the proxy in front of the server names. */
export type Who = 'ann' | 'bob' | 'eve';

/** What the server answers. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** The configuration of all of these servers: ann approves, bob operates, eve may look. */
export const serveFile = `people:
  ann: { roles: [viewer, approver] }
  bob: { roles: [viewer, operator] }
  eve: { roles: [viewer] }
proxy: { header: X-User, from: [127.0.0.1] }
`;

/** A server on a port of its own. */
export class Served {
  readonly process: Running;
  readonly origin: string;
  readonly token: string;
  readonly #rig: Rig;

  private constructor(rig: Rig, process: Running, origin: string, token: string) {
    this.#rig = rig;
    this.process = process;
    this.origin = origin;
    this.token = token;
  }

  /** Starts one over the rig's folder `library`. */
  static async start(
    rig: Rig,
    more: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
    library: readonly string[] = ['--library', 'library'],
  ): Promise<Served> {
    const process = rig.start(['serve', '--listen', '127.0.0.1:0', ...library, ...more], { env });
    await process.waitFor(/signs in with the token \S+\n/);
    const said = process.said();
    const [, origin = ''] = / at (http:\S+)/.exec(said) ?? [];
    const [, token = ''] = /the token (\S+)/.exec(said) ?? [];
    return new Served(rig, process, origin, token);
  }

  async get(path: string, who?: Who, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    return this.#ask(path, { headers: { ...(who && { 'X-User': who }), ...headers } });
  }

  /** Asks it to end, and resolves when a block that runs now is the last one of this run before the next server. */
  async stopBehind(run: string): Promise<void> {
    this.process.kill('SIGTERM');
    // The page of a server that ends cannot be asked.
    const journal = join(this.#rig.stateFolder, run, 'journal.ndjson');
    const isPaused = async (): Promise<boolean> =>
      (await readFile(journal, 'utf8')).includes('"reason":"drained"');
    await expect.poll(isPaused).toBe(true);
  }

  /** Sends a form of the page. */
  async post(
    path: string,
    form: Readonly<Record<string, string>>,
    who?: Who,
    headers: Readonly<Record<string, string>> = { Origin: this.origin },
  ): Promise<Answered> {
    return this.#ask(path, {
      method: 'POST',
      headers: { ...(who && { 'X-User': who }), ...headers },
      body: new URLSearchParams(form),
    });
  }

  /** Starts a run as bob; gives its path. */
  async startRun(path: string, inputs: Readonly<Record<string, string>> = {}): Promise<string> {
    const form = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`input.${name}`, value]));
    const started = await this.post('/start', { path, ...form }, 'bob');
    const location = started.headers.get('location');
    if (started.status !== 303 || location === null) throw new Error(`not started: ${started.text}`);
    return location;
  }

  /** The page once it matches; it is looked at whenever its run says that there is more. */
  async until(path: string, pattern: RegExp, who: Who = 'eve'): Promise<string> {
    const watching = new AbortController();
    const late = setTimeout(() => watching.abort(), waitMs.change);
    const changes = await fetch(`${this.origin}${path}/changes`, {
      headers: { 'X-User': who },
      signal: watching.signal,
    });
    let seen = '';
    try {
      seen = (await this.get(path, who)).text;
      if (pattern.test(seen)) return seen;
      for await (const _ of changes.body ?? []) {
        seen = (await this.get(path, who)).text;
        if (pattern.test(seen)) return seen;
      }
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    } finally {
      clearTimeout(late);
      watching.abort();
    }
    throw new Error(`${path} does not come to show ${pattern}, but ${seen.replaceAll(/<[^>]*>\s*/g, ' ')}`);
  }

  async #ask(path: string, how: RequestInit): Promise<Answered> {
    const answer = await fetch(`${this.origin}${path}`, { redirect: 'manual', ...how });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  }
}

/** The fields that a form of the page sends by themselves. */
export function hiddenFields(page: string): Readonly<Record<string, string>> {
  const fields = page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g);
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value]));
}
