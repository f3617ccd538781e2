// Owns a notification as Slack shows it: a line for notices, and blocks within Slack's bounds.

import { type Fact, factsOf } from '../message-facts.ts';
import type { Message } from '../notification.ts';
import { chatText } from './chat-text.ts';
import { cutText, writeLine } from './write-line.ts';

/** Slack's own bounds, in characters: what is longer is cut. */
export const longestInSlack = { text: 3_000, field: 2_000 };
const mostFields = 10;

/** `text` and `blocks` of a message; `ways` are blocks by which it is answered, in place of commands. */
export function slackMessage({ notification, line }: Message<string>, ways?: readonly object[]): object {
  const text = cutText(writeLine(line, chatText.slack), longestInSlack.text);
  const { facts, command, answers, origin } = factsOf(notification);
  return {
    text,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text } },
      ...fieldsOf(facts),
      ...(command === undefined ? [] : [code(command)]),
      ...(ways ?? (answers.length === 0 ? [] : [code(answers.map((answer) => answer.text).join('\n'))])),
      { type: 'context', elements: [plain(origin.join(' · '))] },
    ],
    // What stands in values leads nowhere.
    unfurl_links: false,
    unfurl_media: false,
  };
}

function fieldsOf(facts: readonly Fact[]): readonly object[] {
  const fields = facts.map(({ name, text }) => plain(`${name}: ${text}`));
  const rows = Array.from({ length: Math.ceil(fields.length / mostFields) }, (_, row) =>
    fields.slice(row * mostFields, (row + 1) * mostFields),
  );
  return rows.map((row) => ({ type: 'section', fields: row }));
}

/** Text that Slack reads nothing into. */
function plain(text: string): object {
  return { type: 'plain_text', text: cutText(text, longestInSlack.field), emoji: false };
}

/** Code as it is: in this kind of block nothing is read into its text. */
function code(text: string): object {
  const elements = [{ type: 'text', text: cutText(text, longestInSlack.text) }];
  return { type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements }] };
}
