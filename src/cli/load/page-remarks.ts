// Owns what is told before a run of its pages: words that guard nothing, code that nothing here can run, literal values.
import { basename } from 'node:path';
import { typedWord } from '../../languages/shell/shell-quote.ts';
import { literalVariable } from '../../runbook/lint/code/literal-variable.ts';
import { otherLanguage } from '../../runbook/lint/code/other-language.ts';
import { indentedFence } from '../../runbook/lint/indented-fence.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { SourceFile } from '../../text/source-file.ts';

/** More words than these are left to `check`. */
const mostWords = 5;

/** Lines about the page, of which these are the warnings, and about those that it links to, each with its place. */
export function pageRemarks(
  page: Runbook,
  linked: Iterable<Runbook>,
  warnings: readonly Diagnostic[],
): readonly string[] {
  return [...guardlessWords(warnings, page.source), ...[page, ...linked].flatMap(otherThanMeant)];
}

/** Words that look like guards. */
function guardlessWords(warnings: readonly Diagnostic[], source: SourceFile): readonly string[] {
  const found = warnings.filter(
    ({ code, label, help }) =>
      /^(?:unknown-attribute|attribute-outside-braces|guard-in-comment|front-matter-place)$/.test(code) ||
      (code === 'unknown-front-matter-key' && (label ?? help) !== undefined),
  );
  const lines = found.slice(0, mostWords).map(({ message, span, label, help }) => {
    const advice = label ?? help;
    return placed(source, span, advice === undefined ? message : `${message}; ${advice}`);
  });
  const others = found.length - lines.length;
  return others > 0
    ? [...lines, `${others} more of the kind: \`runsheet check ${typedWord(source.path)}\` names them`]
    : lines;
}

/** Code that nothing here can run or that no run sees, and values that are not what they seem to say. */
function otherThanMeant(runbook: Runbook): readonly string[] {
  const found = [otherLanguage, literalVariable, indentedFence].flatMap((rule) => rule.check(runbook));
  return found.map(({ message, span }) => placed(runbook.source, span, message));
}

function placed(source: SourceFile, span: Diagnostic['span'], message: string): string {
  return `${basename(source.path)}:${source.lines.placeOf(span?.start ?? 0).line}: ${message}`;
}
