// Owns reading front matter that a parser of YAML is not needed for: most has a title, an owner and tags, and
// starting that parser takes longer than reading a whole runbook.
import { parseDuration } from '../parse-duration.ts';
import type { FrontMatter, InputDeclaration } from '../runbook.ts';
import { emptyFrontMatter } from './empty-front-matter.ts';
import { isPlainWord, readPlainFlowMap } from './read-plain-flow-map.ts';
import { readPlainInput } from './read-plain-input.ts';

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
const plainDuration = /^[0-9]+[smhd]$/;

/**
 * The front matter, where each line of it is a key with a plain value, or an input of plain values; undefined where
 * any is not. `toByteOffset` takes UTF-16 offsets of `yaml` to bytes of the file.
 */
export function readPlainFrontMatter(
  yaml: string,
  toByteOffset: (offset: number) => number,
): FrontMatter | undefined {
  const read: { -readonly [Key in keyof FrontMatter]: FrontMatter[Key] } = { ...emptyFrontMatter };
  const seen = new Set<string>();
  const inputs: InputDeclaration[] = [];
  let inInputs = false;
  let at = 0;
  for (const text of yaml.split('\n')) {
    const start = at;
    at += text.length + 1;
    if (text === '') continue;
    if (inInputs && text.startsWith('  ')) {
      const input = readPlainInput(text, start, toByteOffset);
      if (input === undefined || inputs.some(({ name }) => name === input.name)) return undefined;
      inputs.push(input);
      continue;
    }
    inInputs = text === 'inputs:';
    const [, key = '', value = ''] = inInputs ? ['', 'inputs'] : (line.exec(text) ?? []);
    if (key === '' || seen.has(key)) return undefined;
    seen.add(key);
    if (inInputs) continue;
    if (key === 'tags') {
      const tags = readTags(value);
      if (tags === undefined) return undefined;
      read.tags = tags;
    } else if (key === 'estimate') {
      const estimateMs = plainDuration.test(value) ? parseDuration(value) : undefined;
      if (estimateMs === undefined) return undefined;
      read.estimateMs = estimateMs;
    } else if (key === 'env') {
      const env = readPlainFlowMap(value);
      if (env === undefined) return undefined;
      read.env = Object.fromEntries([...env].map(([name, one]) => [name, String(one)]));
    } else {
      const plain = readText(value);
      if (plain === undefined) return undefined;
      if (isTextKey(key)) read[key] = plain;
      else if (!foreignKeys.has(key)) return undefined;
    }
  }
  // A mapping without entries is none.
  if (seen.has('inputs') && inputs.length === 0) return undefined;
  return inputs.length === 0 ? read : { ...read, inputs };
}

function readText(value: string): string | undefined {
  if (value.startsWith('"')) return quotedText.exec(value)?.[1];
  return plainText.test(value) && isPlainWord(value) ? value : undefined;
}

function readTags(value: string): readonly string[] | undefined {
  if (!value.startsWith('[') || !value.endsWith(']')) return undefined;
  const words = value
    .slice(1, -1)
    .split(',')
    .map((word) => word.trim());
  return words.every((word) => plainWord.test(word) && isPlainWord(word)) ? words : undefined;
}
