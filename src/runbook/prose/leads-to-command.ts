// Owns which sentences lead to commands.
import { fitsKeyed, type KeyedPattern, keyed } from '../../text/keyed-pattern.ts';

/** Words that lead to commands in what ends in a colon, and how far before the colon, in UTF-16 code units. */
export const leadingWords: ReadonlySet<string> = new Set(
  `run running ran execute executing use using enter type typing issue invoke via by try do`.split(' '),
);
const leadingReach = 45;

/** What else leads to commands. */
export const otherLeads: readonly KeyedPattern[] = [
  keyed(
    'command',
    /\bcommands?(?: (?:are |is )?(?:displayed|shown|written|formatted|presented)?(?: ?like this| as follows)?)?\s?[:：]$/,
  ),
  keyed(
    'following|these|below|next',
    /\b(?:following|these|below|next) (?:\S+ ){0,3}(?:commands?|steps?|scripts?|quer(?:y|ies))\b[^.:：]{0,60}[:：]?$/,
  ),
  keyed(
    '命令|コマンド|명령|执行|运行|実行',
    /(?:命令|コマンド|명령)(?:如下|は以下のとおり)?(?:所示|です)?\s?[:：。]?$|(?:以下|下面|如下|下列|次の)(?:的)?\S{0,6}(?:命令|コマンド)|(?:执行|运行|実行)[^:：]{0,30}[:：]$/,
  ),
];

/** Whether a sentence, in lower case, leads to commands, whatever else stands in it. */
export function leadsToCommand(sentence: string): boolean {
  return endsInLeadingWord(sentence) || otherLeads.some((pattern) => fitsKeyed(pattern, sentence));
}

/** Whether one of the leading words stands shortly before the colon that ends a sentence. */
export function endsInLeadingWord(sentence: string): boolean {
  if (!/[:：]$/.test(sentence)) return false;
  const clause =
    sentence
      .slice(0, -1)
      .split(/[.:：]/)
      .at(-1) ?? '';
  for (const { 0: word, index } of clause.matchAll(/\w+/g))
    if (leadingWords.has(word) && clause.length - index - word.length <= leadingReach) return true;
  return false;
}
