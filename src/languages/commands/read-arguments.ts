// Owns telling the arguments of a command from its options and their values.

export interface Argument {
  readonly text: string;
  /** Which of the words it is. */
  readonly index: number;
}

export interface Option {
  /** With its dashes. */
  readonly name: string;
  readonly value: string | undefined;
  /** Which of the words holds the value, or the option where it has none. */
  readonly index: number;
  /** Where the value begins in that word. */
  readonly valueStart: number;
}

/** How a program takes its options. */
export interface OptionRules {
  /** Options that take the next word. */
  readonly values: ReadonlySet<string>;
  readonly takesAllValues: boolean;
  readonly flags: ReadonlySet<string>;
  readonly hasLongOptions: boolean;
}

/** What one step through the words of a command finds. */
export type ReadWord =
  | { readonly type: 'argument'; readonly argument: Argument; readonly next: number }
  | { readonly type: 'options'; readonly options: readonly Option[]; readonly next: number }
  /** `--`. */
  | { readonly type: 'end-of-options'; readonly next: number };

/** Reads the word at the index, with the value behind it where it is an option that takes one. */
export function readArgument(words: readonly string[], index: number, rules: OptionRules): ReadWord {
  const word = words[index] ?? '';
  if (word === '--') return { type: 'end-of-options', next: index + 1 };
  if (!word.startsWith('-') || word === '-')
    return { type: 'argument', argument: { text: word, index }, next: index + 1 };
  const equals = word.indexOf('=');
  if (equals !== -1 && (word.startsWith('--') || rules.hasLongOptions))
    return ofOne({
      name: word.slice(0, equals),
      value: word.slice(equals + 1),
      index,
      valueStart: equals + 1,
    });
  if (word.startsWith('--') || rules.hasLongOptions || word.length === 2) {
    const following = words[index + 1];
    const takes =
      following !== undefined &&
      (rules.values.has(word) ||
        (rules.takesAllValues && !rules.flags.has(word) && !following.startsWith('-')));
    return takes
      ? ofOne({ name: word, value: following, index: index + 1, valueStart: 0 })
      : ofOne({ name: word, value: undefined, index, valueStart: word.length });
  }
  return readCluster(words, index, rules);
}

function ofOne(option: Option): ReadWord {
  return { type: 'options', options: [option], next: option.index + 1 };
}

/** `-rf`, `-n5`, `-lc CODE`: the word itself is one of the options found, too. */
function readCluster(words: readonly string[], index: number, { values }: OptionRules): ReadWord {
  const word = words[index] ?? '';
  const options: Option[] = [{ name: word, value: undefined, index, valueStart: word.length }];
  for (let at = 1; at < word.length; at += 1) {
    const name = `-${word[at]}`;
    if (!values.has(name)) {
      options.push({ name, value: undefined, index, valueStart: word.length });
      continue;
    }
    const isAttached = at + 1 < word.length;
    const start = word[at + 1] === '=' ? at + 2 : at + 1;
    if (isAttached) options.push({ name, value: word.slice(start), index, valueStart: start });
    else if (words[index + 1] !== undefined) {
      options.push({ name, value: words[index + 1], index: index + 1, valueStart: 0 });
      return { type: 'options', options, next: index + 2 };
    }
    break;
  }
  return { type: 'options', options, next: index + 1 };
}

/** The words of a command behind its name, told apart up to the index. */
export function readArguments(
  words: readonly string[],
  rules: OptionRules,
): { readonly given: readonly string[]; readonly options: readonly Option[] } {
  const given: string[] = [];
  const options: Option[] = [];
  for (let index = 0; index < words.length; ) {
    const read = readArgument(words, index, rules);
    if (read.type === 'end-of-options') {
      given.push(...words.slice(read.next));
      break;
    }
    if (read.type === 'argument') given.push(read.argument.text);
    else options.push(...read.options);
    index = read.next;
  }
  return { given, options };
}
