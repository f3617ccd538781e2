// Owns the surface of a test's case: it answers what was written down, and keeps what becomes of the run.
import type { RecordedEvent, RunEvent } from '../../run/event.ts';
import type { OutputChunk } from '../../run/output-chunk.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { Question } from '../../run/question.ts';
import { mayChange } from '../../run/rules/end-run.ts';
import type { RunState } from '../../run/state.ts';
import type { RunView, SendCommand, Surface } from '../../run/surface.ts';
import { reasonWords } from '../../view/words/reason-words.ts';
import { answerApproval } from './answer-approval.ts';
import { answerQuestion, type WrittenAnswers } from './answer-question.ts';
import { type CaseFailure, type CaseItem, type CaseRecord, nameInOrder } from './case-record.ts';

/** What blocks print is kept up to here; of more than that, the end. */
const longestOutput = 1_000_000;
const longestOfBlock = 20_000;
const shownLines = 20;

/** What a case has come to, as far as it can be seen from a surface. */
type SeenRecord = Omit<CaseRecord, 'isProof'>;

/** Is told of the state in which a run rests, and of all that has happened in it. */
type TellEnd = (record: SeenRecord, history: readonly RecordedEvent[]) => void;

/** Makes the surface that answers a run from what is written down. */
export function createScriptedSurface(written: WrittenAnswers, ended: TellEnd): Surface {
  return new AnsweringSurface(written, ended);
}

class AnsweringSurface implements Surface {
  readonly name = 'plain';
  readonly #written: WrittenAnswers;
  readonly #ended: TellEnd;
  readonly #history: RecordedEvent[] = [];
  readonly #order: string[] = [];
  readonly #failures: CaseFailure[] = [];
  readonly #unanswered = new Set<string>();
  readonly #answered = new Set<string>();
  readonly #begun = new Set<string>();
  readonly #outputs = new Map<string, string>();
  #output = '';
  #message = '';
  #state: RunState | undefined;
  #send: SendCommand = () => undefined;

  constructor(written: WrittenAnswers, ended: TellEnd) {
    this.#written = written;
    this.#ended = ended;
  }

  start(_: RunView, send: SendCommand): void {
    this.#send = send;
  }

  onEvent(recorded: RecordedEvent, state: RunState): void {
    const { event } = recorded;
    this.#history.push(recorded);
    this.#state = state;
    if (event.type === 'RunEnded' || event.type === 'RunPaused') this.#message = event.message;
    const index = 'address' in event && event.address ? state.indexOf.get(event.address) : undefined;
    const item = state.plan.items[index ?? -1];
    if (item === undefined) return;
    const { address } = item;
    if (event.type === 'BlockStarted' && item.kind === 'block') {
      this.#outputs.set(address, '');
      if (!this.#begun.has(address)) this.#order.push(nameInOrder(item));
    }
    if (isReached(event.type)) this.#begun.add(address);
    // Not from within the event: the run has to have come to its waiting.
    if (event.type === 'ApprovalRequested') setImmediate(() => this.#answerGate(item));
    if (event.type !== 'BlockFailed') return;
    const output = lastLines(this.#outputs.get(address) ?? '');
    this.#failures.push({ address, why: reasonWords(event.reason), output });
  }

  onOutput({ address, bytes }: OutputChunk): void {
    const text = new TextDecoder().decode(bytes);
    this.#output = `${this.#output}${text}`.slice(-longestOutput);
    this.#outputs.set(address, `${this.#outputs.get(address) ?? ''}${text}`.slice(-longestOfBlock));
  }

  async ask(question: Question): ReturnType<NonNullable<Surface['ask']>> {
    const state = this.#state;
    if (state === undefined) return undefined;
    const by = operatorOf(state);
    const answer = answerQuestion(question, state, this.#written, by);
    if (!answer.ok) {
      this.#unanswered.add(answer.question);
      return { type: 'PauseRun', reason: 'operator', by };
    }
    if (answer.key !== undefined) this.#answered.add(answer.key);
    for (const command of answer.commands.slice(0, -1)) this.#send(command);
    return answer.commands.at(-1);
  }

  onRejection({ message }: { readonly message: string }): void {
    this.#unanswered.add(message);
    if (this.#state) this.#send({ type: 'PauseRun', reason: 'operator', by: operatorOf(this.#state) });
  }

  end(state: RunState): void {
    const record: SeenRecord = {
      outcome: state.lifecycle === 'ended' ? (state.outcome ?? 'failed') : 'paused',
      message: this.#message,
      order: this.#order,
      captured: { ...state.captured },
      failures: this.#failures,
      unanswered: [...this.#unanswered],
      answered: [...this.#answered],
      output: this.#output,
      items: state.plan.items.map((item) => toItem(item, this.#begun.has(item.address))),
    };
    this.#ended(record, this.#history);
  }

  #answerGate(item: PlanItem): void {
    const state = this.#state;
    if (state === undefined) return;
    const answer = answerApproval(state, item, this.#written.answers);
    if (answer.ok) {
      if (answer.key !== undefined) this.#answered.add(answer.key);
      for (const command of answer.commands) this.#send(command);
      return;
    }
    this.#unanswered.add(answer.question);
    this.#send({ type: 'PauseRun', reason: 'interrupt', by: operatorOf(state) });
  }
}

/** What is done already has been looked at, and is as it is to be. */
function isReached(type: RunEvent['type']): boolean {
  return type === 'BlockStarted' || type === 'ManualStepDone' || type === 'BlockAlreadyDone';
}

function operatorOf(state: RunState) {
  return state.operator ?? { user: 'test', host: '' };
}

function toItem(item: PlanItem, ran: boolean): CaseItem {
  return {
    address: item.address,
    step: item.step,
    kind: item.kind,
    phase: item.phase,
    ...(item.phase === 'rollback' && { undoes: item.undoes ?? '' }),
    ...(item.file !== undefined && { file: item.file }),
    line: item.line,
    ran,
    changes: mayChange(item),
    ways: (item.branches ?? []).map(({ choice, branch }) => `${choice}=${branch}`),
  };
}

function lastLines(text: string): readonly string[] {
  return text.trim() === '' ? [] : text.trimEnd().split('\n').slice(-shownLines);
}
