// Owns posting JSON to a service: in time, a few times if need be, and with what it says to a refusal.
import { setTimeout as sleep } from 'node:timers/promises';
import { startTimer } from '../../../engine/start-timer.ts';
import type { Redactor } from '../../../run/masking/redactor.ts';
import { visibleText } from '../../../text/visible-text.ts';

const firstPauseMs = 500;
/** Longest that a service's `Retry-After` is waited for; one that asks for more is not tried again. */
const longestPauseMs = 30_000;
/** So much of what a service says to a refusal is looked at. */
const complaintBytes = 4_000;
/** So much of what a service says to what it has taken is read, where somebody asks for it. */
const answerBytes = 64_000;

/** What is posted, and where to. */
export interface Post {
  readonly url: string;
  /** Made anew for each attempt: signatures are of its time. */
  readonly headers?: () => Readonly<Record<string, string>>;
  readonly body: string;
}

/** In which bounds it is posted. */
export interface PostRules {
  /** Longest that one attempt takes. */
  readonly timeoutMs: number;
  /** How often what may be better later (429, 5xx, no connection) is tried again. */
  readonly retries: number;
  /** Masks what the request held and nobody is to read in a reason. */
  readonly redactor: Redactor;
  /** Aborts when the run ends. */
  readonly signal: AbortSignal;
  /** For services that say in a body of 200 what was wrong: what that was. */
  readonly refusalIn?: (answer: string) => Problem | undefined;
}

/** Why something was not taken. */
export interface Problem {
  readonly message: string;
  /** Whether another attempt may do better. */
  readonly mayPass: boolean;
  /** When the service wants to be asked again. */
  readonly retryAfterMs?: number;
}

type Answer = { readonly problem: Problem } | { readonly text: string };

/** Posts until a service answers 2xx, and gives what it says then; rejects with a reason for people. */
export async function postJson(post: Post, rules: PostRules): Promise<string> {
  const { signal, retries, redactor } = rules;
  for (let attempt = 0; ; attempt += 1) {
    const answer = await postOnce(post, rules);
    if ('text' in answer) return answer.text;
    if (signal.aborted) throw new Error('the run came to its end first');
    const { problem } = answer;
    const pauseMs = problem.retryAfterMs ?? firstPauseMs * 2 ** attempt;
    const mayRetry = problem.mayPass && attempt < retries && pauseMs <= longestPauseMs;
    if (!mayRetry) throw new Error(redactor.redactText(problem.message));
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
}

async function postOnce(
  { url, headers, body }: Post,
  { timeoutMs, signal: ending, refusalIn }: PostRules,
): Promise<Answer> {
  // A timer of our own holds the signal: on Node 20 one of `AbortSignal.timeout` within `AbortSignal.any` is collected.
  const giveUp = new AbortController();
  const abort = (): void => giveUp.abort();
  const timer = startTimer(abort, timeoutMs);
  ending.addEventListener('abort', abort, { once: true });
  if (ending.aborted) abort();
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers?.() },
      body,
      // What was meant for one place is not carried to another.
      redirect: 'manual',
      signal: giveUp.signal,
    });
    if (!answer.ok) return { problem: await problemOf(answer) };
    if (refusalIn === undefined) {
      await answer.body?.cancel();
      return { text: '' };
    }
    const text = await textOf(answer, answerBytes);
    const problem = refusalIn(text);
    return problem ? { problem } : { text };
  } catch (error) {
    const message = giveUp.signal.aborted
      ? 'it did not answer in time'
      : `it cannot be reached${causeOf(error)}`;
    return { problem: { message, mayPass: true } };
  } finally {
    timer.stop();
    ending.removeEventListener('abort', abort);
  }
}

async function problemOf(answer: Response): Promise<Problem> {
  const { status } = answer;
  if (status >= 300 && status < 400) {
    await answer.body?.cancel();
    return { message: `it answered ${status}${whereTo(answer)}; redirects are not followed`, mayPass: false };
  }
  const said = visibleText((await textOf(answer, complaintBytes)).replace(/\s+/g, ' ').trim());
  const mayPass = status === 429 || status >= 500;
  const retryAfterMs = mayPass ? retryAfter(answer) : undefined;
  const isLong = retryAfterMs !== undefined && retryAfterMs > longestPauseMs;
  const when = isLong ? `, and asks to wait ${Math.round(retryAfterMs / 1000)} s` : '';
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

/** The beginning of what a service says, as far as it came. */
async function textOf({ body }: Response, most: number): Promise<string> {
  if (body === null) return '';
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of body) {
      pieces.push(piece);
      length += piece.length;
      if (length >= most) break;
    }
  } catch {
    // What came of it before the connection broke is told.
  }
  return Buffer.concat(pieces).subarray(0, most).toString('utf8');
}

/** The code of what went wrong; its text may hold the address, and with it a token. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}
