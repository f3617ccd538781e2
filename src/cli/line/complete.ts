// Owns what the completion of a shell offers for a command line that is being typed.
import type { Argument, Command, Option } from 'commander';
import { exitCode } from '../exit-code.ts';
import { writeResult } from '../write-result.ts';
import { type Candidate, type CompletionSources, completionSources, files } from './completion-sources.ts';

/** The words behind `runsheet`, the last of them as far as it is typed; prints a candidate a line, gives the exit code. */
export async function complete(
  words: readonly string[],
  program: Command,
  options: { readonly stateDir?: string },
): Promise<number> {
  const candidates = await candidatesOf(words, program, completionSources(options.stateDir));
  // Behind a tab what it is, for shells that show it.
  writeResult(candidates.map(({ value, about }) => `${value}\t${about.replace(/\s+/g, ' ')}\n`).join(''));
  return exitCode.succeeded;
}

/** Everything that may stand in the place of the last word and begins as it does. */
async function candidatesOf(
  words: readonly string[],
  program: Command,
  sources: CompletionSources,
): Promise<readonly Candidate[]> {
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const [name] = positionals(before, program.options);
  const verb = program.commands.find((command) => command.name() === name);
  const given = positionals(before, [...(verb?.options ?? []), ...program.options]);
  const line: Line = { before, given, sources };
  const all = await allCandidates(typed, program, verb, name, line);
  return all.filter((candidate) => candidate === files || candidate.value.startsWith(typed));
}

/** What is known of the line. */
interface Line {
  readonly before: readonly string[];
  /** Those that are no options and no values of theirs, the command first. */
  readonly given: readonly string[];
  readonly sources: CompletionSources;
}

async function allCandidates(
  typed: string,
  program: Command,
  verb: Command | undefined,
  name: string | undefined,
  line: Line,
): Promise<readonly Candidate[]> {
  if (verb === undefined) {
    if (name !== undefined || typed.startsWith('-')) return flags(program.options);
    return [...commandsOf(program), files];
  }
  const options = [...verb.options, ...program.options];
  const named = /^(--[\w-]+)=/.exec(typed);
  if (named !== null) {
    const [head, flag] = named;
    const values = await valuesOf(find(options, flag), line);
    return values.map((one) => (one === files ? one : { ...one, value: `${head}${one.value}` }));
  }
  const asking = find(options, line.before.at(-1));
  if (asking?.required) return valuesOf(asking, line);
  if (typed.startsWith('-')) return flags(options);
  const positional = line.given.length - 1;
  const argument = verb.registeredArguments[positional] ?? verb.registeredArguments.at(-1);
  const isFull = positional >= verb.registeredArguments.length && argument?.variadic !== true;
  return argument === undefined || isFull ? [] : argumentsOf(argument, verb, program, line.sources);
}

function commandsOf(program: Command): readonly Candidate[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((command) => ({ value: command.name(), about: command.summary() || command.description() }));
}

function flags(options: readonly Option[]): readonly Candidate[] {
  return options.flatMap(({ long, description, hidden }) =>
    long == null || hidden ? [] : [{ value: long, about: description }],
  );
}

function find(options: readonly Option[], flag: string | undefined): Option | undefined {
  return options.find(({ long, short }) => flag !== undefined && (long === flag || short === flag));
}

/** The words that are no options and no values of theirs; the command is the first of them. */
function positionals(words: readonly string[], options: readonly Option[]): readonly string[] {
  return words.filter(
    (word, index) => !word.startsWith('-') && find(options, words[index - 1])?.required !== true,
  );
}

async function valuesOf(
  option: Option | undefined,
  { given: [, file], sources }: Line,
): Promise<readonly Candidate[]> {
  if (option?.argChoices !== undefined) return option.argChoices.map((value) => ({ value, about: '' }));
  switch (option?.long) {
    case '--step':
    case '--from':
    case '--until':
      return file === undefined ? [] : sources.steps(file);
    case '--tag':
      return file === undefined ? [] : sources.tags(file);
    case '--section':
      return file === undefined ? [] : sources.sections(file);
    case '--set':
      return file === undefined ? [] : sources.inputs(file);
    case '--choose':
      return file === undefined ? [] : sources.ways(file);
    case '--accept':
      return sources.doubts();
    case '--report':
      return sources.reports();
    default:
      return [files];
  }
}

async function argumentsOf(
  argument: Argument,
  verb: Command,
  program: Command,
  sources: CompletionSources,
): Promise<readonly Candidate[]> {
  if (argument.argChoices !== undefined) return argument.argChoices.map((value) => ({ value, about: '' }));
  switch (argument.name()) {
    case 'run':
    case 'other':
      return [...(await sources.runs(verb.name())), files];
    case 'template':
      return sources.templates();
    case 'token':
      return sources.tokens();
    case 'command':
      return commandsOf(program);
    case 'name':
    case 'code':
      return sources.names();
    default:
      return [files];
  }
}
