import { describe, expect, test } from 'vitest';
import { closestName } from '../../src/text/closest-name.ts';

const names = [
  'name',
  'run',
  'risk',
  'confirm',
  'timeout',
  'retries',
  'interval',
  'expect',
  'host',
  'on-failure',
];

describe('closestName', () => {
  test.each([
    ['timout', 'timeout'],
    ['TIMEOUT', 'timeout'],
    ['tiemout', 'timeout'],
    ['retires', 'retries'],
    ['comfirm', 'confirm'],
    ['onfailure', 'on-failure'],
    ['hosts', 'host'],
    ['rnu', 'run'],
  ])('%s means %s', (written, meant) => {
    expect(closestName(written, names)).toBe(meant);
  });

  test.each(['title', 'hl_lines', 'class', 'x', '', 'hook', 'wait'])(
    '%s means nothing of ours',
    (written) => {
      expect(closestName(written, names)).toBe(undefined);
    },
  );
});
