// Owns what somebody is shown who is to approve a step: all that their word is for, before they are asked for it.
import { decodeMasked } from '../../run/masking/redactor.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { ApprovalState, ItemState, RunState } from '../../run/state.ts';
import type { RunView } from '../../run/surface.ts';
import { visibleText } from '../../text/visible-text.ts';
import type { Palette } from '../../view/layout/palette.ts';
import { type StyledLine, styled } from '../../view/layout/styled-line.ts';
import { wrapRuns } from '../../view/layout/wrap-runs.ts';
import { approvalWords, undoWords, untilWords } from '../../view/words/approval-words.ts';
import { findingWords } from '../../view/words/finding-words.ts';
import { formatTime } from '../../view/words/format-time.ts';
import { actorWords, listed, quoted } from '../../view/words/quoted.ts';
import { reasonWords, skipWords } from '../../view/words/reason-words.ts';
import { Page } from './page.ts';

/** Values are shown up to so many characters; a digest stands for all of it. */
const longestValue = 200;
/** What is shown of the end of what a step printed that only looks. */
const tailBytes = 2_000;
const tailLines = 5;
/** So many of the steps before are told. */
const mostSteps = 30;

/** A request for an approval, as the run's folder tells it. */
export interface ApprovalRequest {
  readonly view: RunView;
  readonly item: PlanItem;
  readonly gate: ApprovalState;
  /** By which an answer names the request. */
  readonly digest: string;
  /** Names of the inputs whose values nobody is shown. */
  readonly secretInputs: readonly string[];
  readonly nowMs: number;
}

/** The page, as text with line ends. */
export function renderApprovalPage(request: ApprovalRequest, palette: Palette, columns: number): string {
  let text = '';
  const write = (more: string): void => {
    text += more;
  };
  const page = new Page(request.view, { write, palette, columns: () => columns });
  const state = request.view.state();
  const lines = (title: string, of: readonly StyledLine[]): void => {
    if (of.length === 0) return;
    page.writeBlank();
    page.writeLine([styled(title, { bold: true })]);
    for (const line of of) page.writeLine([styled('  '), ...line]);
  };
  for (const line of headLines(request, state))
    for (const part of wrapRuns([styled(line)], columns)) page.writeLine(part);
  page.showItem(request.item.address, state);
  lines('With', valueLines(request, palette));
  lines('Brings', bringLines(request, state));
  lines('Undo', [[styled(undoWords(state, request.item))]]);
  lines('So far', stepLines(request.view, state, palette));
  page.writeBlank();
  page.writeLine([styled('What is approved has the digest '), styled(request.digest, { bold: true })]);
  return text;
}

function headLines({ item, gate, nowMs }: ApprovalRequest, state: RunState): readonly string[] {
  const { run = '', plan, startedBy, operator, startedAt = '' } = state;
  const started = startedBy === undefined ? '' : ` by ${actorWords(startedBy)}`;
  const operated = operator === undefined ? '' : `, operated by ${actorWords(operator)}`;
  const known = state.items[state.indexOf.get(item.address) ?? -1];
  return [
    `Run ${run} of ${quoted(plan.title)}, started${started} at ${formatTime(startedAt)}${operated}`,
    `${quoted(item.address)} ${known === undefined ? '' : approvalWords(known, nowMs)}`,
    `asked for by ${actorWords(gate.requestedBy)} at ${formatTime(gate.requestedAt)}${untilWords(gate)}`,
    `risk: ${item.risk}`,
  ];
}

function valueLines({ gate, secretInputs }: ApprovalRequest, { symbols }: Palette): readonly StyledLine[] {
  const values = Object.entries(gate.of?.values ?? {}).map(([name, value]) => {
    const shown = value.length > longestValue ? `${value.slice(0, longestValue)}${symbols.ellipsis}` : value;
    return [
      styled(visibleText(name), { tone: 'variable' }),
      styled(`=${visibleText(shown)}`, { tone: 'muted' }),
    ];
  });
  const secrets = secretInputs.map((name) => [
    styled(visibleText(name), { tone: 'variable' }),
    styled(' (a secret)', { tone: 'muted' }),
  ]);
  const hosts = gate.of?.hosts === undefined ? [] : [[styled(`on ${listed(gate.of.hosts.map(quoted))}`)]];
  return [...values, ...secrets, ...hosts];
}

/** What a link runs, code and all: the approval is of that, too. */
function bringLines({ gate }: ApprovalRequest, state: RunState): readonly StyledLine[] {
  return Object.keys(gate.of?.brings ?? {}).flatMap((address) => {
    const index = state.plan.items.findIndex((item) => item.address === address);
    const item = state.plan.items[index];
    if (item === undefined) return [];
    const code = item.kind === 'block' ? (state.items[index]?.code ?? item.code).trimEnd().split('\n') : [];
    return [
      [styled(quoted(address)), styled(` ${item.kind}, ${item.risk}`, { tone: 'muted' })],
      ...code.map((line) => [styled(`    ${visibleText(line)}`)]),
    ];
  });
}

/** What has become of the steps before, and the end of what those have printed that only look. */
function stepLines(view: RunView, { plan, items }: RunState, { symbols }: Palette): readonly StyledLine[] {
  const told = plan.items.flatMap((item, index) => {
    const known = items[index];
    if (known === undefined || known.endedAt === undefined) return [];
    const words = becameOf(known);
    return words === undefined ? [] : [{ item, known, words }];
  });
  const cut = told.length - mostSteps;
  return [
    ...(cut > 0 ? [[styled(`${symbols.ellipsis} ${cut} before`, { tone: 'muted' })]] : []),
    ...told
      .slice(-mostSteps)
      .flatMap(({ item, known, words }) => [
        [styled(`${quoted(item.address)} ${words}`)],
        ...(item.risk === 'read' ? outputLines(view, known) : []),
      ]),
  ];
}

function becameOf({ status, result, reason, skipReason, by, note }: ItemState): string | undefined {
  const who = by === undefined ? '' : `, confirmed by ${actorWords(by)}`;
  const said = note ? ` (${visibleText(note)})` : '';
  switch (status) {
    case 'passed':
      return result?.finding ? findingWords(result) : 'passed';
    case 'failed':
    case 'failed-continued':
      return `failed${reason === undefined ? '' : `: ${reasonWords(reason)}`}`;
    case 'skipped':
      return `skipped${skipReason === undefined ? '' : `: ${skipWords(skipReason)}`}${said}`;
    case 'done':
      return `done${who}${said}`;
    case 'already-done':
      return 'already done';
    default:
      return undefined;
  }
}

function outputLines(view: RunView, { result }: ItemState): readonly StyledLine[] {
  if (result === undefined) return [];
  const text = decodeMasked(view.readOutputTail(result.output, tailBytes)).trimEnd();
  if (text === '') return [];
  return text
    .split('\n')
    .slice(-tailLines)
    .map((line) => [styled(`    ${visibleText(line)}`, { tone: 'muted' })]);
}
