// Owns channels that are people's mailboxes, by a mail server.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelSettings } from '../../../runbook/front-matter/channels/channel-settings.ts';
import type { SendNotification } from '../notification.ts';
import { fillVariables, type Variables } from './fill-variables.ts';
import { mailText } from './mail-text.ts';
import { openMailServer, sendMail } from './send-mail.ts';

const firstPauseMs = 500;

/** A channel that sends mail; taken by the server is sent. */
export function emailChannel(
  { to, from, smtp, timeoutMs, retries }: Extract<ChannelSettings, { type: 'email' }>,
  env: Variables,
): SendNotification {
  return async (message, signal) => {
    const { filled, redactor } = fillVariables({ to: to.join('\0'), from, smtp }, env);
    const server = openMailServer(filled.smtp, redactor);
    const mail = { from: filled.from, to: filled.to.split('\0'), ...mailText(message) };
    for (let attempt = 0; ; attempt += 1) {
      const problem = await sendMail(server, mail, timeoutMs, signal);
      if (problem === undefined) return {};
      if (signal.aborted) throw new Error('the run came to its end first');
      if (!problem.mayPass || attempt >= retries) throw new Error(redactor.redactText(problem.message));
      await sleep(firstPauseMs * 2 ** attempt, undefined, { signal }).catch(() => {});
    }
  };
}
