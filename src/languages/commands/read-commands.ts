// Owns reading what the commands of shell code do, through the commands and the code that they are given to run.
import { isInBackground, readShell } from '../shell/reader/read-shell.ts';
import type { HereDocument, ShellCode, ShellCommand, ShellPipeline } from '../shell/reader/shell-code.ts';
import { findStatement } from '../sql/find-statement.ts';
import type { CommandEffect } from './command-effect.ts';
import { type ProgramRules, programName, rulesOf } from './command-table.ts';
import { effectsOfArguments } from './effects-of-arguments.ts';
import { type FoundLaunch, findLaunches } from './find-launches.ts';
import { findMongoCall } from './find-mongo-call.ts';
import { findScriptCall } from './find-script-call.ts';
import { FunctionBodies } from './function-bodies.ts';
import type { LaunchKind } from './known-program.ts';
import { PlacedText } from './placed-text.ts';
import type { KnownFunctions, ReadCommand, ReadCommands } from './read-command.ts';
import { effectsOfWords, saidEffects } from './said-effects.ts';

/** Deeper than this nobody nests commands in commands. */
const deepest = 12;

/** What is around a command. */
interface Surroundings {
  readonly isFed: boolean;
  /** What is piped or redirected into it, where that is known. */
  readonly feed: PlacedText | undefined;
  /** It comes from the network. */
  readonly isFetched: boolean;
  readonly isInBackground: boolean;
  readonly isTimed: boolean;
  readonly depth: number;
  readonly functions: KnownFunctions;
  /** Variables that hold the path of a file or folder that the code itself makes for a while. */
  readonly scratch: ReadonlySet<string>;
}

/** Reads shell code; `functions` are those of code that ran before. */
export function readCommands(code: string, functions: KnownFunctions = new Map()): ReadCommands {
  const around: Surroundings = {
    ...{ isFed: false, feed: undefined, isFetched: false, isInBackground: false, isTimed: false },
    ...{ depth: 0, functions, scratch: scratchOf(code) },
  };
  const read = readCode(new PlacedText(code), around);
  const seen = new Set<number>();
  // A substitution in a here-document is read with its own code and with that around it.
  const commands = read.commands
    .filter(({ start }) => !seen.has(start) && seen.add(start))
    .sort((one, other) => one.start - other.start);
  return { commands, functions: read.functions };
}

function readCode(source: PlacedText, around: Surroundings): ReadCommands {
  const shell = readShell(source.text);
  const bodies = new FunctionBodies(source.text, around.functions);
  const of = new Map<ShellCommand, readonly ReadCommand[]>();
  shell.commands.forEach((command, index) => {
    const known = { ...around, functions: bodies.names() };
    of.set(command, readCommand(shell, source, index, known));
  });
  return bodies.settle(
    shell.commands.map((command) => ({
      start: command.start,
      calls: (of.get(command) ?? []).map(({ words }) => words[0] ?? ''),
      commands: of.get(command) ?? [],
    })),
  );
}

function readCommand(
  shell: ShellCode,
  source: PlacedText,
  index: number,
  around: Surroundings,
): readonly ReadCommand[] {
  const command = shell.commands[index];
  if (command === undefined) return [];
  const roles = new Set(['wrapper', 'name', 'argument']);
  const all = command.words.filter(({ role }) => roles.has(role));
  // The options of the keyword `time`.
  const first = all.findIndex((word) => shell.code[word.start] !== '-');
  const words =
    first === -1 ? [] : all.slice(first).map((word) => source.within(PlacedText.ofWord(shell, word)));
  const [head] = words;
  const isOfLoop = all.length > 0 && !command.words.some(({ role }) => role === 'name' || role === 'wrapper');
  const found =
    head === undefined || isOfLoop
      ? []
      : readWords(words, {
          ...around,
          ...feedOf(shell, source, index, around),
          isInBackground: around.isInBackground || isInBackground(command.pipeline),
          isTimed: around.isTimed || isCutOff(shell, index),
        });
  const target = writtenFile(shell, command, around.scratch);
  if (target === undefined) return found;
  const place = { start: source.placeOf(target.start), end: source.placeOf(command.end - 1) + 1 };
  const effects = new Set<CommandEffect>(target.isDevice ? ['changes', 'destroys'] : ['changes']);
  const [outer, ...inner] = found;
  if (outer === undefined)
    return [{ effects, words: [], ...place, isInBackground: isInBackground(command.pipeline) }];
  const isWritingItself = !outer.effects.has('changes');
  const whole = isWritingItself ? { ...outer, end: Math.max(outer.end, place.end) } : outer;
  return [{ ...whole, effects: joined([outer.effects, effects]) }, ...inner];
}

