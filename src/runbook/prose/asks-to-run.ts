// Owns which sentences tell a person to run a command that stands in them, and not in a block.
import { findEffect } from '../../languages/commands/find-effect.ts';
import { type ByHand, type CodeBehind, mayDo } from './asks-by-hand.ts';
import { isAside, isOpen, orderOf, verbOf } from './order-of.ts';
import { countMarks, sentencesOf } from './sentences-of.ts';

/** No paragraph that tells somebody what to do is longer, in UTF-16 units. */
const longest = 4_000;

/** Words that order it to be run, right before it. */
const runs = /^(?:re-?)?(?:run|execute|issue|invoke|enter|type|launch|use|perform)\b[^\u0001]{0,60}\u0001/;

const verbs =
  'stop start restart reload reboot enable disable delete remove drop kill terminate scale drain cordon uncordon apply create install uninstall upgrade downgrade update set unset flush rotate promote demote switch mount unmount lock unlock truncate copy move rename revert restore push deploy redeploy clean clear purge reset add grant revoke register deregister migrate archive sync resync rebuild recreate roll evict taint untaint label annotate patch replace shut bring take turn fail force resize free empty wipe detach attach';

/** What is to be done, and behind it by what: `Stop it with …`, `Clear the cache (…)`, `Stop it: …`. */
const does = new RegExp(
  `^(?:${verbs.replaceAll(' ', '|')})\\b[^\u0001]{0,120}?(?:\\b(?:with|using|via|through|by(?: (?:running|executing|issuing|using))?)\\s+(?:(?:the|this|following|command|script)\\s+){0,3}|[(:–—]\\s*)\u0001`,
);

/** Where it is to be run, and then that it is. */
const goes =
  /^(?:ssh|log|connect|go|open|switch|become|change|cd|exec|attach)\b[^\u0001]{0,100}\b(?:and|then)\s+(?:then\s+)?(?:run|execute|issue|enter|type)\b[^\u0001]{0,40}\u0001/;

/** Every first word of these forms. */
const first = new Set([
  ...'run rerun re-run execute issue invoke enter type launch use perform ssh log connect go open become change cd exec'.split(
    ' ',
  ),
  ...verbs.split(' '),
]);

/** Programs whose name alone is a command that changes something. */
const alone = /^(?:sudo )?(?:reboot|shutdown|halt|poweroff)$/;

/**
 * The commands that the sentences of a paragraph, as it is written, tell somebody to run and that are known to change
 * something; none where it is left open. A sentence that ends in a colon leads to what follows it.
 */
export function asksToRun(written: string): readonly string[] {
  if (!written.includes('`') || written.length > longest || isAside.test(written)) return [];
  const sentences = sentencesOf(written);
  // A paragraph of nothing but commands is there to be run, as a block is; an address is none.
  if (sentences.every(({ text }) => /^[\u0001\s.\\]*$/.test(text)))
    return sentences.flatMap(({ codes }) => codes).filter((code) => !/^\w+:\/\//.test(code) && changes(code));
  return sentences.flatMap((sentence) => {
    const order = orderOf(sentence.text);
    const word = verbOf(order);
    if (!first.has(word) || /[:：]$/.test(order) || isOpen.test(order)) return [];
    const form = runs.exec(order) ?? does.exec(order) ?? goes.exec(order);
    if (form === null) return [];
    const before = sentence.text.length - order.length + form[0].length - 1;
    const command = sentence.codes[countMarks(sentence.text.slice(0, before))];
    return command !== undefined && changes(command) ? [command] : [];
  });
}

/** The first piece of code in a text, as it is written, that is a command which changes something. */
export function changingCommand(written: string): string | undefined {
  if (!written.includes('`') || written.length > longest) return undefined;
  return sentencesOf(written)
    .flatMap(({ codes }) => codes)
    .find(changes);
}

/** A single word may be a key, a button or a name. */
function changes(command: string): boolean {
  const isCommand = /[\s/]/.test(command) || alone.test(command);
  return isCommand && findEffect(command, 'sh', 'changes') !== undefined;
}

/** What a person is asked for: things that no program does, and what these commands do. */
export interface Asking {
  readonly byHand: readonly ByHand[];
  readonly commands: readonly string[];
}

/** What stands around words that ask. */
export interface Around {
  /** The code of the block right behind them. */
  readonly behind?: CodeBehind;
  /** The block that they may lead to, where others explain it before it comes. */
  readonly led?: CodeBehind;
  /** The code of each block of their step that is run. */
  readonly blocks: readonly string[];
  /** Whether the tool itself does something of the step several times. */
  readonly repeats: boolean;
}

/** Whether all of that is done: by the block right behind the words, or its commands by any of its step. */
export function isDoneBy(
  { byHand, commands }: Asking,
  { behind, led = behind, blocks, repeats }: Around,
): boolean {
  const isDone = (asked: ByHand) => {
    if (asked.asks === 'repeats') return repeats;
    return mayDo(asked, asked.asks === 'works' ? led : behind, blocks);
  };
  if (!byHand.every(isDone)) return false;
  return commands.every(
    (command) =>
      (behind !== undefined && !behind.isShown && usesProgram(behind.code, command)) ||
      blocks.some((code) => runsCommand(code, command)),
  );
}

/** Whether a line of code holds all words of the command, which may stand in another order and among others. */
function runsCommand(code: string, command: string): boolean {
  const wanted = wordsOf(command);
  return code
    .replace(/\\\n/g, ' ')
    .split('\n')
    .some((line) => {
      const there = new Set(wordsOf(line));
      return wanted.every((word) => there.has(word));
    });
}

/** Whether code uses the program of the command at all. */
function usesProgram(code: string, command: string): boolean {
  const [program = ''] = wordsOf(command);
  return wordsOf(code).includes(program);
}

/** Without `sudo`, which may stand or not. */
function wordsOf(text: string): string[] {
  return text.split(/[\s;|&()]+/).filter((word) => word !== '' && word !== 'sudo');
}
