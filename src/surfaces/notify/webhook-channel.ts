// Owns channels that are addresses: the notification is posted as JSON, a few times if need be.

import { setTimeout as sleep } from 'node:timers/promises';
import { namedValue } from '../../basics/named-values.ts';
import { createRedactor, type Redactor } from '../../run/masking/redactor.ts';
import type { ChannelSettings } from '../../runbook/front-matter/configuration.ts';
import { visibleText } from '../../text/visible-text.ts';
import type { SendNotification } from './notification.ts';
import { webhookBody } from './webhook-body.ts';

/** Where and how to post; `${NAME}` in address, headers and key is a variable: tokens have no place in files. */
export type Webhook = Extract<ChannelSettings, { type: 'webhook' }>;

const firstPauseMs = 500;
/** Longest that a service's `Retry-After` is waited for; one that asks for more is not tried again. */
const longestPauseMs = 30_000;
/** So much of what a service says to a refusal is looked at. */
const complaintBytes = 4_000;

/** A channel that posts to a URL; 2xx is sent, what may be better later (429, 5xx, no connection) is tried again. */
export function webhookChannel(
  { url, headers, format, key = '', timeoutMs, retries }: Webhook,
  env: Readonly<Record<string, string | undefined>>,
): SendNotification {
  return async (message, signal) => {
    const { filled, redactor } = withVariables([url, key, ...Object.values(headers)], env);
    const [target = '', routingKey = '', ...values] = filled;
    const request: Request = {
      url: target,
      headers: Object.fromEntries(Object.keys(headers).map((name, index) => [name, values[index] ?? ''])),
      body: webhookBody(format, message, routingKey),
      timeoutMs,
    };
    for (let attempt = 0; ; attempt += 1) {
      const problem = await post(request, signal);
      if (problem === undefined) return;
      if (signal.aborted) throw new Error('the run came to its end first');
      const pauseMs = problem.retryAfterMs ?? firstPauseMs * 2 ** attempt;
      const mayRetry = problem.mayPass && attempt < retries && pauseMs <= longestPauseMs;
      if (!mayRetry) throw new Error(redactor.redactText(problem.message));
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
    }
  };
}

interface Request {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

interface Problem {
  readonly message: string;
  /** Whether another attempt may do better. */
  readonly mayPass: boolean;
  /** When the service wants to be asked again. */
  readonly retryAfterMs?: number;
}

async function post(request: Request, ending: AbortSignal): Promise<Problem | undefined> {
  // A timer of our own holds the signal: on Node 20 one of `AbortSignal.timeout` within `AbortSignal.any` is collected.
  const giveUp = new AbortController();
  const abort = (): void => giveUp.abort();
  const timer = setTimeout(abort, request.timeoutMs);
  ending.addEventListener('abort', abort, { once: true });
  if (ending.aborted) abort();
  try {
    const answer = await fetch(request.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...request.headers },
      body: request.body,
      // What was meant for one place is not carried to another.
      redirect: 'manual',
      signal: giveUp.signal,
    });
    if (answer.ok) {
      await answer.body?.cancel();
      return undefined;
    }
    return await problemOf(answer);
  } catch (error) {
    if (giveUp.signal.aborted) return { message: 'it did not answer in time', mayPass: true };
    return { message: `it cannot be reached${causeOf(error)}`, mayPass: true };
  } finally {
    clearTimeout(timer);
    ending.removeEventListener('abort', abort);
  }
}

async function problemOf(answer: Response): Promise<Problem> {
  const { status } = answer;
  if (status >= 300 && status < 400) {
    await answer.body?.cancel();
    return { message: `it answered ${status}${whereTo(answer)}; redirects are not followed`, mayPass: false };
  }
  const said = await complaintOf(answer);
  const mayPass = status === 429 || status >= 500;
  const retryAfterMs = mayPass ? retryAfter(answer) : undefined;
  const isLong = retryAfterMs !== undefined && retryAfterMs > longestPauseMs;
  const when = isLong ? `, and wants to be asked again in ${Math.round(retryAfterMs / 1000)} s` : '';
  return {
    message: `it answered ${status}${when}${said === '' ? '' : `: ${said}`}`,
    mayPass,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Where a redirect leads, without path and query, which may hold tokens. */
function whereTo(answer: Response): string {
  const location = answer.headers.get('location');
  if (location === null || !URL.canParse(location, answer.url || undefined)) return '';
  return `, which leads to \`${new URL(location, answer.url || undefined).origin}\``;
}

/** `Retry-After` in milliseconds: a number of seconds, or a date. */
function retryAfter({ headers }: Response): number | undefined {
  const written = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(written)) return Number(written) * 1_000;
  const until = Date.parse(written);
  const from = Date.parse(headers.get('date') ?? '');
  // Both by the service's own clock.
  return Number.isNaN(until - from) ? undefined : Math.max(0, until - from);
}

/** The beginning of what a service says, on one line. */
async function complaintOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of body) {
      pieces.push(piece);
      length += piece.length;
      if (length >= complaintBytes) break;
    }
  } catch {
    // What came of it before the connection broke is told.
  }
  const text = Buffer.concat(pieces).subarray(0, complaintBytes).toString('utf8');
  return visibleText(text.replace(/\s+/g, ' ').trim());
}

/** The code of what went wrong; its text may hold the address, and with it a token. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}

/** Texts with the environment's values in them, and what masks these values where a service repeats them. */
function withVariables(
  texts: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { readonly filled: readonly string[]; readonly redactor: Redactor } {
  const redactor = createRedactor();
  const filled = texts.map((text) =>
    text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
      const value = namedValue(env, name);
      if (value === undefined) throw new Error(`the environment has no \`${name}\``);
      redactor.add(value);
      return value;
    }),
  );
  return { filled, redactor };
}
