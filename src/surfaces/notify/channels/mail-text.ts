// Owns what stands in the mail of a notification: its subject, its text, and the headers by which mail is kept together.
import { type Fact, factsOf } from '../message-facts.ts';
import type { Message } from '../notification.ts';
import { cutText, writeLine } from './write-line.ts';

/** Longest subject: a line of a list of mails. */
const longestSubject = 200;

/**
 * All mail of one run is one conversation, whichever of it a mailbox has. `ways` are the ways to answer where those of
 * the notification are not meant.
 */
export function mailText({ notification, line }: Message<string>, ways?: readonly Fact[]): object {
  const { severity, run, about } = notification;
  const text = writeLine(line, (piece) => piece);
  const { facts, command, answers, origin } = factsOf(notification);
  const paragraphs = [
    text,
    facts.map((fact) => `${fact.name}: ${fact.text}`).join('\n'),
    (command ?? '').trimEnd().replace(/^/gm, '    '),
    (ways ?? answers).map((answer) => `${answer.name}:\n    ${answer.text}`).join('\n'),
    `-- \n${origin.join('\n')}`,
  ];
  const subject = `${severity === undefined ? '' : `[${severity}] `}${text}`.replace(/\s+/g, ' ');
  const conversation = `<${run}@runsheet.invalid>`;
  return {
    subject: cutText(subject, longestSubject),
    text: `${paragraphs.filter((paragraph) => paragraph.trim() !== '').join('\n\n')}\n`,
    inReplyTo: conversation,
    references: conversation,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Runsheet-Run': run, 'X-Runsheet-About': about },
  };
}
