// Owns reading front matter that a parser of YAML is not needed for: most has a title, an owner and tags, and starting
// that parser takes longer than reading a whole runbook. It must not know what is wrong with any other.
import { parseDuration } from './duration.ts';
import { emptyFrontMatter } from './empty-front-matter.ts';
import type { FrontMatter } from './model.ts';

/** Keys of other tools that are close to ours in spelling. */
export const foreignKeys: ReadonlySet<string> = new Set([
  'section',
  'owners',
  'name',
  'type',
  'status',
  'layout',
  'date',
  'hook',
  'order',
]);

const textKeys = ['title', 'description', 'owner', 'severity'] as const;
const isTextKey = (key: string): key is (typeof textKeys)[number] =>
  (textKeys as readonly string[]).includes(key);

const line = /^([a-z]+):[ ]+(\S.*)$/;
/** Letters first, so that it is no number and no date; nothing that YAML gives a meaning to. */
const plainText = /^[A-Za-z](?:[A-Za-z0-9 ./()'&+,;!?_-]*[A-Za-z0-9./()'&+,;!?_-])?$/;
const plainWord = /^[A-Za-z](?:[A-Za-z0-9 ./_-]*[A-Za-z0-9./_-])?$/;
const quotedText = /^"([^"\\\p{C}\p{Zl}\p{Zp}]*)"$/u;
const wordsWithMeaning = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
const plainDuration = /^[0-9]+[smhd]$/;

/** The front matter, where each line of it is a key with a plain value; undefined where any is not. */
export function readPlainFrontMatter(yaml: string): FrontMatter | undefined {
  const read: { -readonly [Key in keyof FrontMatter]: FrontMatter[Key] } = { ...emptyFrontMatter };
  const seen = new Set<string>();
  for (const text of yaml.split('\n')) {
    if (text === '') continue;
    const [, key = '', value = ''] = line.exec(text) ?? [];
    if (key === '' || seen.has(key)) return undefined;
    seen.add(key);
    if (key === 'tags') {
      const tags = readTags(value);
      if (tags === undefined) return undefined;
      read.tags = tags;
    } else if (key === 'estimate') {
      const estimateMs = plainDuration.test(value) ? parseDuration(value) : undefined;
      if (estimateMs === undefined) return undefined;
      read.estimateMs = estimateMs;
    } else {
      const plain = readText(value);
      if (plain === undefined) return undefined;
      if (isTextKey(key)) read[key] = plain;
      else if (!foreignKeys.has(key)) return undefined;
    }
  }
  return read;
}

function readText(value: string): string | undefined {
  if (value.startsWith('"')) return quotedText.exec(value)?.[1];
  return plainText.test(value) && !wordsWithMeaning.test(value) ? value : undefined;
}

function readTags(value: string): readonly string[] | undefined {
  if (!value.startsWith('[') || !value.endsWith(']')) return undefined;
  const words = value
    .slice(1, -1)
    .split(',')
    .map((word) => word.trim());
  return words.every((word) => plainWord.test(word) && !wordsWithMeaning.test(word)) ? words : undefined;
}
