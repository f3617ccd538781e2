import { expect, test } from 'vitest';
import { mutatingCondition } from '../../../src/runbook/lint/code/mutating-condition.ts';
import { parse, textAt } from '../runbook-of.ts';

test.each([
  ['```sh {check="test -d /srv || mkdir /srv"}\ntrue\n```\n', ['check', 'mkdir /srv']],
  ["### Ü {when='sudo rm -r /srv/a'}\n\n```sh\ntrue\n```\n", ['when', 'rm -r /srv/a']],
  [
    '```sh {hosts-from="apt-get install -y jq && jq . hosts"}\ntrue\n```\n',
    ['hosts-from', 'apt-get install -y jq'],
  ],
  ['```sh {when="test -e a" check="systemctl is-active a"}\ntrue\n```\n', []],
])('%j', (step, found) => {
  const { runbook } = parse(`# T\n\n## Steps\n\n${step}`);
  const told = mutatingCondition
    .check(runbook)
    .flatMap(({ message, span: place }) => [/`(.*?)`/.exec(message)?.[1], place && textAt(runbook, place)]);
  expect(told).toEqual(found);
});
