// Owns the hints of ShellCheck about shell blocks, where it is installed.
import type { Runbook } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { visibleText } from '../../text/visible-text.ts';
import { askOfScripts, isPlain, type ShellScript, shellScripts, spanOfLine } from './shell-scripts.ts';

/**
 * What is untrue of a script in several pieces: variables and functions come from other blocks (2034, 2119, 2120, 2154,
 * 2218, 2317), a failing `cd` ends the block (2164), there is no `#!` (2148), and `> log` empties a file (2188). What
 * begins with 1 is about syntax, of which the shell itself is asked.
 */
const untrue = new Set([2034, 2103, 2119, 2120, 2148, 2154, 2164, 2188, 2218, 2317]);

const askAll =
  'command -v shellcheck >/dev/null || exit 0; for s in bash dash; do set -- *.$s; [ -e "$1" ] && shellcheck -f json1 -S warning -s $s "$@"; echo; done';

interface Comment {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly code: number;
  readonly message: string;
}

/** What was said of code before, for a page that is looked at again and again while it is written. */
const known = new Map<string, readonly Comment[]>();
const mostKnown = 5000;

/** A hint for each thing that it warns of. */
export function shellcheckFindings(runbook: Runbook): readonly Diagnostic[] {
  const scripts = shellScripts(runbook).filter(
    ({ shell, code }) => shell !== 'zsh' && (code.includes('$') || !isPlain(code)),
  );
  const open = scripts.filter((script) => !known.has(keyOf(script)));
  if (open.length > 0) ask(open);
  return scripts.flatMap((script) =>
    (known.get(keyOf(script)) ?? []).map(
      ({ code, message, line, column, endLine, endColumn }): Diagnostic => ({
        code: 'shellcheck',
        severity: 'hint',
        message: `SC${code}: ${visibleText(message)}`,
        span: spanOfLine(runbook, script.block, line, pieceOf(script, line, column, endLine, endColumn)),
        help: `https://www.shellcheck.net/wiki/SC${code}`,
      }),
    ),
  );
}

function ask(scripts: readonly ShellScript[]): void {
  if (known.size > mostKnown) known.clear();
  const found = new Map<ShellScript, Comment[]>(scripts.map((script) => [script, []]));
  for (const report of askOfScripts(scripts, askAll).split('\n')) {
    for (const comment of commentsOf(report)) {
      const script = scripts[Number(/^(\d+)\./.exec(comment.file)?.[1] ?? -1)];
      if (script && comment.code >= 2000 && !untrue.has(comment.code)) found.get(script)?.push(comment);
    }
  }
  for (const [script, comments] of found) known.set(keyOf(script), comments);
}

/** Other versions, and what is no report at all, say nothing. */
function commentsOf(report: string): readonly (Comment & { readonly file: string })[] {
  if (!report.startsWith('{')) return [];
  try {
    const { comments } = JSON.parse(report) as { comments?: unknown };
    return (Array.isArray(comments) ? comments : []).filter(
      (one) =>
        typeof one === 'object' &&
        typeof one?.file === 'string' &&
        typeof one.message === 'string' &&
        [one.line, one.column, one.endLine, one.endColumn, one.code].every(Number.isInteger),
    );
  } catch {
    return [];
  }
}

/** Its columns count a tab as eight; a place that is not one piece of a line is the line. */
function pieceOf(
  { code }: ShellScript,
  line: number,
  column: number,
  endLine: number,
  endColumn: number,
): string | undefined {
  const text = code.split('\n')[line - 1] ?? '';
  return endLine !== line || text.includes('\t') ? undefined : text.slice(column - 1, endColumn - 1);
}

function keyOf({ shell, code }: ShellScript): string {
  return `${shell}\n${code}`;
}
