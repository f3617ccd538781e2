// Owns what is told of a run as it stands in the public records.
import { array, string } from 'valibot';
import { fact } from './wire-kind.ts';
import { actor } from './wire-reason.ts';

/** Records of updates, of messages, and of a run that nobody works on. */
export const wireTelling = [
  fact('update-written', 'An update for those who wait for news of the run.', {
    text: string(),
    to: array(string()),
    by: actor,
  }),
  fact('run-found-broken-off', 'A process of the run had ended without a word, another command found.', {
    by: actor,
  }),
  fact('notification-sent', 'A message was sent to somebody.', { to: string(), about: string() }),
  fact('notification-failed', 'A message could not be sent.', {
    to: string(),
    about: string(),
    message: string(),
  }),
] as const;
