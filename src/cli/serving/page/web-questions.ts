// Owns what a run waits with for people, as its page asks it.
import type { Address } from '../../../basics/address.ts';
import type { ListedRun, RunStore } from '../../../engine/journal/run-store.ts';
import { askingState, asResting, isComingToRest, openQuestion } from '../../../run/answers/open-question.ts';
import { placeOfQuestion } from '../../../run/answers/place-of-question.ts';
import { questionId } from '../../../run/answers/question-id.ts';
import { wordsFor } from '../../../run/answers/words-for.ts';
import { mayApprove, openGate } from '../../../run/approvals/may-approve.ts';
import { requestDigest } from '../../../run/approvals/request-digest.ts';
import type { Actor } from '../../../run/event.ts';
import type { PlanItem } from '../../../run/plan.ts';
import type { OpenQuestion } from '../../../run/question.ts';
import type { ApprovalState, ItemState, RunState } from '../../../run/state.ts';
import type { RunView } from '../../../run/surface.ts';
import type { ReadOutput } from '../../../surfaces/reports/document-log.ts';
import type { PageBlock } from '../../../surfaces/reports/page/page.ts';
import type { Person } from '../../../surfaces/web/person.ts';
import { renderMarkdown } from '../../../surfaces/web/render-markdown.ts';
import type { WebQuestion } from '../../../surfaces/web/web-port.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { entryWords } from '../../../view/steps/entry-words.ts';
import { indexItems } from '../../../view/steps/index-items.ts';
import { textForPeople } from '../../../view/steps/text-for-people.ts';
import { approvalWords, undoWords } from '../../../view/words/approval-words.ts';
import { itemFacts } from '../../../view/words/item-facts.ts';
import { actorWords, listed, quoted } from '../../../view/words/quoted.ts';
import { usedVariables } from '../../../view/words/used-variables.ts';
import { currentActor } from '../../current-actor.ts';
import type { ReadRun } from '../../history/read-run.ts';
import { viewOfRun } from '../../history/view-of-run.ts';
import { askedOutput } from '../../telling/asked-output.ts';
import { openQuestionLines } from '../../telling/open-question-lines.ts';
import { answerMeanings } from './answer-meanings.ts';
import { stepProse } from './step-prose.ts';

/** A run that is looked at, and who looks. */
export interface Looked {
  readonly store: RunStore;
  readonly run: ListedRun;
  readonly read: ReadRun;
  readonly isLive: boolean;
  readonly person: Person;
}

/** Gates first, then what the operator is asked; each with what the run's page says there. */
export function webQuestions(looked: Looked): readonly WebQuestion[] {
  const state = looked.isLive ? looked.read.state : asResting(looked.read.state);
  if (state.lifecycle === 'ended' || state.lifecycle === 'new') return [];
  if (looked.isLive && isComingToRest(state)) return [];
  const view = viewOfRun(looked.store, looked.run, looked.read)?.view;
  const says = (address: Address | undefined): { readonly says?: string } => {
    const text = view === undefined || address === undefined ? '' : stepProse(view, address);
    return text === '' ? {} : { says: renderMarkdown(text) };
  };
  const values = (item: PlanItem): readonly PageBlock[] =>
    view === undefined ? [] : valueBlocks(view, state, item);
  return [...gates(looked, state, says), ...operatorQuestion(looked, state, { says, values })];
}

const whereAll = 'its whole output below';

/** Of a run that is looked at on its page. */
export function excerptOf({ outputs }: ReadRun): ReadOutput {
  return (output) => outputs.excerpt(output, whereAll);
}

type Says = (address: Address | undefined) => { readonly says?: string };

/** The person of the page, as the run would record an answer of theirs. */
export function webActor({ name, way }: Person): Actor {
  const { user, uid = -1, host } = currentActor();
  return { user: name, host, via: { way, account: user, uid } };
}

function gates({ person, read }: Looked, state: RunState, says: Says): readonly WebQuestion[] {
  return state.plan.items.flatMap((item, index): WebQuestion[] => {
    const known = state.items[index];
    const gate = known && openGate(item, known);
    const digest = gate && requestDigest(state, item, gate);
    if (known === undefined || gate === undefined || digest === undefined) return [];
    const may = mayApprove(state, item, known, webActor(person));
    return [
      {
        type: 'approval',
        address: item.address,
        digest,
        asked: `${quoted(item.address)} ${approvalWords(known)}`,
        ...(gate.expiresAt !== undefined && { expiresAt: gate.expiresAt }),
        ...(may.ok ? {} : { whyNot: may.error.message }),
        ...says(item.address),
        shown: approvalBlocks(read, state, item, known, gate),
      },
    ];
  });
}

