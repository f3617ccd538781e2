// Owns channels that are people's mailboxes, by a mail server.
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { errorMessage } from '../../../basics/coded-error.ts';
import type { Redactor } from '../../../run/masking/redactor.ts';
import type { ChannelSettings } from '../../../runbook/front-matter/channels/channel-settings.ts';
import { factsOf } from '../message-facts.ts';
import type { Message, SendNotification } from '../notification.ts';
import { fillVariables, type Variables } from './fill-variables.ts';
import { cutText, writeLine } from './write-line.ts';

const firstPauseMs = 500;
/** Longest subject: a line of a list of mails. */
const longestSubject = 200;

/** A channel that sends mail; taken by the server is sent. */
export function emailChannel(
  { to, from, smtp, timeoutMs, retries }: Extract<ChannelSettings, { type: 'email' }>,
  env: Variables,
): SendNotification {
  return async (message, signal) => {
    const { filled, redactor } = fillVariables({ to: to.join('\0'), from, smtp }, env);
    const server = openServer(filled.smtp, redactor);
    const mail = { from: filled.from, to: filled.to.split('\0'), ...mailOf(message) };
    for (let attempt = 0; ; attempt += 1) {
      const problem = await sendOnce(server, mail, timeoutMs, signal);
      if (problem === undefined) return {};
      if (signal.aborted) throw new Error('the run came to its end first');
      if (!problem.mayPass || attempt >= retries) throw new Error(redactor.redactText(problem.message));
      await sleep(firstPauseMs * 2 ** attempt, undefined, { signal }).catch(() => {});
    }
  };
}

interface MailServer {
  readonly url: string;
  /** A password goes over the network only where nobody reads it on its way. */
  readonly requireTLS: boolean;
}

function openServer(smtp: string, redactor: Redactor): MailServer {
  if (!URL.canParse(smtp)) throw new Error('its `smtp` is not an address of a mail server');
  const { hostname, password } = new URL(smtp);
  redactor.add(decodeURIComponent(password));
  const isHere = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return { url: smtp, requireTLS: password !== '' && !isHere };
}

interface MailProblem {
  readonly message: string;
  readonly mayPass: boolean;
}

async function sendOnce(
  { url, requireTLS }: MailServer,
  mail: object,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<MailProblem | undefined> {
  const bounds = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
  const transport = createTransport({
    url,
    requireTLS,
    ...bounds,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  let giveUp = (): void => {};
  const late = new Promise<'late'>((resolve) => {
    giveUp = () => resolve('late');
  });
  const timer = setTimeout(giveUp, timeoutMs);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const sent = transport.sendMail(mail);
    // Where it is too late for it, nobody waits for how it fails.
    sent.catch(() => {});
    const result = await Promise.race([sent, late]);
    if (result === 'late') return { message: 'it did not answer in time', mayPass: true };
    const refused = result.rejected.map(String);
    return refused.length === 0
      ? undefined
      : { message: `it does not accept mail for ${refused.join(', ')}; the others got it`, mayPass: false };
  } catch (error) {
    return problemOf(error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
    transport.close();
  }
}

/** By the codes of SMTP: 4xx is a server's passing trouble, 5xx a refusal; without one it is the connection's. */
function problemOf(error: unknown): MailProblem {
  const { responseCode, code }: { readonly responseCode?: unknown; readonly code?: unknown } = Object(error);
  if (typeof responseCode === 'number') {
    const said = errorMessage(error).replace(/\s+/g, ' ').trim();
    return { message: `it refused the mail: ${said}`, mayPass: responseCode < 500 };
  }
  const mayPass = code !== 'EAUTH' && code !== 'EENVELOPE' && code !== 'ETLS';
  if (!mayPass) return { message: `it refused the mail: ${errorMessage(error)}`, mayPass };
  if (code === 'ETIMEDOUT') return { message: 'it did not answer in time', mayPass };
  return { message: `it cannot be reached${typeof code === 'string' ? ` (${code})` : ''}`, mayPass };
}

/** All mail of one run is one conversation, whichever of it a mailbox has. */
function mailOf({ notification, line }: Message): object {
  const { severity, run, about } = notification;
  const text = writeLine(line, (piece) => piece);
  const { facts, command, answers, origin } = factsOf(notification);
  const paragraphs = [
    text,
    facts.map((fact) => `${fact.name}: ${fact.text}`).join('\n'),
    (command ?? '').trimEnd().replace(/^/gm, '    '),
    answers.map((answer) => `${answer.name}:\n    ${answer.text}`).join('\n'),
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
