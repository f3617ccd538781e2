// Owns sending one mail by a mail server, in time, and why that failed.
import { createTransport } from 'nodemailer';
import { errorMessage } from '../../../basics/coded-error.ts';
import { longestTimerMs, startTimer } from '../../../engine/start-timer.ts';
import type { Redactor } from '../../../run/masking/redactor.ts';

/** A mail server that is known by its address. */
export interface MailServer {
  readonly url: string;
  /** A password goes over the network only where nobody reads it on its way. */
  readonly requireTLS: boolean;
}

/** Throws where the address is none; its password is masked from then on. */
export function openMailServer(smtp: string, redactor: Redactor): MailServer {
  if (!URL.canParse(smtp)) throw new Error('its `smtp` is not an address of a mail server');
  const { hostname, password } = new URL(smtp);
  redactor.add(decodeURIComponent(password));
  const isHere = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return { url: smtp, requireTLS: password !== '' && !isHere };
}

/** Why a mail was not taken, and whether another attempt may do better. */
export interface MailProblem {
  readonly message: string;
  readonly mayPass: boolean;
}

/** Sends it once; undefined once the server has taken it for all who get it. */
export async function sendMail(
  { url, requireTLS }: MailServer,
  mail: object,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<MailProblem | undefined> {
  const ownMs = Math.min(timeoutMs, longestTimerMs);
  const bounds = { connectionTimeout: ownMs, greetingTimeout: ownMs, socketTimeout: ownMs };
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
  const timer = startTimer(giveUp, timeoutMs);
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
    timer.stop();
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
