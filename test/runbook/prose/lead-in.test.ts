import { expect, test } from 'vitest';
import { readLeadIn, wordsBefore } from '../../../src/runbook/prose/lead-in.ts';

function read(words: string): string {
  const leadIn = readLeadIn(words);
  if (leadIn === undefined) return 'nothing';
  return `${leadIn.isCertain ? '' : leadIn.isLikely ? 'likely ' : 'perhaps '}${leadIn.is}`;
}

test.each([
  ['Example output:', 'output'],
  ['**Expected output**', 'output'],
  ['The output looks like this:', 'output'],
  ['Produces an output similar to this:', 'output'],
  ['Example healthy output (columns trimmed for brevity):', 'output'],
  ['You should see output similar to the following:', 'output'],
  ['Run it. The response should look like:', 'output'],
  ['After you log in, the following sample output shows the nodes.', 'output'],
  ['Output of the following command:', 'output'],
  ['??? example "Expected output"', 'output'],
  ['### Output', 'output'],
  ['结果如下：', 'output'],
  ['输出示例如下：', 'output'],
  ['例: 出力', 'output'],
  ['出力例:', 'output'],
  ['This returns:', 'perhaps output'],
  ['It looks like this:', 'perhaps output'],
  ['Contents of `/etc/hosts`:', 'file'],
  ['Create the file `a.yaml` with the following content:', 'file'],
  ['Add this line to `/etc/fstab`:', 'file'],
  ['`app.js`:', 'file'],
  ['Create the file `deploy.sh`:', 'likely file'],
  ['Create a file named `purge.sh`:', 'likely file'],
  ['Save this to `/usr/local/bin/purge`:', 'likely file'],
  ['Save as `x.sh`:', 'likely file'],
  ['Save this as a script:', 'likely file'],
  ['`/etc/cron.daily/purge`:', 'likely file'],
  ['**purge.sh**', 'likely file'],
  ['### `restore.sh`', 'likely file'],
  ['Your `.env` should contain:', 'likely file'],
  ['Populate `/etc/default/app` as follows:', 'likely file'],
  ['Put this in your CI pipeline:', 'likely file'],
  ['Use the following command in your GitHub Actions workflow:', 'likely file'],
  ['Schedule this in cron:', 'likely file'],
  ['Configure the `preStop` hook:', 'likely file'],
  ['Speichern Sie das Skript als `x.sh`:', 'likely file'],
  ['Add an alias to your profile:', 'file'],
  ['Add the following command to your profile:', 'file'],
  ['Update the `variables.tf` file to the new version:', 'perhaps file'],
  ['Save a snapshot to a file:', 'perhaps file'],
  ['In `/opt/app`:', 'perhaps file'],
  ['In `src`:', 'nothing'],
  ['### Node.js', 'nothing'],
  ['Configure the webhook:', 'nothing'],
  ['Run the following command in the pipeline:', 'nothing'],
  ['Run the following command to see the output:', 'nothing'],
  ['Add the repository to `/etc/apt/sources.list` by running:', 'nothing'],
  ['You can see the logs by running:', 'nothing'],
  ['The following command prints the logs:', 'nothing'],
  ['You will see terminal commands displayed like this:', 'nothing'],
  ['You will see commands with sample output like this:', 'output'],
  ['Restart the pod:', 'nothing'],
  ['回滚命令如下：', 'nothing'],
  ['执行以下命令查看输出：', 'nothing'],
  ['', 'nothing'],
])('%j', (words, expected) => {
  expect(read(words)).toBe(expected);
});

test('the words before a block are the paragraph, item or heading right above it', () => {
  const before = (text: string) => wordsBefore(text, text.length);
  expect(before('a\n\nb\nc\n\n')).toBe('b c');
  expect(before('1. one\n2. two:\n\n   ')).toBe('2. two:');
  expect(before('> quoted:\n> ')).toBe('quoted:');
  expect(before('# Output\n\n<!-- x -->\n')).toBe('# Output');
  expect(before('words:\n\n```\ncode\n```\n\n')).toBe('');
  expect(before('words:\n\n- ')).toBe('');
  expect(before('| a |\n')).toBe('');
  const result = '<!-- runsheet:result a -->\n> passed: the output is:\n<!-- /runsheet:result -->\n';
  const text = `Look:\n\n${result}\n`;
  const start = text.indexOf('<!--');
  expect(wordsBefore(text, text.length, [{ start, end: start + result.length }])).toBe('Look:');
});

test('the files that the words name, with no more of their folders than tells them apart', () => {
  const names = (words: string) => readLeadIn(words)?.names;
  expect(names('Save this to `/usr/local/bin/Purge.sh`:')).toEqual(['purge.sh']);
  expect(names('Save this to `/usr/local/bin/purge`:')).toEqual(['bin/purge']);
  expect(names('Create the `main.tf` and `output.tf` files:')).toEqual(['main.tf', 'output.tf']);
  expect(names('Add this line to /etc/fstab:')).toEqual(['etc/fstab']);
  expect(names('Schedule this in cron:')).toEqual(['cron']);
  expect(names('Add an alias to your profile:')).toEqual([]);
});
