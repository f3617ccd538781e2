import { describe, expect, test } from 'vitest';
import { findDoubts } from '../../../src/runbook/find-doubts.ts';
import { ofText } from '../regions/result-laws.ts';
import { textAt } from '../runbook-of.ts';

const block = '```sh\ntrue\n```\n';

/** Each heading with a block below it, but the title. */
const page = (...headings: readonly string[]): string =>
  headings.map((heading) => `${heading}\n\n${heading.startsWith('# ') ? '' : block}`).join('\n');

const doubtsIn = (text: string): readonly string[] => {
  const runbook = ofText(text);
  // That nothing marks the steps of such pages is told beside it.
  const others = findDoubts(runbook).filter(({ code }) => code !== 'unmarked');
  return others.map(({ code, text: said, span }) => `${code} at ${textAt(runbook, span)}: ${said}`);
};

describe('what takes away what a page has made is doubtful', () => {
  test.each([
    [['# Deploy a cluster', '## Create', '## Delete the cluster']],
    [['# Quickstart', '## Create a topic', '## Delete the topic']],
    [['# Providing backups', '## Back up', '## Delete a previously saved backup']],
    [['# Deploy Knative', '## Install', '## Uninstall Knative']],
    [['# 部署集群', '## 安装', '## 删除集群']],
    [['# Install Knative', '## Install', '## Shut it down']],
    [['# Install Knative', '## Install', '## Turn it off again']],
  ])('%j', (headings) => {
    const last = headings.at(-1) ?? '';
    expect(doubtsIn(page(...headings))).toEqual([
      `teardown at ${last}: \`${last.slice(3)}\` removes what this page makes`,
    ]);
  });

  test('whatever is made of it later', () => {
    expect(doubtsIn(page('# Secrets', '## Create a secret', '## Delete a secret', '## Show logs'))).toContain(
      'teardown at ## Delete a secret: `Delete a secret` removes what this page makes',
    );
  });

  test('behind the validation, whatever it is', () => {
    expect(doubtsIn(page('# Secrets', '## Set it', '## Verification', '## Decommission'))).toEqual([
      'teardown at ## Decommission: `Decommission` removes something after the validation',
    ]);
  });

  test('in a clean-up that deletes what the page has made', () => {
    expect(doubtsIn(page('# Deploy a cluster', '## Create it', '## Clean up resources'))).toEqual([
      'teardown at ## Clean up resources: `Clean up resources` removes what this page makes',
    ]);
    const deletes =
      '# Deploy it\n\n## Create\n\n```sh\ntrue\n```\n\n## Clean-up\n\n```sh\nmake destroy\n```\n';
    expect(doubtsIn(deletes)).toEqual(['teardown at ## Clean-up: `Clean-up` removes what this page makes']);
    expect(doubtsIn(deletes.replace('make destroy', 'rm /tmp/lock'))).toEqual([]);
  });

  test('or brings back what was there before it', () => {
    const back = (title: string) =>
      `teardown at ${title}: \`${title.slice(3)}\` reads as if it took back what this page does`;
    const go = ['# Cut over', '## Switch traffic to green', '## Verification'];
    for (const title of ['## Switch traffic back to blue', '## Re-point DNS to the old server'])
      expect(doubtsIn(page(...go, title))).toEqual([back(title)]);
    // What was moved away for the work comes back with it.
    const work = ['# Patch', '## Drain traffic', '## Patch the node', '## Shift traffic back'];
    expect(doubtsIn(page(...work))).toEqual([]);
  });

  test('below words that say how it is undone', () => {
    const text = `# Upgrade\n\n## Do it\n\n${block}\nThis can be undone with:\n\n${block}`;
    expect(doubtsIn(text)).toEqual([
      'teardown at This can be undone with:: `This can be undone with` leads to an undo',
    ]);
  });

  test('or may go back, behind the work', () => {
    const titles = [
      '## Reverse the migration',
      '## Upgrade',
      '## Put the old version back',
      '## Restore from the backup',
    ];
    expect(doubtsIn(page('# Upgrade the database', ...titles))).toEqual([
      'teardown at ## Put the old version back: `Put the old version back` reads as if it took back what this page does',
      'teardown at ## Restore from the backup: `Restore from the backup` reads as if it took back what this page does',
    ]);
    expect(doubtsIn(page('# Migrate the database', '## Dump it', '## Restore from the dump'))).toEqual([]);
  });

  test('in a heading of work and its undo', () => {
    expect(doubtsIn(page('# Release', '## Upgrade and rollback'))).toEqual([
      'teardown at ## Upgrade and rollback: `Upgrade and rollback` holds work and its undo',
    ]);
  });

  test.each([
    [['# Pod is stuck', '## Delete the stuck pod', '## Restart']],
    [['# Deploy a cluster', '## Delete the old cluster', '## Create the cluster']],
    [['# Delete a cluster', '## Drain', '## Delete the cluster']],
    [['# Rotate secrets', '## Delete all secrets', '## Make new ones']],
    [['# Deploy a cluster', '## Create', '## Delete the cluster {run}']],
  ])('but not in %j', (headings) => {
    expect(doubtsIn(page(...headings))).toEqual([]);
  });
});