/** What a command does, and each command that it is given to run. */
function readWords(words: readonly PlacedText[], around: Surroundings): readonly ReadCommand[] {
  const [head, ...rest] = words;
  if (head === undefined || around.depth > deepest) return [];
  const name = programName(head.text);
  const own = around.functions.get(head.text);
  const rules = own === undefined ? rulesOf(name) : undefined;
  const texts = rest.map(({ text }) => text);
  const launches = rules === undefined ? [] : findLaunches(rules, texts);
  const [command] = launches.filter(({ launch }) => launch.inOption === undefined);
  const effects: ReadonlySet<CommandEffect>[] = [];
  if (own !== undefined) effects.push(own);
  const isOfScratch = isScratch(texts, around.scratch);
  if (rules !== undefined)
    effects.push(
      effectsOfArguments(rules, command === undefined ? texts : texts.slice(0, command.index), {
        isFed: around.isFed,
        hasMore: command !== undefined,
      }),
      ...launches.flatMap((found) => effectsOfStatements(found, rest)),
      ...(launches.length === 0 ? effectsOfFeed(rules, around) : []),
    );
  // Nothing is known of it, but what is asked for is known everywhere.
  const [asked] = texts;
  const isAsking = texts.length === 1 && /^(?:--version|--help|-V)$/.test(asked ?? '');
  if (own === undefined && rules === undefined && isAsking) effects.push(new Set(['looks'] as const));
  else if (own === undefined)
    effects.push(saidEffects(head.text, texts, rules, { effects, runsOther: launches.length > 0 }));
  const fed = launches.length === 0 && rules?.reads === 'code' ? around.feed : undefined;
  const all = joined(effects);
  // What runs something does nothing else; what that does is read by itself.
  const saysLittle = (gives: LaunchKind): boolean => gives === 'script' || gives === 'words';
  const runsOther = launches.some(({ launch }) => !saysLittle(launch.gives)) || fed !== undefined;
  const last = words.at(-1) ?? head;
  const itself: ReadCommand = {
    effects: without(all.size === 0 && runsOther ? new Set(['looks'] as const) : all, [
      around.isTimed && 'never-ends',
      isOfScratch && 'destroys',
    ]),
    words: words.map(({ text }) => text),
    start: head.placeOf(0),
    end: last.end,
    isInBackground: around.isInBackground,
  };
  const deeper = { ...around, depth: around.depth + 1 };
  const inner = launches.flatMap((found) => launched(found, rest, deeper));
  return [itself, ...inner, ...(fed ? readFeed(fed, deeper) : [])];
}

function readFeed(feed: PlacedText, around: Surroundings): readonly ReadCommand[] {
  return readCode(feed, { ...around, isFed: true, feed: undefined }).commands;
}

/** The commands of a launch, with what is fed to the command around it. */
function launched(
  { launch, index, start, end }: FoundLaunch,
  rest: readonly PlacedText[],
  around: Surroundings,
): readonly ReadCommand[] {
  const inside = { ...around, isTimed: around.isTimed || launch.isTimed === true };
  const words = rest.slice(index, end);
  switch (launch.gives) {
    case 'command': {
      const assignments = words.findIndex(({ text }) => !/^[A-Za-z_]\w*=/.test(text));
      const command = assignments === -1 ? [] : words.slice(assignments);
      // What `xargs` adds is not known, and is there.
      const last = command.at(-1);
      const more =
        launch.isExtended && last
          ? [new PlacedText('{}', [{ start: 0, place: last.placeOf(0) }], last.end)]
          : [];
      const read = readWords(
        [...command, ...more],
        launch.isExtended ? { ...inside, isFed: false, feed: undefined } : inside,
      );
      return launch.isExtended && last ? read.map((found) => upTo(found, command)) : read;
    }
    case 'code':
      return readCode(PlacedText.joined(words), inside).commands;
    case 'code-word': {
      const [word] = words;
      return word === undefined ? [] : readCode(word.from(start), inside).commands;
    }
    case 'sql':
    case 'mongo':
    case 'script':
    case 'words':
      return [];
  }
}

