// Owns the mail that asks one person for one approval, with a link that is theirs alone.

import { fillVariables, type Variables } from '../channels/fill-variables.ts';
import { mailText } from '../channels/mail-text.ts';
import { openMailServer, sendMail } from '../channels/send-mail.ts';
import type { Message } from '../notification.ts';

/** The server that mail is given to, and whom it comes from; texts may hold `${NAME}`. */
export interface MailSender {
  readonly smtp: string;
  readonly from: string;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

/** Sends it once; rejects with a reason for people, in which neither the link nor a password stands. */
export async function askByMail(
  { smtp, from, timeoutMs }: MailSender,
  mail: {
    readonly to: string;
    readonly message: Message<string>;
    readonly link: string;
    /** Until when the link holds, for people. */
    readonly until: string;
  },
  env: Variables,
  signal: AbortSignal,
): Promise<void> {
  const { filled, redactor } = fillVariables({ smtp, from }, env);
  redactor.add(mail.link);
  const ways = [
    { name: 'Look at it, and approve or deny', text: mail.link },
    { name: 'The link is yours alone, and counts once, until', text: mail.until },
  ];
  const text = mailText(mail.message, ways);
  const server = openMailServer(filled.smtp, redactor);
  const problem = await sendMail(server, { from: filled.from, to: mail.to, ...text }, timeoutMs, signal);
  if (problem !== undefined) throw new Error(redactor.redactText(problem.message));
}
