// Owns how a shell that is started anew runs a block by sourcing its file, and what its dump then says of the end.

import { asksForClock, clock } from './asks-for-clock.ts';
import { type ByteText, toByteText } from './byte-text.ts';
import type { BlockEnd, FreshBlock, FreshDialect, FreshScript, ShellDump } from './shell-dialect.ts';
import { folderWord, shellQuote } from './shell-quote.ts';
import { changeBetween, chosenOptions, type ShellState, type StateChange } from './shell-state.ts';

/** What of a kind of shell the text is made with. */
export interface SourcingDialect
  extends Pick<FreshDialect, 'begin' | 'strictOptions' | 'parseDump' | 'renderChange' | 'renderOptions'> {
  /**
   * Shell text that runs the file of a block and writes a dump to `$__rs_state` when the shell ends, however it
   * ends. The shell is in the block's state, but for its options.
   */
  runFile(block: BlockFile): ByteText;
  /** What the dump cannot say by itself, made out from the block. */
  afterBlock?(dump: ShellDump, block: FreshBlock): ShellDump;
}

/** A block that is about to be run from its file. */
export interface BlockFile extends Pick<FreshBlock, 'code' | 'strict' | 'state'> {
  /** The path, as one shell word. */
  readonly path: ByteText;
  /** Options that the block starts with; see `renderOptions`. */
  readonly options: { readonly before: ByteText; readonly sameLine: ByteText };
  /** Shell text that gives the shell the author's functions, aliases and traps. */
  readonly authors: ByteText;
}

/** The text of `FreshDialect.renderScript`. */
export function renderSourcedScript(dialect: SourcingDialect, script: FreshScript): ByteText {
  const options = optionsAtStart(dialect, script);
  const { functions, aliases, more, ...rest } = changeBetween(script.from, { ...script.state, options });
  const none: StateChange = { set: [], unset: [], optionsOn: [], optionsOff: [] };
  const traps = more?.filter(([kind]) => kind.endsWith('trap') || kind === 'traps');
  const authors: StateChange = {
    ...none,
    ...(functions !== undefined && { functions }),
    ...(aliases !== undefined && { aliases }),
    // A condition has none of them to run.
    ...(traps !== undefined && script.keepState && { more: traps }),
  };
  const own = Object.entries(script.environment).map(
    ([name, value]) => `export ${name}=${shellQuote(toByteText(value))}`,
  );
  return [
    script.begin,
    dialect.begin,
    script.names,
    dialect.renderChange(
      { ...rest, ...(more !== undefined && { more: more.filter((entry) => !traps?.includes(entry)) }) },
      script.from,
    ),
    ...own,
    ...(script.cwd === undefined ? [] : [`cd -- ${folderWord(script.cwd)} || exit 126`]),
    ...script.beforeCode,
    ...(script.keepState ? [] : ['__rs_state=/dev/null']),
    dialect.runFile({
      authors: dialect.renderChange(authors, script.from),
      path: script.file,
      code: script.code,
      options: dialect.renderOptions(rest),
      strict: script.strict,
      state: script.state,
    }),
  ].join('\n');
}

/** What `FreshDialect.readEnd` gives. */
export function readSourcedEnd(
  dialect: SourcingDialect,
  sections: readonly ByteText[],
  block: FreshBlock,
): BlockEnd {
  const { code, strict, state } = block;
  const read = dialect.parseDump(sections);
  if (read === undefined) return {};
  const dump = dialect.afterBlock?.(read, block) ?? read;
  const more = new Map(dump.state.more);
  for (const kind of dump.untold ?? []) {
    const text = state.more.get(kind);
    if (text !== undefined) more.set(kind, text);
  }
  if (dump.clock !== undefined && asksForClock(code, state)) more.set(clock, dump.clock);
  const options = new Set(dump.state.options);
  // Where the shell's plain way was for this block only, what it left off says nothing.
  if (!strict) {
    const own = dialect.strictOptions.filter((option) => options.has(option));
    if (own.length > 0) more.set(chosenOptions, own.join(' '));
    for (const option of dialect.strictOptions) if (state.options.has(option)) options.add(option);
  } else {
    const chosen = state.more.get(chosenOptions);
    if (chosen !== undefined) more.set(chosenOptions, chosen);
  }
  const { failedLine } = dump;
  const command = failedLine === undefined ? undefined : code.split('\n')[failedLine - 1]?.trim();
  return {
    ...(block.keepState && { dump: { ...dump, state: { ...dump.state, more, options } } }),
    ...(strict && failedLine !== undefined && command && { failedAt: { line: failedLine, command } }),
  };
}

/** The options that a block starts with. */
function optionsAtStart(
  { strictOptions }: SourcingDialect,
  { strict, state }: { readonly strict: boolean; readonly state: ShellState },
): ReadonlySet<string> {
  if (strict) return state.options;
  const chosen = (state.more.get(chosenOptions) ?? '').split(' ');
  return new Set([...state.options].filter((name) => !strictOptions.includes(name) || chosen.includes(name)));
}
