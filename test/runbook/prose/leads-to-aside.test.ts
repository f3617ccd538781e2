import { expect, test } from 'vitest';
import { leadsToAside } from '../../../src/runbook/prose/leads-to-aside.ts';

test.each([
  ['Do not run this on production:', 'not to run it'],
  ["Please don't use the following command", 'not to run it'],
  ['Never run this while users are connected:', 'not to run it'],
  ['Warning: do not run these commands', 'not to run it'],
  ['请勿执行：', 'not to run it'],
  ['A common mistake is to run:', 'how not to do it'],
  ['Wrong:', 'how not to do it'],
  ['Instead of this:', 'how not to do it'],
  ['This will not work:', 'how not to do it'],
  ['❌ bad', 'how not to do it'],
  ['Previously we used:', 'how it was done before'],
  ['In older versions (before 2.0) you had to run this instead:', 'how it was done before'],
  ['The old way:', 'how it was done before'],
  ['Prior to version 3.2, run:', 'how it was done before'],
  ['以前は次のコマンドを使っていました：', 'how it was done before'],
  ['For reference, this is what the cron job does:', 'what something else does'],
  ['The nightly job runs:', 'what something else does'],
  ['This is equivalent to:', 'what something else does'],
  ['Cron already runs the following every night:', 'what something else does'],
  ['ArgoCD will then execute:', 'what something else does'],
  ['You might be tempted to run:', 'how not to do it'],
  ['Ask the DBA to run:', 'that somebody else runs it'],
  ['Please have the network team run:', 'that somebody else runs it'],
  ['Let a user of the shop run:', 'that somebody else runs it'],
  ['The on-call SRE at the other site runs:', 'that somebody else runs it'],
  ['Your DBA has to run:', 'that somebody else runs it'],
  ['Repeat for every shard:', 'to do it more than once'],
  ['Under the hood it calls:', 'what something else does'],
])('%s says %s', (sentence, says) => {
  expect(leadsToAside(sentence)).toBe(says);
});

test.each([
  'Run the migration:',
  'Do not close the terminal.',
  'Do not forget to restart it.',
  'Instead of rebooting, restart the service:',
  'Now run the job:',
  'Start the cron job:',
  'Start the pipeline run:',
  'Ask for the status with:',
  'Give the support team access:',
  'Tell the load balancer to do without it:',
  'The user has to enter a password:',
  'Before the upgrade, stop the service:',
  'Wait until the script has finished, then run:',
  'The script needs a token. Get one:',
  'Restore the previous version:',
  'Delete the old pods:',
  'If it does not work, run:',
  'Run the following to show the record:',
])('%s leads to what is run', (sentence) => {
  expect(leadsToAside(sentence)).toBeUndefined();
});