/** Without the word that was added. */
function upTo(found: ReadCommand, command: readonly PlacedText[]): ReadCommand {
  const last = command.at(-1);
  if (last === undefined) return found;
  return {
    ...found,
    words: found.words.filter((word) => word !== '{}'),
    end: last.end,
  };
}

function effectsOfStatements(
  { launch, index, start }: FoundLaunch,
  rest: readonly PlacedText[],
): readonly ReadonlySet<CommandEffect>[] {
  const { gives } = launch;
  if (gives === 'command' || gives === 'code' || gives === 'code-word') return [];
  return [effectsOfText(rest[index]?.text.slice(start) ?? '', gives)];
}

const finders = { sql: findStatement, mongo: findMongoCall, script: findScriptCall };

function effectsOfText(text: string, language: keyof typeof finders | 'words'): ReadonlySet<CommandEffect> {
  if (language === 'words') return joined(linesOf(text).map(effectsOfWords));
  const find = finders[language];
  if (find(text, 'destroys')) return new Set(['changes', 'destroys']);
  if (find(text, 'changes')) return new Set(['changes']);
  // What a program does is not known by what it does not say.
  return new Set(language === 'script' ? [] : ['looks']);
}

/** Commands of a program's own, as words. */
function linesOf(text: string): readonly (readonly string[])[] {
  const lines = text.split(/\n|\\n|\\r|;/).map((line) => line.trim());
  return lines.filter((line) => line !== '').map((line) => line.split(/\s+/));
}

/** What a client or a shell does with what it reads. */
function effectsOfFeed(rules: ProgramRules, around: Surroundings): readonly ReadonlySet<CommandEffect>[] {
  const { reads } = rules;
  const { isFed, feed } = around;
  if (reads === undefined || !isFed) return [];
  if (reads === 'arguments' && feed !== undefined)
    return linesOf(feed.text).map((words) =>
      effectsOfArguments(rules, words, { isFed: false, hasMore: false }),
    );
  if (reads !== 'code' && reads !== 'arguments' && feed !== undefined)
    return [effectsOfText(feed.text, reads)];
  // What comes by a pipe can be data that a script of its arguments reads, or that is sent somewhere.
  if (reads === 'script' || reads === 'words') return [];
  // A script from the network, or a dump, is there to change something.
  const isScript = reads === 'code' ? around.isFetched : feed === undefined;
  return isScript ? [new Set(['changes'] as const)] : [];
}

/** What is known of what a command reads: a here-document, a here-string, or the output of `echo` or `cat`. */
function feedOf(
  shell: ShellCode,
  source: PlacedText,
  index: number,
  around: Surroundings,
): Pick<Surroundings, 'isFed' | 'feed' | 'isFetched'> {
  const command = shell.commands[index];
  if (command === undefined) return around;
  const read = command.redirects.find(({ operator }) => operator.startsWith('<') && operator !== '<>');
  if (read?.hereDocument !== undefined)
    return { isFed: true, feed: bodyOf(source, read.hereDocument), isFetched: false };
  if (read?.operator === '<<<') {
    const word = command.words.find(({ role, start }) => role === 'redirect' && start > read.start);
    const feed = word && source.within(PlacedText.ofWord(shell, word));
    return { isFed: true, feed, isFetched: false };
  }
  if (read !== undefined) return { isFed: true, feed: undefined, isFetched: false };
  if (!command.isPiped) return around;
  const pipeline = pipelineOf(shell.commands, command);
  const before = pipeline[pipeline.indexOf(command) - 1];
  return { isFed: true, ...outputOf(shell, source, before) };
}

function bodyOf(source: PlacedText, { bodyStart, bodyEnd }: HereDocument): PlacedText {
  return source.within(PlacedText.slice(source.text, bodyStart, bodyEnd));
}

function outputOf(
  shell: ShellCode,
  source: PlacedText,
  command: ShellCommand | undefined,
): Pick<Surroundings, 'feed' | 'isFetched'> {
  const words = (command?.words ?? [])
    .filter(({ role }) => role === 'name' || role === 'argument')
    .map((word) => source.within(PlacedText.ofWord(shell, word)));
  const name = programName(words[0]?.text ?? '');
  const document = command?.redirects.find(({ hereDocument }) => hereDocument !== undefined)?.hereDocument;
  if (name === 'cat' && document !== undefined) return { feed: bodyOf(source, document), isFetched: false };
  const said = words.slice(1).filter(({ text }) => !/^-[neE]+$/.test(text));
  if (name === 'echo' || name === 'printf') return { feed: PlacedText.joined(said), isFetched: false };
  return { feed: undefined, isFetched: /^(?:curl|wget|fetch|aria2c)$/.test(name) };
}

