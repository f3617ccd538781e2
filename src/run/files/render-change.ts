// Owns how two versions of a file are compared for people, with nothing in it that is not for their eyes.
import { structuredPatch } from 'diff';
import { saysSecret } from '../../basics/says-secret.ts';
import { type MaskedText, type Redactor, secretMask } from '../masking/redactor.ts';

/** Longer differences are cut: the file itself can be read. */
const longestLines = 400;
const longestLine = 400;
const contextLines = 3;
/** Files that differ so much are not laid side by side for longer. */
const patienceMs = 1_000;

/** What differs between two versions. */
export interface RenderedChange {
  readonly added: number;
  readonly removed: number;
  readonly lines?: MaskedText;
}

/**
 * The difference between two versions of a text. Secrets are masked before the lines are compared, so that one of
 * several lines is found; and the value of a line whose own name says that it is secret is masked, too, since nobody
 * has told the run of what stood in the file before.
 */
export function renderChange(old: string, now: string, redactor: Redactor): RenderedChange {
  const [before, after] = [old, now].map((text) => redactor.redactText(withoutNamed(text)));
  const patch = structuredPatch('', '', before ?? '', after ?? '', undefined, undefined, {
    context: contextLines,
    timeout: patienceMs,
  });
  if (patch === undefined) return { added: countLines(now), removed: countLines(old) };
  const lines = patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: ofHunk }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...ofHunk,
  ]);
  const count = (sign: string): number =>
    patch.hunks.reduce((sum, hunk) => sum + hunk.lines.filter((line) => line.startsWith(sign)).length, 0);
  const counts = { added: count('+'), removed: count('-') };
  if (lines.length === 0) return counts;
  const cut = lines.slice(0, longestLines).map(shortened);
  const rest = lines.length - cut.length;
  const shown = rest === 0 ? cut : [...cut, `… ${rest} more lines`];
  return { ...counts, lines: redactor.redactText(shown.join('\n')) };
}

function shortened(line: string): string {
  return line.length > longestLine ? `${[...line].slice(0, longestLine).join('')}…` : line;
}

/** `password: …`, `API_KEY=…`, `<password>…` and their like. */
const assignment =
  /^([ \t]*(?:export[ \t]+|-[ \t]+)?["']?([A-Za-z_][\w.-]*)["']?[ \t]*(?:[:=]|[ \t])[ \t]*)(\S.*?)(\r?)$/gm;

function withoutNamed(text: string): string {
  return text.replace(assignment, (whole, head: string, name: string, value: string, end: string) =>
    saysSecret((name.split('.').at(-1) ?? name).replaceAll('-', '_')) && !/^[|>][+-]?$/.test(value)
      ? `${head}${secretMask}${end}`
      : whole,
  );
}

function countLines(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}
