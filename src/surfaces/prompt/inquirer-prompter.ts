// Owns inquirer: asking with single keys and moving choices on a terminal that can.
import {
  createPrompt,
  isDownKey,
  isEnterKey,
  isTabKey,
  isUpKey,
  type KeypressEvent,
  useEffect,
  useKeypress,
  usePagination,
  useState,
} from '@inquirer/core';
import { checkbox, input as inputPrompt, password } from '@inquirer/prompts';
import { displayWidth } from '../../text/display-width.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type Palette, paintLine } from '../../view/layout/palette.ts';
import { lineWidth, type StyledRun, styled } from '../../view/layout/styled-line.ts';
import { fitLine, type Indent, wrapRuns } from '../../view/layout/wrap-runs.ts';
import { afterInputPoll } from '../after-input-poll.ts';
import { completePath } from '../complete-path.ts';
import { type AskedFor, GuardedKeys, refusedPaste } from '../guarded-keys.ts';
import { matchingPicks } from '../matching-picks.ts';
import type { MenuChoice } from '../question-choices.ts';
import {
  type Box,
  type IsPath,
  type Menu,
  OperatorLeft,
  type Pick,
  type Prompter,
  QuestionWithdrawn,
} from './prompter.ts';

/** The terminal marks what is pasted, or does so no more. */
const markPastes = '\u001b[?2004h';
const markNoPastes = '\u001b[?2004l';

/** The terminal to ask on, and how text is edited beside it. */
export interface InquirerPrompterOptions {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly palette: Palette;
  /** Changes text in the operator's editor; undefined when they gave up. */
  readonly edit: (text: string) => Promise<string | undefined>;
}

interface MenuConfig<Value> {
  readonly message: string;
  readonly choices: readonly MenuChoice<Value>[];
  readonly layout: 'keys' | 'list';
  readonly enter: MenuChoice<Value> | undefined;
  readonly palette: Palette;
  readonly columns: number;
}

/** A key decides at once; after it, the menu leaves one line with the answer. */
const keyMenu = <Value>() =>
  createPrompt<MenuChoice<Value>, MenuConfig<Value>>((config, done) => {
    const { choices, enter, layout, message, palette } = config;
    const [chosen, setChosen] = useState<MenuChoice<Value> | undefined>(undefined);
    const [hasRefused, setRefused] = useState(false);
    useKeypress((event: KeypressEvent & { readonly sequence?: string }, readline) => {
      readline.clearLine(0);
      setRefused(event.name === refusedPaste);
      if (chosen || event.ctrl) return;
      const found = isEnterKey(event) ? enter : choices.find(({ key }) => key === event.sequence);
      if (!found) return;
      setChosen(found);
      done(found);
    });
    const mark = palette.paint('?', { tone: 'accent', bold: true });
    const question = palette.paint(visibleText(message), { bold: true });
    if (chosen) return `${mark} ${question} ${palette.paint(chosen.label, { tone: 'accent' })}`;
    const bottom = layout === 'list' ? choiceList(choices, config) : keyLine(choices, config);
    const refused = palette.paint('  pasted text answers nothing here: press one key', { tone: 'warn' });
    return [`${mark} ${question} `, hasRefused ? `${bottom}\n${refused}` : bottom];
  });

/** One line of keys, wrapped between two of them. */
function keyLine<Value>(
  choices: readonly MenuChoice<Value>[],
  { enter, palette, columns }: MenuConfig<Value>,
): string {
  const others = choices.filter((choice) => choice !== enter).map(({ key, label }) => [key, label] as const);
  const all = enter ? [['Enter', enter.label] as const, ...others] : others;
  const dot = styled(` ${palette.symbols.dot} `, { tone: 'muted' });
  const lines: StyledRun[][] = [[styled('  ')]];
  for (const [key, label] of all) {
    const piece = [styled(key, { bold: true }), styled(` ${label}`, { tone: 'muted' })];
    const last = lines.at(-1) ?? [];
    if (last.length > 1 && lineWidth([...last, dot, ...piece]) >= columns)
      lines.push([styled('  '), ...piece]);
    else last.push(...(last.length > 1 ? [dot] : []), ...piece);
  }
  return lines.map((line) => paintLine(line, palette)).join('\n');
}

/** A line for each choice, what it does beside it. */
function choiceList<Value>(
  choices: readonly MenuChoice<Value>[],
  { enter, palette, columns }: MenuConfig<Value>,
): string {
  const shown = (choice: MenuChoice<Value>): string => `${choice.label}${choice === enter ? ' (Enter)' : ''}`;
  const width = Math.max(...choices.map((choice) => displayWidth(shown(choice))));
  return choices
    .flatMap((choice) => {
      const { key, does } = choice;
      const mark = styled(`  ${key}  `, { bold: true });
      const name = styled(
        `${visibleText(shown(choice))}${' '.repeat(width - displayWidth(shown(choice)))}  `,
      );
      const indent: Indent = { first: [mark, name], rest: [styled(' '.repeat(lineWidth([mark, name])))] };
      return wrapRuns([styled(does ?? '', { tone: 'muted' })], Math.max(40, columns - 1), indent);
    })
    .map((line) => paintLine(line, palette))
    .join('\n');
}

