// Owns finding the keys of a front matter by what YAML says, those in braces among them.
import { readYaml } from '../../../runbook/front-matter/read-yaml.ts';
import type { OpenPage } from './open-page.ts';

/** Finds where a key of a group begins and ends, in UTF-16 offsets; undefined where none can be read there. */
export function writtenKeys({
  lines,
  source,
}: Pick<OpenPage, 'lines' | 'source'>): (
  group: string,
  name: string,
) => readonly [start: number, end: number] | undefined {
  const from = lines[1]?.start ?? 0;
  const last = lines.findLast(({ kind }) => kind === 'front-matter');
  const to = lines[0]?.kind === 'front-matter' ? (last?.start ?? from) : from;
  const read = readYaml(source.text.slice(from, Math.max(from, to)), (offset) => offset, {
    what: 'front matter',
    code: 'front-matter-yaml',
  });
  return (group, name) => {
    if (!read.ok) return undefined;
    const { start, end } = read.find([group, name], true);
    const written = source.text.slice(from + start, from + end);
    const quote = /^["']/.test(written) ? 1 : 0;
    return written.slice(quote, written.length - quote) === name
      ? [from + start + quote, from + end - quote]
      : undefined;
  };
}
