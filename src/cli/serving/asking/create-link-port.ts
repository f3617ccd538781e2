// Owns what links let people see and answer, over the queue that keeps them and the page of the run.
import { createHash, randomBytes } from 'node:crypto';
import { fail, ok, type Result } from '../../../basics/result.ts';
import type { AnswerLink } from '../../../engine/queue/answer-link.ts';
import type { RunQueue } from '../../../engine/queue/run-queue.ts';
import type { LinkedRequest, LinkPort } from '../../../surfaces/web/link-port.ts';
import type { WebPort, WebRefusal } from '../../../surfaces/web/web-port.ts';
import { quoted } from '../../../view/words/quoted.ts';
import type { ServeSettings } from '../serve-settings.ts';
import { approverOf } from './approver-of.ts';

/** What the port is made of. */
export interface LinkParts {
  readonly queue: Pick<RunQueue, 'link' | 'useLink' | 'freeLink'>;
  readonly port: Pick<WebPort, 'run' | 'answer'>;
  readonly people: ServeSettings['people'];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const tokenBytes = 32;
const tokenForm = /^[\w-]{43}$/;

/** A new token: 256 bits that nobody guesses. */
export function makeLinkToken(): string {
  return randomBytes(tokenBytes).toString('base64url');
}

/** By which the queue knows a token. */
export function linkHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

const gone = {
  usedBefore: 'It was used before, and counts once.',
  expired: 'Its time is over.',
  nobody: 'It is for somebody whom this server does not know as an approver any more.',
  answered: 'What it asks for is not waited for any more: it was answered, or its time is over.',
  changed: 'What is to be approved has changed since, and is asked for anew: there is another link for that.',
};

/** The port of the links of this server. */
export function createLinkPort({ queue, port, people, now }: LinkParts): LinkPort {
  const linkOf = async (token: string): Promise<AnswerLink | undefined> =>
    tokenForm.test(token) ? queue.link(linkHash(token)) : undefined;
  const requestOf = async (link: AnswerLink | undefined): Promise<LinkedRequest> => {
    if (link === undefined) return { type: 'unknown' };
    if (link.usedAt !== undefined) return over(gone.usedBefore);
    if (link.expiresAt <= now()) return over(gone.expired);
    const person = approverOf(people, link.person, 'link');
    if (person === undefined) return over(gone.nobody);
    const run = await port.run(link.run, person);
    const asked = run?.questions.flatMap((one) =>
      one.type === 'approval' && one.address === link.address ? [one] : [],
    );
    const question = asked?.find(({ digest }) => digest === link.digest);
    if (run === undefined || question === undefined)
      return over(asked?.length ? gone.changed : gone.answered);
    return { type: 'open', person, run, question };
  };
  return {
    look: async (token) => requestOf(await linkOf(token)),
    answer: async (token, { type, comment }) => {
      const found = await requestOf(await linkOf(token));
      if (found.type === 'unknown') return fail({ status: 404, message: 'There is no such link.' });
      if (found.type === 'over') return fail({ status: 410, message: found.message });
      const usedAt = now();
      const use = await queue.useLink(linkHash(token), usedAt);
      if (use.type !== 'used')
        return fail({ status: 410, message: use.type === 'expired' ? gone.expired : gone.usedBefore });
      const { address, digest } = use.link;
      const answer = { type, address, digest, ...(comment !== undefined && { comment }) };
      const given = await port.answer(use.link.run, found.person, answer);
      // Nothing was recorded, and it can be tried again.
      if (!given.ok && given.error.status === 503) await queue.freeLink(linkHash(token), usedAt);
      return answered(given, found, type);
    },
  };
}

const over = (message: string): LinkedRequest => ({ type: 'over', message });

function answered(
  given: Result<string, WebRefusal>,
  { person, question }: LinkedRequest & { readonly type: 'open' },
  type: 'approve' | 'deny',
): Result<string, WebRefusal> {
  if (!given.ok) return given;
  const what = type === 'approve' ? 'approval' : 'denial';
  return ok(`Your ${what} of ${quoted(question.address)} was taken, ${person.name}.`);
}