interface PickConfig<Value> {
  readonly message: string;
  readonly picks: readonly Pick<Value>[];
  readonly pageSize: number;
  readonly columns: number;
  readonly palette: Palette;
}

/** Typing narrows the list at once, so that no key is lost between a letter and what it finds. */
const pickMenu = <Value>() =>
  createPrompt<Pick<Value>, PickConfig<Value>>((config, done) => {
    const { message, picks, pageSize, palette } = config;
    const [typed, setTyped] = useState('');
    const [active, setActive] = useState(0);
    const [chosen, setChosen] = useState<Pick<Value> | undefined>(undefined);
    const found = matchingPicks(picks, typed);
    useKeypress((key, readline) => {
      if (chosen) return;
      const rewrite = (): void => {
        readline.clearLine(0);
        readline.write(typed);
      };
      const current = found[active];
      if (isEnterKey(key) && current === undefined) rewrite();
      else if (isEnterKey(key)) {
        setChosen(current);
        if (current !== undefined) done(current);
      } else if (isUpKey(key) || isDownKey(key)) {
        rewrite();
        const next = active + (isUpKey(key) ? -1 : 1);
        setActive(Math.max(0, Math.min(found.length - 1, next)));
      } else if (readline.line !== typed) {
        setTyped(readline.line);
        setActive(0);
      }
    });
    const page = usePagination({
      items: found,
      active,
      pageSize,
      loop: false,
      renderItem: ({ item, isActive }) => pickLine(item, isActive, config),
    });
    const mark = palette.paint('?', { tone: 'accent', bold: true });
    const question = palette.paint(visibleText(message), { bold: true });
    if (chosen) return `${mark} ${question} ${palette.paint(visibleText(chosen.name), { tone: 'accent' })}`;
    const below =
      found.length === 0 ? palette.paint('  there is nothing with this name', { tone: 'warn' }) : page;
    return [`${mark} ${question} ${visibleText(typed)}`, below];
  });

/** Its name, and beside it what else is known, in one line. */
function pickLine<Value>(
  { name, note }: Pick<Value>,
  isActive: boolean,
  { picks, columns, palette }: PickConfig<Value>,
): string {
  const { ellipsis } = palette.symbols;
  const longest = Math.max(...picks.map((one) => displayWidth(visibleText(one.name))));
  const width = Math.min(Math.floor(columns / 2), longest);
  const shown = fitLine([styled(visibleText(name), isActive ? { tone: 'accent' } : {})], width, ellipsis);
  const blanks = styled(' '.repeat(width - lineWidth(shown) + 2));
  const rest = fitLine([styled(visibleText(note), { tone: 'muted' })], columns - width - 2, ellipsis);
  const mark = styled(isActive ? '› ' : '  ', { tone: 'accent' });
  return paintLine([mark, ...shown, blanks, ...rest], palette);
}

interface PathInputConfig {
  readonly message: string;
  readonly initial: string;
  readonly isPath: IsPath;
  readonly palette: Palette;
}

/** More names below the line would hide what stands above it. */
const mostPathNames = 20;

/** A line that can be edited; below it, how a path may go on where that is not clear. */
const pathInput = createPrompt<string, PathInputConfig>((config, done) => {
  const { message, initial, isPath, palette } = config;
  const [value, setValue] = useState(initial);
  const [names, setNames] = useState<readonly string[]>([]);
  const [isGiven, setGiven] = useState(false);
  useEffect((readline) => readline.write(initial), []);
  useKeypress((key, readline) => {
    if (isGiven) return;
    if (isEnterKey(key)) {
      setGiven(true);
      setNames([]);
      done(value);
    } else if (isTabKey(key)) {
      const completion = isPath(value) ? completePath(value) : { text: value, names: [] };
      // The tab itself stands in the line by now.
      readline.clearLine(0);
      readline.write(completion.text);
      setValue(completion.text);
      setNames(completion.names.length > 1 ? completion.names : []);
    } else {
      setValue(readline.line);
      setNames([]);
    }
  });
  const mark = palette.paint('?', { tone: 'accent', bold: true });
  const question = palette.paint(message, { bold: true });
  const shown = visibleText(value);
  const line = `${mark} ${question} ${isGiven ? palette.paint(shown, { tone: 'accent' }) : shown}`;
  const more = names.length > mostPathNames ? `  and ${names.length - mostPathNames} more` : '';
  const below = names.slice(0, mostPathNames).map(visibleText).join('  ');
  return [line, names.length === 0 ? '' : palette.paint(`  ${below}${more}`, { tone: 'muted' })];
});

const tickTheme = {
  style: {
    renderSelectedChoices: (ticked: readonly unknown[], all: readonly unknown[]) =>
      `${ticked.length} of ${all.length}`,
  },
};

/** Asks with inquirer's prompts, all on one pair of streams. */
export class InquirerPrompter implements Prompter {
  readonly #options: InquirerPrompterOptions;

