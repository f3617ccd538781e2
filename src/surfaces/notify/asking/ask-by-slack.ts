// Owns the message of Slack that asks for one approval, with buttons that answer it and one that leads to the page.
import { answerButton, type ButtonAnswer } from '../../../run/answers/answer-button.ts';
import { createRedactor } from '../../../run/masking/redactor.ts';
import { fillVariables, type Variables } from '../channels/fill-variables.ts';
import { postJson } from '../channels/post-json.ts';
import { slackMessage } from '../channels/slack-message.ts';
import { slackRefusal } from '../channels/slack-refusal.ts';
import type { Message } from '../notification.ts';

/** A channel of Slack: by a bot, or by an incoming webhook. Texts may hold `${NAME}`. */
export type SlackPlace = { readonly timeoutMs: number } & (
  | { readonly type: 'bot'; readonly channel: string; readonly token: string; readonly api: string }
  | { readonly type: 'webhook'; readonly url: string }
);

/** What is asked. */
export interface SlackRequest {
  readonly message: Message<string>;
  /** The page of the run. */
  readonly page: string;
  /** What buttons answer: none where nobody hears them, or where the message does not show all that is approved. */
  readonly answers: readonly (ButtonAnswer & {
    readonly label: string;
    readonly style: 'primary' | 'danger';
  })[];
}

/** Posts it once; rejects with a reason for people. */
export async function askBySlack(
  place: SlackPlace,
  { message, page, answers }: SlackRequest,
  env: Variables,
  signal: AbortSignal,
): Promise<void> {
  const { timeoutMs } = place;
  const elements = [
    ...answers.map(button),
    { type: 'button', text: plain('Open the page'), url: page, action_id: 'open' },
  ];
  const content = slackMessage(message, [{ type: 'actions', elements }]);
  if (place.type === 'webhook') {
    const { filled, redactor } = fillVariables({ url: place.url }, env);
    await postJson(
      { url: filled.url, body: JSON.stringify(content) },
      { timeoutMs, retries: 0, redactor, signal },
    );
    return;
  }
  const { channel, token, api } = place;
  const { filled, redactor } = fillVariables({ channel, token, api }, env);
  redactor.add(filled.token);
  const headers = () => ({
    authorization: `Bearer ${filled.token}`,
    'content-type': 'application/json; charset=utf-8',
  });
  const body = JSON.stringify({ channel: filled.channel, ...content });
  await postJson(
    { url: `${filled.api}/chat.postMessage`, headers, body },
    { timeoutMs, retries: 0, redactor, signal, refusalIn: slackRefusal },
  );
}

/** Asks once more before it counts: messages are read on telephones. */
function button({ label, style, ...answer }: SlackRequest['answers'][number], place: number): object {
  const { id, value } = answerButton(answer, place);
  const confirm = {
    title: plain(label),
    text: plain(`${label} exactly what this message shows?`),
    confirm: plain(label),
    deny: plain('Back'),
  };
  return { type: 'button', text: plain(label), style, action_id: id, value, confirm };
}

const plain = (text: string): object => ({ type: 'plain_text', text, emoji: false });

/** Answers who has pressed a button: them alone, or, where it was taken, the whole channel. Rejects with a reason. */
export async function respondInSlack(url: string, text: string, isForAll: boolean): Promise<void> {
  const redactor = createRedactor();
  redactor.add(url);
  await postJson(
    { url, body: JSON.stringify(slackWords(text, isForAll)) },
    { timeoutMs: 5_000, retries: 2, redactor, signal: new AbortController().signal },
  );
}

/** Words beside the message, which stays as it is. */
export function slackWords(text: string, isForAll: boolean): object {
  return { response_type: isForAll ? 'in_channel' : 'ephemeral', replace_original: false, text };
}
