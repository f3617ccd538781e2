// Owns the webhook of Prometheus Alertmanager, version 4.
import { readJson } from '../payload/read-json.ts';
import { showsToken } from '../proof/shows-token.ts';
import { refused, type Source, unreadable } from '../source.ts';
import { alertsOf } from './alerts-of.ts';

/** Alertmanager signs nothing: a bearer token or basic authentication is its proof. */
export const alertmanager: Source = {
  async read(delivery, endpoint) {
    if (!showsToken(delivery, endpoint)) return refused;
    const body = readJson(delivery.body);
    return body.ok ? alertsOf(body.value, endpoint, 'alertmanager') : unreadable(body.error);
  },
};
