// Owns API destinations of Amazon EventBridge: one event of its bus a delivery.
import { readJson } from '../payload/read-json.ts';
import { showsToken } from '../proof/shows-token.ts';
import { refused, type Source, unreadable } from '../source.ts';
import { awsMessage } from './aws-message.ts';

/** The connection's header, token or password is its proof: EventBridge signs nothing. */
export const eventbridge: Source = {
  async read(delivery, endpoint) {
    if (!showsToken(delivery, endpoint)) return refused;
    const body = readJson(delivery.body);
    if (!body.ok) return unreadable(body.error);
    const event = awsMessage(body.value, { source: 'eventbridge', endpoint: endpoint.name });
    return event === undefined
      ? unreadable('the body holds no `id`, `source` and `detail-type`')
      : { type: 'events', events: [event] };
  },
};
