// Owns what `--inputs FILE` may hold: YAML, JSON or dotenv lines.
import { namedValues } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { plainValue } from './plain-value.ts';
import { readTexts, type TaggedTexts } from './read-yaml.ts';

/** The values of an inputs file by name; the kind is told by the file's ending, YAML where it has none of ours. */
export function parseInputsFile(
  path: string,
  text: string,
): Result<Readonly<Record<string, string>>, string> {
  if (/(^|[./\\])env$/.test(path) || path.endsWith('.env')) return parseDotenv(path, text);
  let read: TaggedTexts;
  try {
    read = readTexts(text);
  } catch (error) {
    return fail(
      `--inputs: \`${path}\` is neither YAML nor JSON: ${(error as Error).message.split('\n', 1)[0]}`,
    );
  }
  const { value, isWrittenNull, tags } = read;
  if (tags[0] !== undefined)
    return fail(
      `--inputs: \`${tags[0]}\` in \`${path}\` is a tag of YAML, and no text; put the text in quotes`,
    );
  if (value === null || value === undefined) return ok({});
  if (typeof value !== 'object' || Array.isArray(value))
    return fail(`--inputs: \`${path}\` does not hold names with values`);
  const values = namedValues<string>();
  for (const [name, held] of Object.entries(value)) {
    const parts: readonly unknown[] = Array.isArray(held) ? held : [held];
    if (parts.some((part) => part !== null && typeof part !== 'string'))
      return fail(`--inputs: \`${name}\` in \`${path}\` is not a plain value`);
    // An empty value is an empty text; but `~` may be meant as the home, and `null` as anything.
    if (isWrittenNull([name]) || (Array.isArray(held) && held.includes(null)))
      return fail(`--inputs: \`${name}\` in \`${path}\` is null; leave it out, or put the text in quotes`);
    values[name] = parts.map((part) => part ?? '').join(',');
  }
  return ok(values);
}

/** `NAME=value` lines, with `export`, comments and quotes as dotenv files have them; nothing is expanded. */
function parseDotenv(path: string, text: string): Result<Readonly<Record<string, string>>, string> {
  const values = namedValues<string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line);
    if (!match?.[1]) return fail(`--inputs: line ${index + 1} of \`${path}\` is not NAME=value`);
    values[match[1]] = plainValue(match[2] ?? '');
  }
  return ok(values);
}

/** What an `.ini` file gives, whatever its sections are: `NAME = value` lines; all others are passed over. */
export function parseIni(text: string): Readonly<Record<string, string>> {
  const values = namedValues<string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, value = ''] = /^\s*([A-Za-z_]\w*)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) values[name] = plainValue(value.replace(/\s+;.*$/, ''));
  }
  return values;
}