  constructor(options: InquirerPrompterOptions) {
    this.#options = options;
  }

  dropTypedAhead(): Promise<void> {
    return readAway(this.#options.input);
  }

  async choose<Value>({ message, choices, layout, enter }: Menu<Value>, signal: AbortSignal): Promise<Value> {
    const { palette, output } = this.#options;
    const columns = output.columns || 80;
    const answer = await this.#leaving('key', signal, (context) =>
      keyMenu<Value>()({ message, choices, layout, enter, palette, columns }, context),
    );
    return answer.value;
  }

  async askText(message: string, signal: AbortSignal, initial?: string, isPath?: IsPath): Promise<string> {
    if (isPath) {
      const { palette } = this.#options;
      const config = { message: visibleText(message), initial: initial ?? '', isPath, palette };
      return (await this.#leaving('text', signal, (context) => pathInput(config, context))).trim();
    }
    const prefilled = initial === undefined ? {} : ({ default: initial, prefill: 'editable' } as const);
    const text = await this.#leaving('text', signal, (context) =>
      inputPrompt({ message: visibleText(message), ...prefilled }, context),
    );
    return text.trim();
  }

  askSecret(message: string, signal: AbortSignal): Promise<string> {
    return this.#leaving('text', signal, (context) =>
      password({ message: visibleText(message), mask: false, toggleMask: false }, context),
    );
  }

  async askLines(message: string, initial: string, signal: AbortSignal): Promise<string | undefined> {
    if (/^[^\n]*\n?$/.test(initial)) {
      const line = await this.askText(message, signal, initial.trimEnd());
      return line === '' ? undefined : `${line}\n`;
    }
    return this.#options.edit(initial);
  }

  async tick(message: string, boxes: readonly Box[], signal: AbortSignal): Promise<readonly boolean[]> {
    const choices = boxes.map(({ text, ticked, depth = 0 }, value) => ({
      value,
      name: `${'  '.repeat(depth)}${visibleText(text)}`,
      checked: ticked,
    }));
    const pageSize = Math.max(5, Math.min(boxes.length, (this.#options.output.rows ?? 24) - 6));
    const ticked = await this.#leaving('marks', signal, (context) =>
      checkbox({ message: visibleText(message), choices, pageSize, loop: false, theme: tickTheme }, context),
    );
    return boxes.map((_, index) => ticked.includes(index));
  }

  async pick<Value>(message: string, picks: readonly Pick<Value>[], signal: AbortSignal): Promise<Value> {
    const { output, palette } = this.#options;
    const pageSize = Math.max(5, Math.min(picks.length, (output.rows ?? 24) - 5));
    const columns = Math.max(20, (output.columns || 80) - 3);
    const answer = await this.#leaving('text', signal, (context) =>
      pickMenu<Value>()({ message, picks, pageSize, columns, palette }, context),
    );
    return answer.value;
  }

  suspend(): void {
    // Between two prompts nothing of inquirer's holds the keyboard.
  }

  resume(): void {
    // See `suspend`.
  }

  close(): void {
    this.#options.input.pause();
  }

  /** Shows a prompt until it is answered, withdrawn, or left; inquirer itself never notices an input that ended. */
  async #leaving<Value>(
    asked: AskedFor,
    signal: AbortSignal,
    show: (context: {
      input: NodeJS.ReadableStream;
      output: NodeJS.WriteStream;
      signal: AbortSignal;
    }) => Promise<Value>,
  ): Promise<Value> {
    if (signal.aborted) throw new QuestionWithdrawn();
    const { input, output } = this.#options;
    const ended = new AbortController();
    const end = (): void => ended.abort();
    const onKeypress = (_: unknown, key: { name?: string; ctrl?: boolean } | undefined): void => {
      if (key?.ctrl && key.name === 'd') end();
    };
    const keys = new GuardedKeys(input, asked);
    keys.on('keypress', onKeypress);
    input.on('end', end);
    input.on('close', end);
    if (input.isTTY) output.write(markPastes);
    try {
      return await show({ input: keys, output, signal: AbortSignal.any([signal, ended.signal]) });
    } catch (error) {
      if (signal.aborted) throw new QuestionWithdrawn();
      if (ended.signal.aborted) throw new OperatorLeft('end');
      if (error instanceof Error && error.name === 'ExitPromptError') throw new OperatorLeft('interrupt');
      throw error;
    } finally {
      if (input.isTTY) output.write(markNoPastes);
      keys.leave();
      input.off('end', end);
      input.off('close', end);
    }
  }
}

/** Takes what has been typed so far and does nothing with it. */
async function readAway(input: NodeJS.ReadStream): Promise<void> {
  if (!input.isTTY) return;
  let dropped = false;
  const drop = (): void => {
    dropped = true;
  };
  // Only in raw mode does the terminal give away what is no whole line yet.
  input.setRawMode(true);
  input.on('data', drop);
  try {
    do {
      dropped = false;
      input.resume();
      await afterInputPoll();
    } while (dropped);
  } finally {
    input.off('data', drop);
    input.pause();
    input.setRawMode(false);
  }
}
