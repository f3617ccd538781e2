// Owns channels of Microsoft Teams: a workflow that posts the Adaptive Card which its webhook is sent.
import type { ChannelSettings } from '../../../runbook/front-matter/channels/channel-settings.ts';
import { factsOf } from '../message-facts.ts';
import type { Message, SendNotification } from '../notification.ts';
import { fillVariables, type Variables } from './fill-variables.ts';
import { postJson } from './post-json.ts';
import { cutText, writeLine } from './write-line.ts';

/** So much of one text, that a card stays below the 28 KB that Teams takes. */
const longestText = 4_000;

/** A channel of Teams. */
export function teamsChannel(
  { url, type: _type, ...bounds }: Extract<ChannelSettings, { type: 'teams' | 'discord' }>,
  env: Variables,
): SendNotification {
  return async (message, signal) => {
    const { filled, redactor } = fillVariables({ url }, env);
    const post = { url: filled.url, body: JSON.stringify(cardMessage(message)) };
    await postJson(post, { ...bounds, signal, redactor });
    return {};
  };
}

function cardMessage({ notification, line }: Message): object {
  const { facts, command, answers, origin } = factsOf(notification);
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body: [
      block([{ text: writeLine(line, (text) => text), weight: 'Bolder' }]),
      ...facts.map(({ name, text }) => block([{ text: `${name}: `, weight: 'Bolder' }, { text }])),
      ...(command === undefined ? [] : [block([{ text: command.trimEnd(), fontType: 'Monospace' }])]),
      ...answers.map(({ text }) => block([{ text, fontType: 'Monospace' }])),
      block([{ text: origin.join(' · '), isSubtle: true, size: 'Small' }]),
    ],
  };
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] };
}

interface Run {
  readonly text: string;
  readonly weight?: 'Bolder';
  readonly fontType?: 'Monospace';
  readonly isSubtle?: true;
  readonly size?: 'Small';
}

/** Runs of text are taken as they are: only a TextBlock reads Markdown, and mentions need entities of their own. */
function block(runs: readonly Run[]): object {
  const inlines = runs.map((run) => ({ type: 'TextRun', ...run, text: cutText(run.text, longestText) }));
  return { type: 'RichTextBlock', inlines };
}
