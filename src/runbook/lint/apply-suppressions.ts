// Owns the comments of a page that say which findings of `check` are known and meant.
import type { Diagnostic } from '../../text/diagnostic.ts';
import { type Span, span } from '../../text/span.ts';
import type { Runbook } from '../runbook.ts';
import { allBlocks } from './lint-rule.ts';

interface Suppression {
  readonly code: string;
  /** Where its code is written. */
  readonly span: Span;
  /** The whole comment, with its line where it can be taken out without a word of the page changing its meaning. */
  readonly comment: Span;
  readonly isAlone: boolean;
  /** What it speaks of; absent for the whole file. */
  readonly scope?: Span;
}

const form =
  /^[ \t>]*<!--[ \t]*runsheet-ignore(-file)?[ \t]+([\w/-]+(?:[ \t]*,?[ \t]*[\w/-]+)*)[ \t]*(?::.*)?-->[ \t]*$/;

/** What the comments themselves can be told of. */
export const suppressionCodes = [
  {
    code: 'ignore-unknown',
    summary: 'a `runsheet-ignore` comment names an unknown code',
    explanation: '`runsheet explain` lists all codes. As it is, the comment silences nothing.',
  },
  {
    code: 'ignore-nothing',
    summary: 'a `runsheet-ignore` comment silences nothing',
    explanation:
      'What it names is no longer found there, or is an error or a doubt: these are never silenced, because a run refuses them or asks about them. A comment is about the line that follows or, if that opens a block, about the whole block; `runsheet-ignore-file` is about the whole page:\n\n    <!-- runsheet-ignore never-ending-command: it is stopped by hand -->',
  },
] as const;

/** A run refuses errors and asks about doubts, so that saying nothing of them would be untrue. */
export function maySilence({ severity, code }: Diagnostic): boolean {
  return severity !== 'error' && !code.startsWith('doubt/');
}

/** Takes out what comments of the page silence; adds what is wrong with the comments. `known` are all codes. */
export function applySuppressions(
  runbook: Runbook,
  diagnostics: readonly Diagnostic[],
  known: ReadonlySet<string>,
): readonly Diagnostic[] {
  const { text } = runbook.source;
  if (!text.includes('runsheet-ignore')) return diagnostics;
  const suppressions = findSuppressions(runbook);
  const used = new Set<Suppression>();
  const left = diagnostics.filter((diagnostic) => {
    const by = maySilence(diagnostic) ? suppressions.filter((one) => speaksOf(one, diagnostic)) : [];
    for (const one of by) used.add(one);
    return by.length === 0;
  });
  const idle = suppressions.filter((one) => !used.has(one) && !foundByPrograms.has(one.code));
  return [...left, ...idle.map((one) => tell(one, diagnostics, known))];
}

function speaksOf({ code, scope }: Suppression, diagnostic: Diagnostic): boolean {
  if (code !== diagnostic.code) return false;
  if (scope === undefined) return true;
  const at = diagnostic.span;
  return at !== undefined && at.start < scope.end && at.end >= scope.start;
}

/** What is found by programs that are not installed everywhere: elsewhere its comment is not for nothing. */
const foundByPrograms: ReadonlySet<string> = new Set(['shell-syntax', 'shellcheck']);

function tell(one: Suppression, all: readonly Diagnostic[], known: ReadonlySet<string>): Diagnostic {
  const base = { severity: 'warning', span: one.span } as const;
  if (!known.has(one.code))
    return { ...base, code: 'ignore-unknown', message: `there is no code \`${one.code}\`` };
  const found = all.find((diagnostic) => speaksOf(one, diagnostic));
  if (found !== undefined) {
    const kind = found.severity === 'error' ? 'an error' : 'a doubt';
    const message = `\`${one.code}\` is ${kind} here, which no comment silences`;
    return { ...base, code: 'ignore-nothing', message };
  }
  return {
    ...base,
    code: 'ignore-nothing',
    message: `\`${one.code}\` is not found there, so this silences nothing`,
    ...(one.isAlone && { fix: { span: one.comment, text: '' } }),
  };
}

function findSuppressions(runbook: Runbook): readonly Suppression[] {
  const { lines } = runbook.source;
  const blocks = allBlocks(runbook).map(({ block }) => block.span);
  const isInBlock = (offset: number) => blocks.some(({ start, end }) => start <= offset && offset < end);
  const found: Suppression[] = [];
  for (let line = 1; line <= lines.lineCount; line += 1) {
    const text = lines.textOfLine(line);
    const [whole, ofFile, words = ''] = text.includes('runsheet-ignore') ? (form.exec(text) ?? []) : [];
    const start = lines.startOfLine(line);
    if (whole === undefined || isInBlock(start + byteLength(text) - 1)) continue;
    const scope = ofFile === undefined ? scopeBelow(runbook, line, blocks) : undefined;
    const codes = [...words.matchAll(/[\w/-]+/g)];
    const offset = text.indexOf(words, text.indexOf('runsheet-ignore') + 'runsheet-ignore'.length);
    for (const { 0: code, index } of codes) {
      const from = start + byteLength(text.slice(0, offset + index));
      found.push({
        code,
        span: span(from, from + code.length),
        comment: span(start, lines.startOfLine(line + 1)),
        isAlone: codes.length === 1 && endsNothing(line === 1 ? '' : lines.textOfLine(line - 1)),
        ...(scope && { scope }),
      });
    }
  }
  return found;
}

/** Whether what comes below a line is as much by itself where the comment between is taken out. */
function endsNothing(before: string): boolean {
  return /^\s*$/.test(before) || form.test(before);
}

/** The next line that says something and is no such comment; the whole block where it opens one. */
function scopeBelow({ source: { lines } }: Runbook, line: number, blocks: readonly Span[]): Span {
  let next = line + 1;
  while (
    next <= lines.lineCount &&
    (/^[\s>]*$/.test(lines.textOfLine(next)) || form.test(lines.textOfLine(next)))
  )
    next += 1;
  const [start, end] = [lines.startOfLine(next), lines.startOfLine(next + 1)];
  const block = blocks.find((one) => start <= one.start && one.start < end);
  return block ? span(start, block.end) : span(start, end);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
