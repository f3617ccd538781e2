import { expect, test } from 'vitest';
import { slackMessage } from '../../../../src/surfaces/notify/channels/slack-message.ts';
import { messageOf, sampleApproval } from './sample-message.ts';

const origin = {
  type: 'context',
  elements: [{ type: 'plain_text', text: 'Sample, run r1 · operated by ada@bastion', emoji: false }],
};

test('the words of the author mean what they mean to Slack, those of values nothing', () => {
  const text =
    '<!here> *look*: &lt;!channel&gt; &lt;@U1&gt; &lt;https://evil.example|x&gt; @\u200bhere &amp;';
  const message = messageOf({
    own: '<!here> *look*: ',
    values: '<!channel> <@U1> <https://evil.example|x> @here &',
  });
  expect(slackMessage(message)).toEqual({
    text,
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }, origin],
    unfurl_links: false,
    unfurl_media: false,
  });
});

test('a request for an approval shows the step, the command, its risk and how to answer', () => {
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
  const code = (text: string) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  });
  expect(slackMessage(messageOf({ values: 'Sample: `drain` waits', approval: sampleApproval }))).toEqual({
    text: 'Sample: `drain` waits',
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: 'Sample: `drain` waits' } },
      {
        type: 'section',
        fields: [
          plain('Step: Drain the node'),
          plain('Risk: destructive'),
          plain('Hosts: bastion-1'),
          plain('NODE: <@U1> node-7'),
          plain('Undo: its own: `uncordon`'),
          plain('Approvers: grace, linus'),
          plain('Until: 2026-01-01 00:05:00 UTC, then denied'),
        ],
      },
      code('kubectl drain "$NODE"\n# ``` <!channel> @here\n'),
      code('runsheet approve r1 drain\nrunsheet deny r1 drain'),
      origin,
    ],
    unfurl_links: false,
    unfurl_media: false,
  });
});
