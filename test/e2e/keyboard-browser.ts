// Owns a headless Chromium that a test uses by the keyboard alone, through the pipe of its debugging protocol.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { waitMs } from '../budgets.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The words of a page that is whole and is not about to be left. */
const wordsOfPage = 'document.readyState === "complete" && !globalThis.isLeft ? document.body.innerText : ""';

type Values = Readonly<Record<string, unknown>>;

/** One window of a browser of its own profile, in which nobody is signed in. */
export class KeyboardBrowser {
  readonly #write: (text: string) => void;
  readonly #waiting = new Map<number, (answer: Values) => void>();
  #session: string | undefined;
  #last = 0;

  private constructor(write: (text: string) => void) {
    this.#write = write;
  }

  static async open(): Promise<KeyboardBrowser> {
    const profile = await mkdtemp(join(tmpdir(), 'runsheet-browser-'));
    const flags = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
    ];
    const child = spawn(
      'chromium',
      [...flags, `--user-data-dir=${profile}`, '--remote-debugging-pipe', 'about:blank'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
    );
    const ended = new Promise((resolve) => child.once('close', resolve));
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    });
    const [input, output] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
    // It is killed while it may still be told something.
    input.on('error', () => {});
    const browser = new KeyboardBrowser((text) => input.write(`${text}\0`));
    let rest = '';
    output.setEncoding('utf8').on('data', (chunk: string) => {
      const messages = (rest + chunk).split('\0');
      rest = messages.pop() ?? '';
      for (const message of messages) browser.#take(JSON.parse(message));
    });
    const { targetId } = await browser.#ask('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await browser.#ask('Target.attachToTarget', { targetId, flatten: true });
    browser.#session = String(sessionId);
    return browser;
  }

  /** Opens an address, and gives what the page says once `pattern` is in it. */
  async open(address: string, pattern: RegExp): Promise<string> {
    // What is there now may say the same, and is asked until the new page has come.
    await this.#say('globalThis.isLeft = true');
    await this.#ask('Page.navigate', { url: address });
    return this.until(pattern);
  }

  /** The words of the page, once they match. */
  async until(pattern: RegExp): Promise<string> {
    for (const endsAt = Date.now() + waitMs.change; Date.now() < endsAt; ) {
      const words = await this.#say(wordsOfPage);
      if (pattern.test(words)) return words;
    }
    throw new Error(`the page does not come to say ${pattern}`);
  }

  /** Goes on with the tab key to the element that is labelled so. */
  async tabTo(label: RegExp): Promise<void> {
    for (let presses = 0; presses < 100; presses += 1) {
      await this.#press('Tab', 9);
      const focused =
        'document.activeElement?.labels?.[0]?.innerText || document.activeElement?.innerText || document.activeElement?.placeholder || ""';
      if (label.test(await this.#say(focused))) return;
    }
    throw new Error(`nothing that is reached by the keyboard is labelled ${label}`);
  }

  /** What the element that has the focus holds, or says. */
  async focused(): Promise<string> {
    return this.#say('document.activeElement?.value || document.activeElement?.innerText || ""');
  }

  async type(text: string): Promise<void> {
    await this.#ask('Input.insertText', { text });
  }

  /** Looks at pages from here on in a window of that width, on that ground. */
  async look(width: number, ground: 'light' | 'dark'): Promise<void> {
    const size = { width, height: 900, deviceScaleFactor: 1, mobile: false };
    await this.#ask('Emulation.setDeviceMetricsOverride', size);
    const features = [{ name: 'prefers-color-scheme', value: ground }];
    await this.#ask('Emulation.setEmulatedMedia', { features });
  }

  /** Rules of axe-core that the page breaks with all of its folds open, and by how many pixels it is too wide. */
  async faults(rules: 'all' | readonly string[] = 'all'): Promise<readonly string[]> {
    if ((await this.#say('String(typeof axe)')) === 'undefined') await this.#say(axe);
    const options = rules === 'all' ? {} : { runOnly: rules };
    const found = await this.#say(`(async () => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
      const { violations } = await axe.run(document, ${JSON.stringify(options)});
      const tooWide = document.documentElement.scrollWidth - innerWidth;
      return JSON.stringify([
        ...violations.map(({ id, nodes }) => id + ': ' + nodes[0].html),
        ...(tooWide > 0 ? [tooWide + ' pixels too wide'] : []),
      ]);
    })()`);
    return JSON.parse(found);
  }

  async enter(): Promise<void> {
    await this.#press('Enter', 13, '\r');
  }

  async #press(key: string, code: number, text?: string): Promise<void> {
    const what = { key, code: key, windowsVirtualKeyCode: code };
    await this.#ask('Input.dispatchKeyEvent', { type: 'keyDown', ...what, ...(text && { text }) });
    await this.#ask('Input.dispatchKeyEvent', { type: 'keyUp', ...what });
  }

  async #say(expression: string): Promise<string> {
    const { result } = await this.#ask('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    return String((result as Values | undefined)?.value ?? '');
  }

  #ask(method: string, params: Values): Promise<Values> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#write(JSON.stringify({ id, method, params, ...(this.#session && { sessionId: this.#session }) }));
    });
  }

  #take({ id, result, error }: Values): void {
    if (typeof id !== 'number') return;
    this.#waiting.get(id)?.((result ?? error ?? {}) as Values);
    this.#waiting.delete(id);
  }
}
