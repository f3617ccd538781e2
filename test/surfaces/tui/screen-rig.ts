// Owns the tool on a terminal with its full screen, and how its screens are compared: without what differs between runs.
import { namedUser } from '../../e2e/named-user.ts';
import { Rig } from '../../e2e/rig.ts';
import type { RigTerminal } from '../../e2e/rig-terminal.ts';
import { stillClockVariable } from './still-clock.ts';

export interface Guided {
  readonly rig: Rig;
  readonly terminal: RigTerminal;
  /** `runsheet resume` on another terminal like the first. */
  takeUp(): RigTerminal;
}

export interface GuideOptions {
  readonly cols: number;
  readonly rows: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The tool to start in the place of the built one, such as one whose clock stands still. */
  readonly program?: string;
}

/** `runsheet run book.md` on a terminal of the given size. */
export async function guide(book: string, { env = {}, ...options }: GuideOptions): Promise<Guided> {
  const rig = await Rig.create();
  await rig.write('book.md', book);
  const all = {
    ...options,
    env: { ...namedUser('ada'), [stillClockVariable]: String(Date.now()), ...env },
  };
  return {
    rig,
    terminal: rig.terminal(['run', 'book.md', '--log', 'none'], all),
    takeUp: () => rig.terminal(['resume'], all),
  };
}

/** Waits for words on the screen, with the keys that answer: keys are shown only while they work. */
export async function ready(terminal: RigTerminal, ...words: readonly string[]): Promise<void> {
  await terminal.waitUntil(
    (lines) => {
      const last = lines.at(-1) ?? '';
      const text = lines.join('\n');
      return (
        terminal.isWhole &&
        words.every((word) => text.includes(word)) &&
        last.trim() !== '' &&
        !last.includes('One moment')
      );
    },
    `${words.join(', ')} with keys`,
  );
}

/** Presses keys, each when the words stand there. */
export async function play(
  terminal: RigTerminal,
  ...turns: readonly (readonly [words: string, keys: string])[]
) {
  for (const [words, keys] of turns) {
    await ready(terminal, words);
    terminal.type(keys);
  }
}

/** The screen without what differs between runs: run id, host and elapsed time, each as wide as before. */
export function screenOf(terminal: RigTerminal): string {
  const same = terminal.screen().map((line) =>
    line
      .trimEnd()
      .replace(/\d{8}-\d{6}-[a-z0-9]{4}/, '20260101-000000-abcd')
      .replace(/ada@[\w.-]+/g, 'ada@host')
      .replace(/root@[\w.-]+/g, 'ada@host')
      .replace(/\b\d\d:\d\d\b/, '00:00')
      .trimEnd(),
  );
  return `\n${same.join('\n')}\n`;
}

/** Pages through the text until the first key does what it says. */
export async function readOn(terminal: RigTerminal): Promise<void> {
  const isRead = (lines: readonly string[]): boolean => (lines.at(-1) ?? '').startsWith('Enter');
  while (!isRead(terminal.screen())) {
    const before = terminal.screen().join();
    terminal.type('\x1b[6~');
    await terminal.waitUntil((lines) => isRead(lines) || lines.join() !== before, 'the next page');
  }
}

/** Lets the first key do what it says, once all of the text was in sight. */
export async function proceed(terminal: RigTerminal, words: string): Promise<void> {
  await ready(terminal, words);
  await readOn(terminal);
  terminal.type('\r');
}

/** The screens of a run that are to be compared, each under a line that says where it was. */
export class Story {
  #text = '';

  /** Takes the screen once it holds the words. */
  async sees(terminal: RigTerminal, moment: string, ...words: readonly string[]): Promise<void> {
    await ready(terminal, ...words);
    this.#take(terminal, moment);
  }

  /** Takes what is left in the terminal after the end. */
  async leaves(terminal: RigTerminal, moment: string): Promise<number> {
    const { exitCode } = await terminal.ended;
    this.#take(terminal, `${moment}, exit ${exitCode}`);
    return exitCode;
  }

  /** All screens, as a text that reads from top to bottom. */
  get text(): string {
    return this.#text;
  }

  #take(terminal: RigTerminal, moment: string): void {
    const lines = screenOf(terminal).trimEnd().split('\n').slice(1);
    this.#text += `== ${moment}\n${lines.map((line) => (line === '' ? '|' : `| ${line}`)).join('\n')}\n\n`;
  }
}
