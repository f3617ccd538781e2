import { describe, expect, test } from 'vitest';
import { asksByHand, mayDo, stopsOnCondition } from '../../../src/runbook/prose/asks-by-hand.ts';

const behind = (code: string, isShown = false) => ({ code, label: 'sh', isShown });

const kinds = (paragraph: string) => asksByHand(paragraph).map(({ asks }) => asks);

describe('asksByHand', () => {
  test.each([
    'Tell the on-call DBA that you start.',
    'Please notify #ops.',
    'Once the node is drained, inform your customers.',
    'Call your vendor.',
    'Post the result in #ops.',
    'Acknowledge the alert.',
    'Schedule a maintenance window.',
    'Confirm with the on-call engineer before continuing.',
    'Let the on-call know.',
    'Record the time in the ticket.',
  ])('%j: to tell people', (text) => {
    expect(kinds(text)).toEqual(['tells']);
  });

  test.each([
    'Wait for two minutes.',
    'Wait 10 minutes.',
    'Then wait at least 5-10 more minutes before going on.',
    'Allow an hour for it.',
  ])('%j: to wait', (text) => {
    expect(kinds(text)).toEqual(['waits']);
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
    '**Action:** Click **Promote** in the console.',
    'Next, the DBA must approve the change.',
    'The operator should press the button.',
    'Decide whether data loss is acceptable.',
    'Go to **Settings → Replication** and click **Promote**.',
    'In the UI, select the cluster and press *Failover*.',
    'Drain the node in the load balancer UI.',
    'Trigger the `deploy-prod` job in Jenkins.',
    'Use the AWS console to stop the instance.',
    'Currently do this through the web interface (linked above).',
    'The DNS record has to be changed to the new IP by hand.',
    'Make sure the change is approved before you go on.',
  ])('%j: to act', (text) => {
    expect(kinds(text)).toEqual(['acts']);
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
    expect(kinds(text)).toEqual(['apart']);
  });

  test.each([
    'Create a namespace.',
    'Stop all writers.',
    'Edit `/etc/app.conf` and set `mode = standby`.',
    'Update the DNS record `db.example.com` to point to the new primary.',
    'You need to replace the disk.',
    'Manually fail over the database.',
    'Obtain the new certificate.',
  ])('%j: work that a block may do', (text) => {
    expect(kinds(text)).toEqual(['works']);
  });

  test.each([
    'Repeat the above for `db2` and `db3`.',
    'Do the same on the other two nodes.',
    'repeat step 3 and 4 for the rest of the members',
  ])('%j: to do it again', (text) => {
    expect(kinds(text)).toEqual(['repeats']);
  });

  test('each sentence for itself', () => {
    expect(kinds('It is down. Tell the DBA, please. Click **OK**. If it hangs, stop it.')).toEqual([
      'tells',
      'acts',
    ]);
  });

  test.each([
    'Note that you stop it. Click OK.',
    'Use `x` to stop it.',
    'Run the following.',
    'Replace `<x>` with your value.',
    'Set `FOO` to the name of the cluster.',
    'Add `--force` to go on.',
    'Update is complete.',
    'Change management has a calendar.',
    'Delete it if needed.',
    'You can click **Promote** in the console.',
    'Press Ctrl-C to stop.',
    'Refer to the console documentation.',
    'Tell the team:',
    'If it fails, call the vendor.',
    'Note that this takes an hour.',
    'This tells the team.',
    'Call the API with the token.',
    'Go to the directory of the chart.',
    'Open a tmux session.',
    'Wait for the systemctl command to return before restarting the next server.',
    'Verify the connection with kubectl.',
    'Check the status of the pods.',
    '',
    'Run this to install it on your new workstation',
  ])('%j: nothing', (text) => {
    expect(kinds(text)).toEqual([]);
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
  expect(mayDo({ asks: 'tells' }, behind(code), [])).toBe(expected);
});

test.each([
  ['sleep 600', true],
  ['kubectl wait --for=condition=ready pod/web', true],
  ['make check', false],
])('%j waits by itself: %s', (code, expected) => {
  expect(mayDo({ asks: 'waits' }, behind(code), [])).toBe(expected);
  expect(mayDo({ asks: 'apart' }, behind(code), [])).toBe(true);
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
