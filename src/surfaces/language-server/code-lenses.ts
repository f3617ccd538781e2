// Owns what an editor offers above a page and above its steps.
import type { CodeLens } from 'vscode-languageserver-types';
import { type OpenPage, rangeOfSpan } from './pages/open-page.ts';

/** The commands that editors know; the first is done by the editor, in a terminal, the second by the server. */
export const lensCommands = { runFrom: 'runsheet.runFrom', check: 'runsheet.checkPage' } as const;

/** "Check this page" at its top, "Run from here" at each step that a run comes to. */
export function codeLenses(page: OpenPage): readonly CodeLens[] {
  const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const check: CodeLens = {
    range: top,
    command: { title: 'Check this page', command: lensCommands.check, arguments: [page.uri] },
  };
  const isOfRun = new Set(['preconditions', 'diagnosis', 'steps', 'validation']);
  const steps = page.runbook.steps.filter(({ section, aside }) => isOfRun.has(section) && !aside);
  return [
    check,
    ...steps.map(({ name, span, headingSpan }): CodeLens => {
      const { start } = rangeOfSpan(page, headingSpan ?? span);
      const command = { title: 'Run from here', command: lensCommands.runFrom, arguments: [page.path, name] };
      return { range: { start, end: start }, command };
    }),
  ];
}
