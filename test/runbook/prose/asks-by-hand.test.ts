import { describe, expect, test } from 'vitest';
import { asksByHand, mayDo, stopsOnCondition } from '../../../src/runbook/prose/asks-by-hand.ts';

describe('asksByHand', () => {
  test.each([
    'Tell the on-call DBA that you start.',
    'Please notify #ops.',
    'Once the node is drained, inform your customers.',
    'Call your vendor.',
    'Post the result in #ops.',
    'Acknowledge the alert.',
    'Schedule a maintenance window.',
  ])('%j: to tell people', (text) => {
    expect(asksByHand(text)).toBe('tells');
  });

  test.each([
    'Wait for two minutes.',
    'Wait 10 minutes.',
    'Then wait at least 5-10 more minutes before going on.',
    'Allow an hour for it.',
  ])('%j: to wait', (text) => {
    expect(asksByHand(text)).toBe('waits');
  });

  test.each([
    'Now open the Grafana dashboard and wait until the rate is below 1 %.',
    'Click Failover in the console.',
    'Log in to the AWS console.',
    'Then merge it.',
    'Get approval from the change board.',
    'Swap the failed disk.',
    'Only continue after the change manager has approved.',
    'Do not proceed without sign-off from the DBA.',
  ])('%j: to act', (text) => {
    expect(asksByHand(text)).toBe('acts');
  });

  test.each([
    'Wait a few seconds.',
    'Do not continue until the pods are ready.',
    'Proceed once the node is back.',
    'Wait until all pools are updated.',
    'Create a PR.',
    'Open an MR against the terraform repository.',
    'Watch the error rate on the dashboard.',
    'Visit the [API](https://example.com).',
    'And make a note of the names.',
  ])('%j: where no block follows', (text) => {
    expect(asksByHand(text)).toBe('apart');
  });

  test.each([
    'Tell the team:',
    'If it fails, call the vendor.',
    'Note that this takes an hour.',
    'This tells the team.',
    'Create a namespace.',
    'Call the API with the token.',
    'Go to the directory of the chart.',
    'Open a tmux session.',
    'Wait for the systemctl command to return before restarting the next server.',
    'Verify the connection with kubectl.',
    'Check the status of the pods.',
    'Create all permissions',
    '',
  ])('%j: nothing', (text) => {
    expect(asksByHand(text)).toBeUndefined();
  });
});

test.each([
  ['gh pr create --fill', true],
  ['curl -d hi https://hooks.slack.com/x', true],
  ['kubectl get pods', false],
  ['kubectl apply -f https://example.com/x.yaml', false],
  ['curl -fsS https://example.com/health', false],
  ["curl -X POST -d '{}' https://example.com", true],
])('%j may do what the words before it ask for: %s', (code, expected) => {
  expect(mayDo(code, 'tells')).toBe(expected);
});

test.each([
  ['sleep 600', true],
  ['kubectl wait --for=condition=ready pod/web', true],
  ['make check', false],
])('%j waits by itself: %s', (code, expected) => {
  expect(mayDo(code, 'waits')).toBe(expected);
  expect(mayDo(code, 'apart')).toBe(true);
});

describe('a paragraph says when nothing more is to be done', () => {
  test.each([
    'The lag should be less than 10 s. If it is more, stop here and call the DBA.',
    'If any row is shown, do not continue.',
    'Stop here if the disk is full.',
    'Do not proceed unless all nodes are Ready.',
    'When the count is not zero, then abort the procedure.',
    'But if you see `degraded`, please stop.',
    'If rows are left, abort the migration.',
    'If you see errors, stop and call the DBA.',
  ])('%j', (paragraph) => {
    expect(stopsOnCondition(paragraph)).toBe(true);
  });

  test.each([
    'If this fails, stop here.',
    'If the command fails, do not continue.',
    'If the service is down, start it.',
    'Stop the service.',
    'If you want to stop it, press Ctrl-C.',
    'If the lag is high, stop the writers.',
    'Stop the service if it is running.',
    'Stop and remove the service if it is running.',
    'If a job hangs, cancel the job.',
    'You can stop here.',
    'This stops if the lag is high.',
    'If it is up, continue.',
  ])('not %j', (paragraph) => {
    expect(stopsOnCondition(paragraph)).toBe(false);
  });
});