describe('prose that leads to an undo makes its block doubtful', () => {
  test.each([
    'To roll back, run:',
    'If you want to undo this, run:',
    'To remove it again, run:',
    'To stop it:',
    'To delete them, use:',
    'When you are done, delete the cluster:',
    'Clean up the resources:',
    'Tear down the demo environment:',
    '**Rollback:**',
    '如需回滚，请执行：',
  ])('%s', (prose) => {
    const told = prose.replace(/[:：]$/, '').replace(/\*|:/g, '');
    expect(doubtsIn(`# Move\n\n## Do it\n\n${block}\n${prose}\n\n${block}`)).toEqual([
      `teardown at ${prose}: \`${told}\` leads to an undo`,
    ]);
  });

  test('in a list too, and for the whole item', () => {
    const text =
      '# Move\n\n## Do it\n\n1. Copy:\n\n   ```sh\n   true\n   ```\n\n2. Roll back:\n\n   ```sh\n   false\n   ```\n';
    expect(doubtsIn(text)).toEqual(['teardown at Roll back:: `Roll back` is an undo']);
  });

  test.each(['To install it, run:', 'Remove the old file:', 'This cannot be rolled back. Run:'])(
    'but not "%s"',
    (prose) => {
      expect(doubtsIn(`# Move\n\n## Do it\n\n${prose}\n\n${block}`)).toEqual([]);
    },
  );
});

describe('procedures of their own are doubtful', () => {
  const own = (...headings: readonly string[]) =>
    doubtsIn(page(...headings)).map((line) => line.split(': ')[0]);

  test('questions and answers', () => {
    expect(own('# Users', '## How do I add one?', '## How do I rename one?')).toEqual([
      'other-procedure at ## How do I add one?',
      'other-procedure at ## How do I rename one?',
    ]);
  });

  test('but not the title that holds them', () => {
    expect(own('# Chef troubleshooting', '## Symptoms', '## A node is gone', '## A role is gone')).toEqual([
      'other-procedure at ## A node is gone',
      'other-procedure at ## A role is gone',
    ]);
  });

  test('all that can be done to a thing, but the first', () => {
    expect(own('# Users', '## Add a user', '## List users', '## Rename a user')).toEqual([
      'other-procedure at ## List users',
      'other-procedure at ## Rename a user',
    ]);
  });

  test('one problem beside another is a choice, which is told once', () => {
    expect(
      own('# Slow', '## Mitigation', '### Halted due to disk space', '### Halted due to memory'),
    ).toEqual(['alternative at ### Halted due to disk space']);
  });

  test.each(['Useful commands', 'Old procedure', 'For developers', 'Performance tuning'])('%s', (title) => {
    expect(own('# Upgrade it', '## Install', `## ${title}`)).toEqual([`other-procedure at ## ${title}`]);
  });

  test('work goes on behind what is stopped first', () => {
    expect(doubtsIn(page('# Upgrade it', '## Stop it', '## Install', '## Start it'))).toEqual([]);
  });

  test('a workaround for a case', () => {
    expect(own('# Upgrade it', '## Install', '## Workaround for slow nodes')).toEqual([
      'other-procedure at ## Workaround for slow nodes',
    ]);
  });

  test('ways of one kind, and what is put aside', () => {
    expect(own('# Data', '## Snapshot backup', '## Log backup')).toEqual([
      'other-procedure at ## Log backup',
    ]);
    expect(own('# Move', '## Copy', '## Legacy procedure for copies')).toEqual([
      'other-procedure at ## Legacy procedure for copies',
    ]);
  });

  test.each([
    [['# Move a service', '## Copy the data', '## Switch the name', '## Verify']],
    [['# Move', '## 1. Add a node', '## 2. List nodes', '## 3. Rename a node']],
    [['# ワーカーノードをアップグレード', '## kubeadmをアップグレード', '## kubeletをアップグレード']],
    [['# Rotating keys', '## Rotating the first', '## Rotating the second']],
    [['# Install it', '## Create a user', '## Start it', '## Enable it', '## Add a rule']],
    [['# Users', '## Add a user', '## List users {run}', '## Rename a user {run}']],
  ])('but not in %j', (headings) => {
    expect(own(...headings)).toEqual([]);
  });
});
