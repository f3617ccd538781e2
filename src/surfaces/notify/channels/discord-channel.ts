// Owns channels that are webhooks of Discord.
import type { ChannelSettings } from '../../../runbook/front-matter/channels/channel-settings.ts';
import type { LinePiece } from '../line-piece.ts';
import { factsOf } from '../message-facts.ts';
import type { Message, SendNotification } from '../notification.ts';
import { chatText } from './chat-text.ts';
import { fillVariables, type Variables } from './fill-variables.ts';

import { postJson } from './post-json.ts';
import { cutText, writeLine } from './write-line.ts';

/** Longest message that Discord takes. */
const longestContent = 2_000;

/** A channel of Discord. */
export function discordChannel(
  { url, type: _type, ...bounds }: Extract<ChannelSettings, { type: 'teams' | 'discord' }>,
  env: Variables,
): SendNotification {
  return async (message, signal) => {
    const { filled, redactor } = fillVariables({ url }, env);
    const body = JSON.stringify({
      content: contentOf(message),
      allowed_mentions: { parse: mentionsOf(message.line) },
    });
    await postJson({ url: filled.url, body }, { ...bounds, signal, redactor });
    return {};
  };
}

/** The line, and where there is something to answer, the facts and the ways to; a long command is cut, not they. */
function contentOf({ notification, line }: Message): string {
  const { facts, command, answers } = factsOf(notification);
  const head = [
    writeLine(line, chatText.discord),
    ...facts.map(({ name, text }) => chatText.discord(`${name}: ${text}`)),
  ].join('\n');
  const ways = answers.map(({ text }) => code(text)).join('\n');
  if (command === undefined) return cutText(head, longestContent);
  const room = longestContent - ways.length - longestCode - frame;
  return [cutText(head, room), code(cutText(command.trimEnd(), longestCode)), ways].join('\n');
}

/** So much of a command, in UTF-16 units. */
const longestCode = 600;
/** What stands around it, and marks within that are broken up. */
const frame = 100;

/** Code as it is: nothing in it ends it. */
function code(text: string): string {
  return `\`\`\`\n${text.replaceAll('```', '``\u200b`').slice(0, longestCode + frame / 2)}\n\`\`\``;
}

/** Whom Discord may call: those whom the author's own words do. */
function mentionsOf(line: readonly LinePiece[]): readonly string[] {
  const own = line.map(({ text, isAuthors }) => (isAuthors ? text : '')).join('');
  const kinds = { everyone: /@(?:everyone|here)\b/, roles: /<@&\d+>/, users: /<@!?\d+>/ };
  return Object.entries(kinds).flatMap(([kind, pattern]) => (pattern.test(own) ? [kind] : []));
}
