// Owns the changes by which an author mends what a diagnostic tells.
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic as EditorDiagnostic,
  type TextEdit,
} from 'vscode-languageserver-types';
import { closestName } from '../../../text/closest-name.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { Span } from '../../../text/span.ts';
import { insertion } from '../pages/attribute-edit.ts';
import { lineNumberAt, type OpenPage, rangeOfSpan, rangeOfText, textRangeOf } from '../pages/open-page.ts';
import { settleDoubt } from './settle-doubt.ts';

interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one that is meant, as far as can be told. */
  readonly isPreferred?: true;
}

/** What mends a diagnostic; `told` is the same as the editor was told it. */
export function quickFixes(
  page: OpenPage,
  diagnostic: Diagnostic,
  told: EditorDiagnostic,
): readonly CodeAction[] {
  return fixesOf(page, diagnostic).map(({ title, edits, isPreferred }) => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [told],
    ...(isPreferred && { isPreferred }),
    edit: { changes: { [page.uri]: [...edits] } },
  }));
}

function fixesOf(page: OpenPage, diagnostic: Diagnostic): readonly Fix[] {
  const { code, span, fix } = diagnostic;
  if (fix !== undefined) {
    const title = titleOf(page, fix);
    return [{ title, edits: [{ range: rangeOfSpan(page, fix.span), newText: fix.text }], isPreferred: true }];
  }
  if (span === undefined) return [];
  const doubt = /^doubt\/(.+)$/.exec(code)?.[1];
  if (doubt !== undefined)
    return settleDoubt(page, doubt, span.start).map(({ title, edit }) => ({ title, edits: [edit] }));
  const meant = meantBy(page, diagnostic, span);
  return meant.length > 0 ? meant : (bySyntax[code]?.(page, diagnostic, span) ?? []);
}

function titleOf({ source }: OpenPage, { span, text }: NonNullable<Diagnostic['fix']>): string {
  const old = new TextDecoder().decode(source.bytes.subarray(span.start, span.end)).trim();
  const written = text.trim();
  if (written === '') return `Remove \`${old}\``;
  return old === '' ? `Write \`${written}\`` : `Change \`${old}\` to \`${written}\``;
}

/** "did you mean …?", and values of which one has to be chosen. */
function meantBy(page: OpenPage, diagnostic: Diagnostic, span: Span): readonly Fix[] {
  const { label = '', help = '', message } = diagnostic;
  const wrong = /`([^`]+)`/.exec(message)?.[1] ?? '';
  const meant = /did you mean `([^`]+)`\?/.exec(`${label}\n${help}`)?.[1];
  if (meant !== undefined) return [replaced(page, span, wrong, meant, true)];
  const [, wanted = '', received] = /expects (.*), and received (?:`(.*)`|no value)$/.exec(message) ?? [];
  if (received === undefined || !/^(?:one of )?`/.test(wanted)) return [];
  const choices = [...wanted.matchAll(/`([^`]+)`/g)].map(([, choice = '']) => choice);
  const isList = wanted.replace(/`[^`]+`/g, '').replace(/one of|or|,|\s/g, '') === '';
  if (!isList) return [];
  const closest = closestName(received, choices);
  const inOrder = [...choices].sort((left, right) => Number(right === closest) - Number(left === closest));
  return inOrder.map((choice) => replaced(page, span, received, choice, choice === closest));
}

/** The wrong name within the range is replaced; all of the range where it is not there. */
function replaced(page: OpenPage, span: Span, wrong: string, meant: string, isPreferred: boolean): Fix {
  const [start, end] = textRangeOf(page, span);
  const text = page.source.text.slice(start, end);
  const at = wrong === '' ? -1 : text.indexOf(wrong);
  const [from, to] = at === -1 ? [start, end] : [start + at, start + at + wrong.length];
  const old = page.source.text.slice(from, to);
  // `enviroment.HOME` means `env.HOME`.
  const name = meant.endsWith('.NAME')
    ? `${meant.slice(0, -'NAME'.length)}${old.replace(/^[^.:]*[.:]/, '')}`
    : meant;
  return {
    title: `Change \`${old}\` to \`${name}\``,
    edits: [{ range: rangeOfText(page, from, to), newText: name }],
    ...(isPreferred && { isPreferred: true as const }),
  };
}

type Syntax = (page: OpenPage, diagnostic: Diagnostic, span: Span) => readonly Fix[];

/** Slips that have one way out. */
const bySyntax: Readonly<Record<string, Syntax>> = {
  'attribute-syntax': fixSyntax,
  'unclosed-fence': closeFence,
  'duplicate-attribute': removeDuplicate,
};

function fixSyntax(page: OpenPage, { message }: Diagnostic, span: Span): readonly Fix[] {
  const [start, end] = textRangeOf(page, span);
  const line = page.lines[lineNumberAt(page, start)];
  if (line === undefined) return [];
  const lineEnd = line.start + line.text.trimEnd().length;
  if (message.includes('braces are never closed'))
    return [{ title: 'End the braces with `}`', edits: [insertion(page, lineEnd, '}')], isPreferred: true }];
  if (message.startsWith('there is a space before `=`')) {
    const before = /[ \t]*$/.exec(page.source.text.slice(line.start, start))?.[0].length ?? 0;
    const after = /^=[ \t]*/.exec(page.source.text.slice(start, lineEnd))?.[0].length ?? 1;
    const range = rangeOfText(
      page,
      start - before,
      Math.max(end, start + after) === end ? start + 1 : start + after,
    );
    return [
      { title: 'Take the blanks around `=` away', edits: [{ range, newText: '=' }], isPreferred: true },
    ];
  }
  return [];
}

/** A fence that nothing closes takes in all that follows: it is closed behind the last line of the page. */
function closeFence(page: OpenPage, _: Diagnostic, span: Span): readonly Fix[] {
  const { text, newline } = page.source;
  const [start] = textRangeOf(page, span);
  const line = page.lines[lineNumberAt(page, start)];
  const fence = /(`{3,}|~{3,})/.exec(line?.text ?? '')?.[1];
  if (line === undefined || fence === undefined) return [];
  const prefix = line.text.slice(0, line.text.indexOf(fence)).replace(/[^\s>]/g, ' ');
  const isOpen = text !== '' && !/[\r\n]$/.test(text);
  const written = `${isOpen ? newline : ''}${prefix}${fence}${newline}`;
  return [
    { title: 'Close the block at the end of the page', edits: [insertion(page, text.length, written)] },
  ];
}

function removeDuplicate(page: OpenPage, _: Diagnostic, span: Span): readonly Fix[] {
  const [start] = textRangeOf(page, span);
  const attribute = page.groups
    .flatMap(({ attributes }) => attributes)
    .find((one) => one.nameStart === start);
  if (attribute === undefined) return [];
  const blanks = /[ \t]*$/.exec(page.source.text.slice(0, start))?.[0].length ?? 0;
  const range = rangeOfText(page, start - blanks, attribute.valueEnd);
  return [{ title: `Remove the second \`${attribute.name}\``, edits: [{ range, newText: '' }] }];
}
