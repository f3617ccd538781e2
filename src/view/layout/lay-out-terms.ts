// Owns how a list of names, each with what it means, is laid out.
import { displayWidth } from '../../text/display-width.ts';
import { layOutColumns } from './lay-out-columns.ts';
import { styled, unstyledText } from './styled-line.ts';
import { wrapRuns } from './wrap-runs.ts';

/** Text beside the names is never narrower. */
const narrowestText = 20;

/** Names in one column and their texts in the next, wrapped to `width` columns where that is given. */
export function layOutTerms(terms: readonly (readonly [string, string])[], width?: number): string {
  const left = Math.max(0, ...terms.map(([name]) => displayWidth(name))) + 2;
  if (width === undefined || width - left < narrowestText) return layOutColumns(terms);
  return layOutColumns(
    terms.flatMap(([name, text]) =>
      wrapRuns([styled(text)], width - left).map((line, at) => [at === 0 ? name : '', unstyledText(line)]),
    ),
  );
}
