// Owns one good delivery of each kind of sender and proof.
import type { GoodDelivery } from './forgeries.ts';
import { endpointOf, sent } from './sent.ts';

const token = { proof: ['authorization'], signsBody: false, expires: false };

/** All of them, by what they are. */
export const goodDeliveries: Readonly<Record<string, GoodDelivery>> = {
  'alertmanager with a token': {
    type: 'alertmanager',
    delivery: sent('alertmanager/firing'),
    endpoint: endpointOf(['correct-horse']),
    ...token,
  },
  'alertmanager with a password': {
    type: 'alertmanager',
    delivery: sent('alertmanager/basic'),
    endpoint: endpointOf(['pässwörd'], { user: 'alertmanager' }),
    ...token,
  },
};
