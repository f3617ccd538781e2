// Owns what a click in Slack comes to: whose it is, what the run says to it, and what the person is told.
import { errorMessage } from '../../../basics/coded-error.ts';
import { slackWords } from '../../../surfaces/notify/asking/ask-by-slack.ts';
import { chatText } from '../../../surfaces/notify/channels/chat-text.ts';
import type { PostedAnswer, Reply } from '../../../surfaces/sources/source.ts';
import type { WebPort } from '../../../surfaces/web/web-port.ts';
import { quoted } from '../../../view/words/quoted.ts';
import type { ServeSettings } from '../serve-settings.ts';
import { approverOf } from './approver-of.ts';

/** What it needs. */
export interface ClickParts {
  readonly port: Pick<WebPort, 'answer' | 'hasRun'>;
  readonly people: ServeSettings['people'];
  /** Tells the person, or all of the channel, by the address that came with the click. */
  readonly respond: (url: string, text: string, isForAll: boolean) => Promise<void>;
  readonly tell: (line: string) => void;
}

/** Slack waits for 3 s; what takes longer is told by the address that came with the click. */
const patienceMs = 2_000;

interface Outcome {
  readonly text: string;
  readonly isTaken: boolean;
}

/** Takes all of them, and answers in time; who clicked is told in words what became of it. */
export async function answerClicks(parts: ClickParts, answers: readonly PostedAnswer[]): Promise<Reply> {
  const taken = Promise.all(answers.map((answer) => takeAndTell(parts, answer)));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  const outcomes = await Promise.race([taken, late]);
  clearTimeout(timer);
  if (outcomes === undefined) return { status: 200, headers: {}, body: '' };
  const text = outcomes.map((outcome) => outcome.text).join('\n');
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(slackWords(text, false)),
  };
}

async function takeAndTell(parts: ClickParts, answer: PostedAnswer): Promise<Outcome> {
  const { respond, tell } = parts;
  const outcome = await take(parts, answer).catch((error: unknown): Outcome => {
    tell(`a click in Slack could not be taken: ${errorMessage(error)}`);
    return refused('the server could not do it now; try again');
  });
  if (answer.respondTo !== undefined)
    respond(answer.respondTo, outcome.text, outcome.isTaken).catch((error: unknown) =>
      tell(`who clicked in Slack could not be told what came of it: ${errorMessage(error)}`),
    );
  return outcome;
}

async function take({ port, people }: ClickParts, answer: PostedAnswer): Promise<Outcome> {
  const { run, address, word, of: digest, person: member } = answer;
  const [name] = Object.keys(people).filter((one) => people[one]?.slack === member);
  if (name === undefined) return refused(`this server knows nobody who is ${quoted(member)} in Slack`);
  const person = approverOf(people, name, 'slack');
  if (person === undefined) return refused(`${name} has not the role approver`);
  if (digest === undefined || (word !== 'approve' && word !== 'deny'))
    return refused('the button does not say what it is for');
  if (!(await port.hasRun(run))) return refused(`there is no run ${quoted(run)} any more`);
  const given = await port.answer(run, person, { type: word, address, digest });
  if (!given.ok) return refused(given.error.message.replace(/\.$/, ''));
  const what = word === 'approve' ? 'approval' : 'denial';
  const text = chatText.slack(`The ${what} of ${quoted(address)} by ${name} was taken (run ${run}).`);
  return { text, isTaken: true };
}

const refused = (why: string): Outcome => ({ text: chatText.slack(`Not taken: ${why}.`), isTaken: false });
