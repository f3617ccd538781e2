// Owns the page of a link: one request for one person who need not sign in.
import type { Context, Hono } from 'hono';
import { visibleText } from '../../text/visible-text.ts';
import { answeredPage, linkPage } from './pages/link-page.ts';
import { shell } from './pages/shell.ts';
import { readWebAnswer } from './read-web-answer.ts';
import type { Guesses } from './signing-in/guesses.ts';
import type { WebEnv, WebParts } from './web-parts.ts';

/** The address of a link. */
export const linksPath = '/answer/:token';

type Of = Context<WebEnv, typeof linksPath>;

/** Nobody is signed in by a link, and what is not known counts as a guess. */
export function addLinks(
  web: Hono<WebEnv>,
  { links, addressOf }: Pick<WebParts, 'links' | 'addressOf'>,
  guesses: Guesses,
): void {
  const unknown = (context: Of): Response | Promise<Response> => {
    const address = addressOf(context);
    if (!guesses.mayTry(address)) return context.text('too many wrong links; wait a minute\n', 429);
    guesses.wasWrong(address);
    return said(context, 404, 'There is no such link', 'Look whether all of its address was copied.');
  };
  web.get(linksPath, async (context) => {
    const found = await links.look(context.req.param('token'));
    if (found.type === 'unknown') return unknown(context);
    if (found.type === 'over') return said(context, 410, 'This link is over', found.message);
    return context.html(shell({ title: visibleText(found.run.title), body: linkPage(found) }));
  });
  web.post(linksPath, async (context) => {
    const answer = readWebAnswer({ address: '-', digest: '-', ...(await context.req.parseBody()) }, []);
    if (answer?.type !== 'approve' && answer?.type !== 'deny')
      return said(context, 400, 'Not answered', 'The form is not one of this page.');
    const { type, comment } = answer;
    const given = await links.answer(context.req.param('token'), {
      type,
      ...(comment !== undefined && { comment }),
    });
    if (given.ok) return context.html(shell({ title: 'Answered', body: answeredPage(given.value) }));
    if (given.error.status === 404) return unknown(context);
    return said(context, given.error.status, 'Not answered', given.error.message);
  });
}

function said(
  context: Of,
  status: 400 | 403 | 404 | 409 | 410 | 422 | 503,
  title: string,
  words: string,
): Response | Promise<Response> {
  return context.html(shell({ title, body: answeredPage(words) }), status);
}
