// Owns what the words right before a code block say that it is.
import { partitionPoint } from '../../basics/partition-point.ts';
import { fitsKeyed, type KeyedPattern } from '../../text/keyed-pattern.ts';
import { leadInPatterns } from './lead-in-patterns.ts';
import { leadsToCommand } from './leads-to-command.ts';
import { namesOutput, opensWith, outputPhrase, perhapsOutputPhrase } from './opens-with.ts';

/** What a block is by the words before it, and whether they can mean nothing else. */
export interface LeadIn {
  readonly is: 'output' | 'file';
  readonly isCertain: boolean;
  /** Of a file: what it holds may well be commands. */
  readonly isLikely?: true;
  /** The files that they name, with no more of their folders than tells them apart, in lower case. */
  readonly names?: readonly string[];
}

/** A word that everything has which may name an output; most sentences have none, and the patterns are slow. */
const mayNameOutput =
  /output|response|result|stdout|stderr|logs?\b|message|error|like|similar|table|ausgabe|sortie|résultat|salida|resultado|saída|uitvoer|wynik|вывод|результат|输出|结果|返回|显示|报错|出力|結果|表示|例|次のよう|출력|결과/;

/** Without any of these no file is named; the patterns that find one look at every letter. */
const mayNameFile = /[`/]|\.\w|file|crontab|fstab|rc\b|profile|\bscript|文件|配置|ファイル|添加|写入|保存/;

/** What is run by something else than who reads the page. */
const mayNameRunner =
  /cron|pipeline|workflow|actions|\bci\b|file|unit|timer|user[- ]?data|cloud-init|entrypoint|hook|profile|playbook|init container|probe/;

const { outputs, perhapsOutputs, files, otherRunners, likelyFiles, perhapsFiles } = leadInPatterns;

/** What the words before a block say; `undefined` where they lead to commands, or to nothing in particular. */
export function readLeadIn(words: string): LeadIn | undefined {
  // In lower case, because patterns that are not to care take twice as long to be made ready.
  const sentence = lastSentence(words).toLowerCase();
  if (sentence === '' || sentence.length > 400) return undefined;
  const fits = (patterns: readonly KeyedPattern[]) =>
    patterns.some((pattern) => fitsKeyed(pattern, sentence));
  // First, because most words before a block do.
  const leads = leadsToCommand(sentence);
  const mayBeOutput = mayNameOutput.test(sentence);
  const isForOther = mayNameRunner.test(sentence) && fits(otherRunners);
  if (leads && !isForOther && !(mayBeOutput && opensWith(namesOutput, sentence))) return undefined;
  if (mayBeOutput && (opensWith(outputPhrase, sentence) || fits(outputs)))
    return { is: 'output', isCertain: true };
  if (leads && !isForOther) return undefined;
  if (isForOther || mayNameFile.test(sentence) || /contents? of/.test(sentence)) {
    const file = { is: 'file', isCertain: false, names: namesOfFiles(sentence) } as const;
    if (fits(files)) return { ...file, isCertain: true };
    if (isForOther || fits(likelyFiles)) return { ...file, isLikely: true };
    if (fits(perhapsFiles)) return file;
  }
  return opensWith(perhapsOutputPhrase, sentence) || fits(perhapsOutputs)
    ? { is: 'output', isCertain: false }
    : undefined;
}

/** Between backticks a name may be any, else it has an ending or a path; without one, what it is called. */
function namesOfFiles(sentence: string): readonly string[] {
  const written = /`([^`\s]+)`|(?<!\S)([^\s`]*[^\s`/.:：](?:\.[a-z]{2,10}|\/[^\s`/:：]+))(?=[\s:：,]|$)/g;
  const names = Array.from(sentence.matchAll(written), ([, quoted, bare]) => {
    const [last = '', folder] = (quoted ?? bare ?? '').split('/').filter(Boolean).reverse();
    // What has no ending is called like much else.
    return folder === undefined || last.includes('.') ? last : `${folder}/${last}`;
  }).filter((name) => name !== '');
  if (names.length > 0) return names;
  const [called] =
    /\b(?:cron|hook|probe|pipeline|workflow|playbook|entrypoint|dockerfile|makefile)/.exec(sentence) ?? [];
  return called === undefined ? [] : [called];
}

function lastSentence(words: string): string {
  const flat = words
    .replace(/\s+/g, ' ')
    .replace(/\*\*|__|<[^>]*>/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^(?:[?!]{3}\+?|===!?) *\w* *"(.*)"$/, '$1')
    .replace(/^[\s>#*+-]+/, '')
    .trim();
  let from = 0;
  for (const { index } of flat.matchAll(/[.!?;](?=\s)|[。！？；]/g))
    if (index + 1 < flat.length) from = index + 1;
  return flat.slice(from).trim();
}

/** How far above a block its words are looked for, in UTF-16 code units. */
const reach = 2_000;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The paragraph, list item or heading right above the line at `start`; empty where there is other code, or a table.
 * `regions`, in their order, are results that runs have written there, and no words of the author's.
 */
export function wordsBefore(text: string, start: number, regions: readonly Stretch[] = []): string {
  const above = linesFromEnd(textBefore(text, start, regions));
  // A block that begins with its list item has no words of its own.
  if (!/^[ \t>]*$/.test(above.next().value ?? '')) return '';
  const found: string[] = [];
  for (const line of above) {
    const written = line.replace(/^[ \t>]+|[ \t]+$/g, '');
    if (
      written === '' ||
      /^(?:<!--.*-->|\{%.*%\}|\{\{[<%].*[%>]\}\}|:{3,}.*|\/{3,}(?: .*)?)$/.test(written)
    ) {
      if (found.length > 0) break;
      continue;
    }
    if (/^(?:`{3,}|~{3,}|\||<!--|-->)/.test(written)) break;
    // A heading is the words before a block only where no paragraph stands between them.
    if (found.length > 0 && /^#{1,6}\s/.test(written)) break;
    found.unshift(written);
    if (/^(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s)/.test(written)) break;
  }
  return found.join(' ');
}

/** The lines of a text, the last one first: only a few of them are wanted. */
function* linesFromEnd(text: string): Generator<string, undefined> {
  for (let end = text.length; ; ) {
    let at = end - 1;
    while (at >= 0 && text[at] !== '\n' && text[at] !== '\r') at -= 1;
    yield text.slice(at + 1, end);
    if (at < 0) return undefined;
    end = text[at] === '\n' && text[at - 1] === '\r' ? at - 1 : at;
  }
}

function textBefore(text: string, start: number, regions: readonly Stretch[]): string {
  let low = partitionPoint(regions, ({ end }) => end <= start);
  let found = '';
  for (let to = start; to > 0 && found.length < reach; low -= 1) {
    const region = regions[low - 1];
    found = text.slice(Math.max(region?.end ?? 0, to - reach), to) + found;
    to = region?.start ?? 0;
  }
  return found;
}
