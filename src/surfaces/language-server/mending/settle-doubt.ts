// Owns how each doubt is settled in the page, as changes that an author picks from.
import type { TextEdit } from 'vscode-languageserver-types';
import type { Doubt } from '../../../runbook/doubts/doubt.ts';
import type { DoubtCode } from '../../../runbook/doubts/doubt-kinds.ts';
import { allBlocks, allSteps } from '../../../runbook/lint/lint-rule.ts';
import type { Runbook, Step } from '../../../runbook/runbook.ts';
import { attributeEdit, insertion } from '../pages/attribute-edit.ts';
import { lineNumberAt, type OpenPage, rangeOfText, textRangeOf } from '../pages/open-page.ts';
import { infoOf } from '../pages/written-groups.ts';

/** One way to settle it. */
export interface Settlement {
  readonly title: string;
  readonly edit: TextEdit;
}

/** What is written: an attribute behind the block or heading, or another language. */
type Way = readonly [title: string, how: 'attribute' | 'language', written: string];

const run: Way = ['Run it: say `run`', 'attribute', 'run'];
const leaveOut: Way = ['Never run it: say `run=false`', 'attribute', 'run=false'];
const asText: Way = ['Only show it: label it `text`', 'language', 'text'];

const ways: Readonly<Record<DoubtCode, readonly Way[]>> = {
  alternative: [
    ['One of them is run: say `choose` on the heading above', 'attribute', 'choose'],
    ['All of them are run: say `choose=all` on the heading above', 'attribute', 'choose=all'],
  ],
  condition: [
    ['Always run it: say `run`', 'attribute', 'run'],
    leaveOut,
    ['Say when: write `when="…"`', 'attribute', 'when="true"'],
  ],
  lookalike: [['It is right as it is: say `run`', 'attribute', 'run']],
  'not-included': [['Nothing of it is to be run: say `run`', 'attribute', 'run']],
  'other-procedure': [run, leaveOut],
  'output-as-code': [
    run,
    asText,
    ['It is what the block above prints: label it `output`', 'language', 'output'],
  ],
  session: [
    ['A person types it: say `interactive`', 'attribute', 'interactive'],
    ['It is for this machine: say `run`', 'attribute', 'run'],
  ],
  teardown: [run, leaveOut],
  'to-replace': [['It is right as it is: say `run`', 'attribute', 'run']],
  unlabelled: [['Run it: label it `sh`', 'language', 'sh'], asText],
  unmarked: [run, leaveOut],
};

/** The ways to settle the doubt that stands at a byte of the page; none where nothing there can say it. */
export function settleDoubt(page: OpenPage, code: string, start: number): readonly Settlement[] {
  const { runbook } = page;
  const doubt = findDoubt(runbook, code, start);
  if (doubt === undefined) return [];
  if (code === 'teardown' && doubt.step !== undefined && !doubt.isInside)
    return undoInStep(page, doubt.doubt, doubt.step);
  const line = code === 'alternative' ? lineAbove(page, doubt.place) : doubt.place;
  if (line === undefined) return [];
  const kind = page.lines[line]?.kind;
  return ways[doubt.doubt.code].flatMap(([title, how, written]): readonly Settlement[] => {
    if (how === 'language')
      return kind === 'fence' ? [{ title, edit: languageEdit(page, line, written) }] : [];
    const name = written.replace(/=.*$/, '');
    if (isWritten(page, line, name)) return [];
    return kind === 'fence' || kind === 'heading'
      ? [{ title, edit: attributeEdit(page, line, written) }]
      : [];
  });

  function findDoubt(
    of: Runbook,
    wanted: string,
    at: number,
  ): { doubt: Doubt; place: number; step?: Step; isInside?: boolean } | undefined {
    const isIt = (one: Doubt) => one.code === wanted && one.span.start === at;
    const lineOf = (span: Doubt['span']) => lineNumberAt(page, textRangeOf(page, span)[0]);
    for (const { block, step } of allBlocks(of)) {
      const found = block.doubts?.find(isIt);
      if (found === undefined) continue;
      // A heading that says when speaks of all blocks below it.
      const { span } = found.ofHeading === true ? found : block;
      // A comment of the block gives rise to it: what is around the comment stays where it is.
      return { doubt: found, place: lineOf(span), step, isInside: found.span.start === block.span.start };
    }
    const step = allSteps(of).find(({ doubts = [] }) => doubts.some(isIt));
    const found = step?.doubts?.find(isIt);
    if (step === undefined || found === undefined) return undefined;
    // What gives rise to it may be a heading above the step.
    const own = lineOf(found.span);
    const isPlace = page.lines[own]?.kind === 'heading' || page.lines[own]?.kind === 'fence';
    return { doubt: found, place: isPlace ? own : lineOf(step.headingSpan ?? step.span) };
  }
}

/** Words within a step lead to its undo: they become a rollback of its own, or its heading says that all of it is run. */
function undoInStep(page: OpenPage, { span }: Doubt, { depth, headingSpan }: Step): readonly Settlement[] {
  if (headingSpan === undefined) return [];
  const { source, lines } = page;
  const start = lines[lineNumberAt(page, textRangeOf(page, span)[0])]?.start ?? 0;
  const heading = `${'#'.repeat(Math.min(depth + 1, 6))} Rollback${source.newline}${source.newline}`;
  const line = lineNumberAt(page, textRangeOf(page, headingSpan)[0]);
  return [
    { title: 'It undoes the step: write `Rollback` above it', edit: insertion(page, start, heading) },
    { title: 'All of the step is run: say `run` behind its heading', edit: attributeEdit(page, line, 'run') },
  ];
}

function isWritten({ groups }: OpenPage, line: number, name: string): boolean {
  return groups.some((group) => group.line === line && group.attributes.some((one) => one.name === name));
}

/** The heading right above one, of a higher level. */
function lineAbove({ lines }: OpenPage, line: number): number | undefined {
  const depthOf = (number: number) => /^#+/.exec(lines[number]?.text.trimStart() ?? '')?.[0].length ?? 7;
  const depth = lines[line]?.kind === 'heading' ? depthOf(line) : 7;
  for (let number = line - 1; number >= 0; number -= 1)
    if (lines[number]?.kind === 'heading' && depthOf(number) < depth) return number;
  return undefined;
}

function languageEdit(page: OpenPage, line: number, language: string): TextEdit {
  const written = page.lines[line];
  if (written === undefined) return attributeEdit(page, line, '');
  const { start } = infoOf(page.source.text, written);
  const label = /^[^\s{]*/.exec(page.source.text.slice(start, written.end))?.[0] ?? '';
  const isBefore = page.source.text[start + label.length] === '{';
  return {
    range: rangeOfText(page, start, start + label.length),
    newText: isBefore ? `${language} ` : language,
  };
}
