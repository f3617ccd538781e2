// Owns the report of a run as a Markdown page.
import type { Moment, RunReport } from './run-report.ts';

/** The report as GitHub's Markdown, safe for any text. */
export function renderMarkdownReport({ title, facts, steps, decisions, timeline }: RunReport): string {
  return [
    `# ${cell(title)}`,
    '',
    ...table(['', ''], facts),
    '',
    '## Steps',
    '',
    ...table(
      ['Section', 'Step', 'Name', 'Result', 'Took', 'Estimated'],
      steps.map(({ phase, title: step, name, status, took, estimate }) => [
        phase,
        step,
        name,
        status,
        took,
        estimate,
      ]),
    ),
    '',
    '## Decisions',
    '',
    ...moments(decisions),
    '',
    '## Timeline',
    '',
    ...moments(timeline),
    '',
  ].join('\n');
}

function moments(all: readonly Moment[]): readonly string[] {
  return table(
    ['When', 'What'],
    all.map(({ at, text }) => [at, text]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)];
}

/** Text in one line; what stands in backticks is code, and nothing else is markup. */
function cell(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ');
  const pieces = line.split('`');
  // A backtick without its second is a character like others.
  if (pieces.length % 2 === 0) return escapeText(line);
  return pieces
    .map((piece, index) => {
      if (index % 2 === 0) return escapeText(piece);
      return piece.trim() === '' ? `\\\`${piece}\\\`` : `\`${piece.replaceAll('|', '\\|')}\``;
    })
    .join('');
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|&#~$]|:(?=\/\/)/g, (character) =>
    character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`,
  );
}
