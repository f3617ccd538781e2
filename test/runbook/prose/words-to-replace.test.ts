import { describe, expect, test } from 'vitest';
import { firstToReplace, wordsToReplace } from '../../../src/runbook/prose/words-to-replace.ts';

describe('wordsToReplace', () => {
  test.each([
    ['Replace `my-cluster` with the name of your cluster.', ['my-cluster']],
    ['Then run it, replacing `eu-1` and\n`db-2` with your own region and database.', ['eu-1', 'db-2']],
    ['Substitute `1.2.3.4` by the actual address.', ['1.2.3.4']],
    ['Change `acme` to your organisation', ['acme']],
    ['where `web-1` is the name of your instance', ['web-1']],
    ['Replace `<name>` with your name.', []],
    ['Replace `/etc/motd` with the following text:', []],
    ['Replace `knativeserving` with `knativeeventing` for an Eventing CR', []],
    ['Change `Debug` to `Info`. Your cluster restarts.', []],
    ['Replace the disk.\n\n`sda` is your disk, with your data.', []],
    ['the file where `sshd` is configured', []],
  ])('%j: %j', (text, words) => {
    expect(wordsToReplace(text)).toEqual(words);
  });
});

describe('firstToReplace', () => {
  test.each([
    ['ls\nkubectl config use-context my-cluster', { word: 'my-cluster', line: 1 }],
    ['curl https://my-cluster.example.com', { word: 'my-cluster', line: 0 }],
    ['echo my-cluster-2 not-my-cluster <my-cluster> $my-cluster', undefined],
    ['# my-cluster', undefined],
    ['my-cluster=x', undefined],
  ])('%j: %j', (code, found) => {
    expect(firstToReplace(['my-cluster'], code)).toEqual(found);
  });
});