const pipelines = new WeakMap<readonly ShellCommand[], ReadonlyMap<ShellPipeline, ShellCommand[]>>();

/** The commands of the pipeline of one of them, in their order. */
function pipelineOf(commands: readonly ShellCommand[], { pipeline }: ShellCommand): readonly ShellCommand[] {
  const known = pipelines.get(commands) ?? byPipeline(commands);
  pipelines.set(commands, known);
  return known.get(pipeline) ?? [];
}

function byPipeline(commands: readonly ShellCommand[]): ReadonlyMap<ShellPipeline, ShellCommand[]> {
  const found = new Map<ShellPipeline, ShellCommand[]>();
  for (const command of commands) {
    const group = found.get(command.pipeline);
    if (group === undefined) found.set(command.pipeline, [command]);
    else group.push(command);
  }
  return found;
}

/** Whether what a command is piped into stops it sooner or later. */
function isCutOff({ commands, ...shell }: ShellCode, index: number): boolean {
  const command = commands[index];
  if (command === undefined) return false;
  const pipeline = pipelineOf(commands, command);
  const later = pipeline.slice(pipeline.indexOf(command) + 1);
  const name = command.words.find(({ role }) => role === 'name');
  const isYes = name !== undefined && shell.code.slice(name.start, name.end) === 'yes' && later.length > 0;
  return (
    isYes ||
    later.some(({ start, end }) =>
      /^(?:head\b|grep\s+(?:-\S+\s+)*-\w*[mq])/.test(shell.code.slice(start, end)),
    )
  );
}

/** Files that take everything and keep nothing. */
const sinks = /^(?:\/dev\/(?:null|stdout|stderr|tty|fd\/\d+|pts\/\d+)|&?\d*-?|-)$/;

/** The file that a redirection writes, if one does. */
function writtenFile(
  shell: ShellCode,
  command: ShellCommand,
  scratch: ReadonlySet<string>,
): { readonly start: number; readonly isDevice: boolean } | undefined {
  for (const { operator, start } of command.redirects) {
    if (!operator.includes('>')) continue;
    const word = command.words.find(
      (other) => other.role === 'redirect' && other.start >= start + operator.length,
    );
    const target = word === undefined ? '' : PlacedText.ofWord(shell, word).text;
    if (target === '' || sinks.test(target) || /^[<>]\(/.test(target)) continue;
    if (isScratch([target], scratch)) continue;
    return { start, isDevice: /^\/dev\/(?:sd|nvme|vd|xvd|mapper|md|disk)/.test(target) };
  }
  return undefined;
}

/** What changes something does not only look. */
function joined(effects: readonly ReadonlySet<CommandEffect>[]): ReadonlySet<CommandEffect> {
  const all = new Set(effects.flatMap((some) => [...some]));
  if (all.has('changes')) {
    all.delete('looks');
    all.delete('prepares');
  }
  return all;
}

function without(
  effects: ReadonlySet<CommandEffect>,
  left: readonly (CommandEffect | false)[],
): ReadonlySet<CommandEffect> {
  return new Set([...effects].filter((effect) => !left.includes(effect)));
}

/** `work=$(mktemp -d)` */
function scratchOf(code: string): ReadonlySet<string> {
  const made = code.matchAll(/\b([A-Za-z_]\w*)=["']?(?:\$\(|`)\s*mktemp\b/g);
  return new Set([...made].map(([, name = '']) => name));
}

/** Whether all of the words that are no options are paths in what the code makes for a while. */
function isScratch(words: readonly string[], scratch: ReadonlySet<string>): boolean {
  if (scratch.size === 0) return false;
  const paths = words.filter((word) => !word.startsWith('-'));
  const named = paths.map((path) => /^\$\{?(\w+)\}?(?:\/|$)/.exec(path)?.[1]);
  return paths.length > 0 && named.every((name) => name !== undefined && scratch.has(name));
}
