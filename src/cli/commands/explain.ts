// Owns `runsheet explain`: what a diagnostic's code, an attribute, or a key of the front matter means.
import { diagnosticCodes } from '../../runbook/diagnostic-codes.ts';
import { diagnosticCodeOf } from '../../runbook/doubts/make-doubt.ts';
import { choosePalette } from '../../surfaces/choose-palette.ts';
import { closestName } from '../../text/closest-name.ts';
import { layOutTerms } from '../../view/layout/lay-out-terms.ts';
import { exitCode } from '../exit-code.ts';
import { outputColumns } from '../output-columns.ts';
import { complain } from '../report-diagnostics.ts';
import { writeResult } from '../write-result.ts';
import { type FormatEntry, formatEntries, formatNames, readFormatPage } from './read-format-page.ts';

/** Explains a name, or lists all codes; gives the exit code. */
export async function explain(name: string | undefined): Promise<number> {
  if (name === undefined) {
    const terms = diagnosticCodes.map((entry) => [entry.code, entry.summary] as const);
    writeResult(layOutTerms(terms, outputColumns()));
    return exitCode.succeeded;
  }
  const code = diagnosticCodes.find((entry) => entry.code === name || entry.code === diagnosticCodeOf(name));
  const page = readFormatPage();
  const entries = formatEntries(page, name.replace(/[:=].*$/s, ''));
  if (code === undefined && entries.length === 0) return refuseUnknown(name, page);
  const parts = await Promise.all(entries.map(shownEntry));
  if (code !== undefined) parts.unshift(`${code.code}: ${code.summary}\n\n${code.explanation.trim()}\n`);
  writeResult(parts.join('\n'));
  return exitCode.succeeded;
}

function refuseUnknown(name: string, page: string): number {
  const closest = closestName(name, [...diagnosticCodes.map(({ code }) => code), ...formatNames(page)]);
  complain(
    `there is no diagnostic, attribute or key \`${name}\`${closest ? `; did you mean \`${closest}\`?` : ''}`,
    '`runsheet explain` lists all diagnostics; docs/format.md has all attributes and keys',
  );
  return exitCode.usage;
}

/** Wider text is hard to read. */
const widest = 100;

async function shownEntry({ kind, syntax, text }: FormatEntry): Promise<string> {
  const [{ parseProse }, { renderProse }] = await Promise.all([
    import('../../view/prose/parse-prose.ts'),
    import('../../view/prose/render-prose.ts'),
  ]);
  const palette = choosePalette(process.stdout, process.env);
  const width = Math.min(widest, process.stdout.columns || 80);
  const title = kind === 'attribute' ? 'An attribute of blocks and headings:' : 'A key of the front matter:';
  const markdown = `${title}${kind === 'attribute' ? ` ${syntax}` : `\n\n${syntax}`}\n\n${text}\n`;
  return `${renderProse(parseProse(markdown), { width, palette }).join('\n')}\n`;
}
