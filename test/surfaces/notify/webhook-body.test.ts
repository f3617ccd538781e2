import { describe, expect, test } from 'vitest';
import { ownText } from '../../../src/run/masking/redactor.ts';
import type { Message } from '../../../src/surfaces/notify/notification.ts';
import { type WebhookFormat, webhookBody } from '../../../src/surfaces/notify/webhook-body.ts';

function message(values: string, { own = '', about = 'failed', outcome = '', severity = '' } = {}): Message {
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
      ...(outcome !== '' && { outcome: ownText(outcome) }),
      ...(severity !== '' && { severity: ownText(severity) }),
    },
    line,
  };
}

const body = (format: WebhookFormat, of: Message): Record<string, unknown> =>
  JSON.parse(webhookBody(format, of, 'routing'));

const hostile =
  '<!channel> <@U024BE7LH> <https://evil.example|click> @here @everyone & [x](https://evil.example)';

describe('what an output or an input holds', () => {
  test.each(['json', 'slack'] as const)('calls nobody and links nowhere as %s', (format) => {
    expect(body(format, message(hostile)).text).toBe(
      '&lt;!channel&gt; &lt;@U024BE7LH&gt; &lt;https://evil.example|click&gt; @\u200bhere @\u200beveryone &amp; [x](https://evil.example)',
    );
  });

  test('calls nobody and links nowhere in Discord', () => {
    expect(body('discord', message(hostile))).toEqual({
      content:
        '\\<!channel\\> \\<@U024BE7LH\\> \\<https://evil.example\\|click\\> @\u200bhere @\u200beveryone & \\[x\\]\\(https://evil.example\\)',
      allowed_mentions: { parse: [] },
    });
  });

  test('is plain text in a card of Teams', () => {
    const { attachments } = body('teams', message(hostile));
    expect(attachments).toMatchObject([
      { content: { body: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: hostile }] }] } },
    ]);
  });
});

test('the words of the author call whom they call', () => {
  const of = message('@here', { own: '<!here> @everyone look: ' });
  expect(body('slack', of).text).toBe('<!here> @everyone look: @\u200bhere');
  expect(body('discord', of)).toEqual({
    content: '<!here> @everyone look: @\u200bhere',
    allowed_mentions: { parse: ['everyone'] },
  });
});

test('a text that is longer than Discord takes is cut', () => {
  expect(String(body('discord', message('a'.repeat(3_000))).content)).toHaveLength(2_000);
});

describe('for PagerDuty', () => {
  test('a failure opens the alert of the run', () => {
    expect(body('pagerduty', message('it failed', { about: 'failure of drain', severity: 'SEV1' }))).toEqual({
      routing_key: 'routing',
      event_action: 'trigger',
      dedup_key: 'runsheet/r1',
      payload: {
        summary: 'it failed',
        source: 'ada@bastion',
        severity: 'critical',
        timestamp: '2026-01-01T00:00:00.000Z',
        component: 'Sample',
        custom_details: { about: 'failure of drain' },
      },
    });
  });

  test.each([
    ['succeeded', 'succeeded', 'resolve'],
    ['rolled-back', 'rolled-back', 'resolve'],
    ['resumed', '', 'acknowledge'],
  ])('what is %s settles it', (about, outcome, action) => {
    expect(body('pagerduty', message('well', { about, outcome }))).toEqual({
      routing_key: 'routing',
      event_action: action,
      dedup_key: 'runsheet/r1',
    });
  });

  test.each([
    ['SEV0', 'critical'],
    ['P2', 'error'],
    ['sev 3', 'warning'],
    ['P4', 'info'],
    ['warning', 'warning'],
    ['', 'error'],
  ])('a severity of `%s` is %s', (severity, urgency) => {
    expect(body('pagerduty', message('it failed', { severity }))).toMatchObject({
      payload: { severity: urgency },
    });
  });
});
