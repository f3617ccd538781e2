import { type MaskedText, ownText } from '../../../../src/run/masking/redactor.ts';
import type { Message, Notification } from '../../../../src/surfaces/notify/notification.ts';

/** What of a message a test says; `own` stands before `values` in its line. */
export interface MessageParts {
  readonly values?: string;
  readonly own?: string;
  readonly about?: string;
  readonly outcome?: string;
  readonly severity?: string;
  readonly thread?: string;
  readonly alert?: Message['alert'];
  readonly approval?: Notification<MaskedText>['approval'];
}

/** A message of run `r1`. */
export function messageOf({
  values = 'it failed',
  own = '',
  about = 'failed',
  outcome,
  severity,
  thread,
  approval,
  alert = 'trigger',
}: MessageParts = {}): Message {
  const line = [
    ...(own === '' ? [] : [{ text: ownText(own), isAuthors: true as const }]),
    { text: ownText(values) },
  ];
  return {
    notification: {
      v: 1,
      to: ownText('ops'),
      about: ownText(about),
      at: ownText('2026-01-01T00:00:00.000Z'),
      run: ownText('r1'),
      title: ownText('Sample'),
      operator: ownText('ada@bastion'),
      text: ownText(own + values),
      ...(outcome !== undefined && { outcome: ownText(outcome) }),
      ...(severity !== undefined && { severity: ownText(severity) }),
      ...(approval !== undefined && { step: ownText('Drain the node'), approval }),
    },
    line,
    alert,
    isUrgent: about.startsWith('failed'),
    ...(thread !== undefined && { thread }),
  };
}

/** A request for an approval. */
export const sampleApproval = {
  gate: ownText('dba'),
  people: [ownText('grace'), ownText('linus')],
  needed: 1,
  until: { at: ownText('2026-01-01 00:05:00 UTC'), what: ownText('denied') },
  risk: ownText('destructive'),
  command: ownText('kubectl drain "$NODE"\n# ``` <!channel> @here\n'),
  hosts: [ownText('bastion-1')],
  values: { NODE: ownText('<@U1> node-7') },
  undo: ownText('its own: `uncordon`'),
  approve: ownText('runsheet approve r1 drain'),
  deny: ownText('runsheet deny r1 drain'),
};
