// Owns making a page of a template: each named mark that has a value becomes it, and what the template says of itself goes.
import { yamlEntry, yamlScalars } from '../front-matter/read-yaml.ts';
import { findMarks, type Mark, type WrittenFrontMatter, writtenFrontMatter } from './find-marks.ts';

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text of a page that is made of a template. Values are single lines: in front matter they are written as YAML,
 * elsewhere as they are. Code that is run is left as it stands, so that no value can become a command.
 */
export function fillTemplate(text: string, values: ReadonlyMap<string, string>): string {
  const marks = findMarks(text).filter(({ name, where }) => name !== undefined && where !== 'code');
  const front = writtenFrontMatter(text);
  const inText = marks.flatMap(({ start, end, name = '', where }): readonly Change[] => {
    const value = where === 'text' ? values.get(name) : undefined;
    return value === undefined ? [] : [{ start, end, text: value }];
  });
  const changes = [...(front === undefined ? [] : changesOfFrontMatter(front, marks, values)), ...inText];
  let made = text;
  for (const { start, end, text: written } of changes.toSorted((one, other) => other.start - one.start))
    made = made.slice(0, start) + written + made.slice(end);
  return made;
}

function changesOfFrontMatter(
  { start, yaml }: WrittenFrontMatter,
  marks: readonly Mark[],
  values: ReadonlyMap<string, string>,
): readonly Change[] {
  const own = entryLines(yaml, 'template');
  const scalars = yamlScalars(yaml).flatMap((scalar): readonly Change[] => {
    if (own !== undefined && scalar.start >= own[0] && scalar.start < own[1]) return [];
    const inIt = marks.filter(
      (mark) =>
        mark.start >= start + scalar.start && mark.start < start + scalar.end && values.has(mark.name ?? ''),
    );
    if (inIt.length === 0) return [];
    const filled = (written: string) =>
      inIt.reduce(
        (made, mark) => made.replaceAll(mark.text, () => values.get(mark.name ?? '') ?? ''),
        written,
      );
    return [
      {
        start: start + scalar.start,
        end: start + scalar.end,
        text: scalar.isBlock ? filled(yaml.slice(scalar.start, scalar.end)) : asScalar(filled(scalar.value)),
      },
    ];
  });
  if (own === undefined) return scalars;
  return [...scalars, { start: start + own[0], end: start + own[1], text: '' }];
}

/** The whole lines of a top-level entry. */
function entryLines(yaml: string, key: string): readonly [start: number, end: number] | undefined {
  const entry = yamlEntry(yaml, key);
  if (entry === undefined) return undefined;
  const last = yaml.slice(0, entry[1]).trimEnd().length;
  const newline = yaml.indexOf('\n', last);
  return [entry[0], newline === -1 ? yaml.length : newline + 1];
}

/** A text as YAML that reads as this text everywhere, also between brackets and braces. */
function asScalar(text: string): string {
  const isPlain =
    /^[A-Za-z](?:[\w ./-]*\w)?$/.test(text) && !/^(?:null|true|false|yes|no|on|off)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
