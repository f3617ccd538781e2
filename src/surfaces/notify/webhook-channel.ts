// Owns channels that are addresses: the notification is posted as JSON, a few times if need be.

import { setTimeout as sleep } from 'node:timers/promises';
import { namedValue } from '../../basics/named-values.ts';
import type { SendNotification } from './notification.ts';

/** Where and how to post; times in milliseconds. */
export interface Webhook {
  /** `${NAME}` in it and in the headers stands for a variable of the environment: tokens have no place in files. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly retries: number;
}

const firstPauseMs = 500;

/** A channel that posts to a URL; 2xx is sent, what may be better later (429, 5xx, no connection) is tried again. */
export function webhookChannel(
  { url, headers, timeoutMs, retries }: Webhook,
  env: Readonly<Record<string, string | undefined>>,
): SendNotification {
  return async (notification, signal) => {
    const target = withVariables(url, env);
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, withVariables(value, env)]),
    );
    const body = JSON.stringify(notification);
    for (let attempt = 0; ; attempt += 1) {
      const problem = await post(
        target,
        sent,
        body,
        AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      );
      if (problem === undefined) return;
      if (signal.aborted) throw new Error('the run came to its end first');
      if (!problem.mayPass || attempt >= retries) throw new Error(problem.message);
      await sleep(firstPauseMs * 2 ** attempt, undefined, { signal }).catch(() => {});
    }
  };
}

interface Problem {
  readonly message: string;
  /** Whether another attempt may do better. */
  readonly mayPass: boolean;
}

async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      // What was meant for one place is not carried to another.
      redirect: 'error',
      signal,
    });
    await answer.body?.cancel();
    if (answer.ok) return undefined;
    const mayPass = answer.status === 429 || answer.status >= 500;
    return { message: `it answered ${answer.status}`, mayPass };
  } catch (error) {
    if (signal.aborted) return { message: 'it did not answer in time', mayPass: true };
    return { message: `it cannot be reached${causeOf(error)}`, mayPass: true };
  }
}

/** The code of what went wrong; its text may hold the address, and with it a token. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}

function withVariables(text: string, env: Readonly<Record<string, string | undefined>>): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = namedValue(env, name);
    if (value === undefined) throw new Error(`the environment has no \`${name}\``);
    return value;
  });
}