/** What the answer is for: the code, its values, what it brings, and what would undo it. */
function approvalBlocks(
  { history }: ReadRun,
  state: RunState,
  item: PlanItem,
  known: ItemState,
  gate: ApprovalState,
): readonly PageBlock[] {
  const started = history.find(({ event }) => event.type === 'RunStarted')?.event;
  const { secretInputs: secrets = [], cause } = started?.type === 'RunStarted' ? started : {};
  const values = Object.entries(gate.of?.values ?? {}).map(([name, value]) => [
    visibleText(name),
    visibleText(value),
  ]);
  const facts = [
    ['Risk', item.risk],
    ...(gate.of?.hosts === undefined ? [] : [['On', listed(gate.of.hosts.map(quoted))]]),
    ['Undo', undoWords(state, item)],
    ['Asked for by', actorWords(gate.requestedBy)],
    // The process that asks is the server's; what began the run tells more.
    ...(cause === undefined ? [] : [['Because of', visibleText(cause)]]),
    ...(gate.given.length === 0 ? [] : [['Given by', listed(gate.given.map(({ by }) => actorWords(by)))]]),
    ...values.map(([name = '', value = '']) => [quoted(name), value]),
    ...secrets.map((name) => [quoted(name), 'a secret']),
  ];
  return [
    { type: 'table', head: [], rows: facts },
    ...codeOf(item, known),
    ...factsOf(item),
    ...broughtBlocks(state, item, gate),
  ];
}

function codeOf(item: PlanItem, known: ItemState): readonly PageBlock[] {
  if (item.kind !== 'block') return [];
  return [
    { type: 'code', label: 'sh', lines: (known.code ?? item.code).trimEnd().split('\n').map(visibleText) },
  ];
}

function broughtBlocks(state: RunState, item: PlanItem, gate: ApprovalState): readonly PageBlock[] {
  const brought = Object.keys(gate.of?.brings ?? {}).filter((address) => address !== item.address);
  if (brought.length === 0) return [];
  const parts = brought.flatMap((address): PageBlock[] => {
    const index = state.plan.items.findIndex((other) => other.address === address);
    const [other, known] = [state.plan.items[index], state.items[index]];
    if (other === undefined || known === undefined) return [];
    return [
      { type: 'paragraph', text: `${quoted(address)}, ${other.kind}, ${other.risk}` },
      ...codeOf(other, known),
      ...factsOf(other),
    ];
  });
  return [{ type: 'heading', level: 3, text: gate.rest ? 'What follows' : 'What it brings' }, ...parts];
}

/** What a text for people names, and what that is in this run. */
function valueBlocks(view: RunView, { inputs, captured }: RunState, item: PlanItem): readonly PageBlock[] {
  const place = indexItems(view.runbook, view.plan, view.linked).get(item.address);
  const own = textForPeople(item, place);
  // What is said before a list belongs to it.
  const text = own === '' ? '' : `${stepProse(view, item.address)}\n${own}`;
  const used = usedVariables(text, { ...inputs, ...captured });
  const rows = used.map(({ name, value }) => [quoted(visibleText(name)), visibleText(value)]);
  return rows.length === 0 ? [] : [{ type: 'table', head: [], rows }];
}

/** What the page of the run knows of an item. */
interface OfPage {
  readonly says: Says;
  readonly values: (item: PlanItem) => readonly PageBlock[];
}

function operatorQuestion(
  { run, read }: Looked,
  state: RunState,
  { says, values }: OfPage,
): readonly WebQuestion[] {
  const question = openQuestion(state);
  const id = question && questionId(state, question);
  if (question === undefined || id === undefined) return [];
  const asking = askingState(state);
  const index = state.indexOf.get('address' in question ? question.address : ('' as never)) ?? -1;
  const [item, known] = [asking.plan.items[index], asking.items[index]];
  const boxes =
    item?.kind === 'checklist' && question.type === 'checklist'
      ? item.entries.map((entry, at) => {
          const ticked = known?.ticks[at] === true;
          return { text: entryWords(entry, ticked), ticked };
        })
      : undefined;
  const value = writtenWith(question, item);
  return [
    {
      type: 'question',
      id,
      place: placeOfQuestion(question),
      asked: openQuestionLines(run.id, asking, question).asked,
      ...says(item?.address),
      shown:
        item === undefined || known === undefined
          ? changeBlocks(question)
          : [
              ...codeOf(item, known),
              ...factsOf(item),
              ...values(item),
              ...askedOutput(run.folder, read, asking, question, whereAll),
            ],
      words: wordsFor(asking, question),
      meanings: answerMeanings(question),
      ...(boxes && { boxes }),
      ...(value && { value }),
    },
  ];
}

/** What differs between the runbook that the run was started with and the one that is there now. */
function changeBlocks(question: OpenQuestion): readonly PageBlock[] {
  return question.type === 'changed'
    ? [{ type: 'code', label: 'text', lines: question.change.lines.map(visibleText) }]
    : [];
}

/** What is to be known of an item beside its code, as at a terminal. */
function factsOf(item: PlanItem): readonly PageBlock[] {
  const facts = itemFacts(item).map(({ text }) => text);
  return facts.length === 0 ? [] : [{ type: 'paragraph', text: facts.join(' · ') }];
}

/** What has to be written beside the word. */
function writtenWith(
  question: OpenQuestion,
  item: PlanItem | undefined,
): (WebQuestion & { type: 'question' })['value'] {
  if (question.type === 'confirm' && question.target !== undefined)
    return { label: `To confirm, write ${question.target}` };
  if (question.type !== 'manual' || item?.kind !== 'manual' || item.ask === undefined) return undefined;
  const { choices } = item.ask;
  return { label: item.ask.variable, ...(choices !== undefined && choices.length > 0 && { choices }) };
}
