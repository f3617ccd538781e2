import { describe, expect, test } from 'vitest';
import { correctHeading } from '../../../src/runbook/headings/correct-heading.ts';
import { problems } from '../runbook-of.ts';

describe('correctHeading', () => {
  test.each([
    ['rolback', 'rollback'],
    ['rolback plan', 'rollback plan'],
    ['rollbakc', 'rollback'],
    ['roleback the release', 'rollback the release'],
    ['verfication', 'verification'],
    ['verificaiton steps', 'verification steps'],
    ['veryfication', 'verification'],
    ['validaton', 'validation'],
    ['prerequisits', 'prerequisites'],
    ['prerequesites', 'prerequisites'],
    ['troubleshoting', 'troubleshooting'],
    ['clenup', 'cleanup'],
  ])('%j was meant as %j', (written, meant) => {
    expect(correctHeading(written)).toBe(meant);
  });

  test.each([
    'rollback',
    'rollbar',
    'rollout',
    'callback',
    'playback',
    'feedback',
    'validated designs',
    'validator',
    'verified users',
    'migration',
    'litigation',
    'reverted changes',
    'recovery',
    'procedural notes',
    'valuation',
  ])('%j is what it says', (written) => {
    expect(correctHeading(written)).toBe(undefined);
  });
});

describe('a misspelt heading', () => {
  test('of an undo or a check is an error, wherever it would have been a step', () => {
    expect(
      problems(
        '# Deploy\n\n## Steps\n\n### Do\n\n```sh\nup\n```\n\n#### Rolback\n\n```sh\ndown\n```\n\n## Verfication\n\n```sh\nlook\n```\n',
      ),
    ).toBe(
      [
        'error[misspelt-section]: `Rolback` is not a word for a section: as written, it would be a step',
        '  --> book.md:11:1',
        '   |',
        '11 | #### Rolback',
        '   | ^^^^^^^^^^^^',
        '   = help: did you mean `Rollback`?',
        '',
        'error[misspelt-section]: `Verfication` is not a word for a section: as written, it would be a step',
        '  --> book.md:17:1',
        '   |',
        '17 | ## Verfication',
        '   | ^^^^^^^^^^^^^^',
        '   = help: did you mean `Verification`?',
      ].join('\n'),
    );
  });

  test('of another section is a warning, and is read as it is written', () => {
    expect(problems('# Deploy\n\n## Prerequisits\n\n```sh\nlook\n```\n')).toBe(
      [
        'warning[misspelt-section]: `Prerequisits` is not a word for a section, and is read like any other heading',
        ' --> book.md:3:1',
        '  |',
        '3 | ## Prerequisits',
        '  | ^^^^^^^^^^^^^^^',
        '  = help: did you mean `Prerequisites`?',
      ].join('\n'),
    );
  });
});
