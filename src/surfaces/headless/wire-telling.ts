// Owns what is told of a run as it stands in the public records.
import { array, description, number, pipe, string } from 'valibot';
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
  fact('run-taken-over', 'Another worker of the fleet has the run, because the one that had it is gone.', {
    from: string(),
    to: string(),
    epoch: pipe(number(), description('how often a worker has taken the run')),
  }),
  fact('notification-sent', 'A message was sent to somebody.', { to: string(), about: string() }),
  fact('notification-failed', 'A message could not be sent.', {
    to: string(),
    about: string(),
    message: string(),
  }),
] as const;
