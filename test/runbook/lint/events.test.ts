import { expect, test } from 'vitest';
import { lintErrors, lintRunbook } from '../../../src/runbook/lint/lint-runbook.ts';
import { renderDiagnostics } from '../../../src/text/render-diagnostic.ts';
import { parse } from '../runbook-of.ts';

const codes = /^(?:trigger-|event-(?!refused)|never-starts|starts-twice)/;

test('what is wrong with rules is shown at its place, and no run that people start refuses it', () => {
  const { runbook } = parse(
    [
      '---',
      'on:',
      '  - source: webhook',
      '    if: \'event.text == "ü" && event.kind = 1\'',
      '    set: { HSOT: event.host, USER_NAME: "[event.user]", TOKEN: event.token }',
      '  - { source: schedule, cron: "0 25 * * *", may: change }',
      'inputs:',
      '  HOST: { from: event.host }',
      '  USER_NAME: {}',
      '  TOKEN: { secret: true }',
      '---',
      '',
      '## Steps',
      '',
      '```http',
      'GET https://example.org/{{USER_NAME}}',
      '```',
      '',
      '```sh {risk=destructive}',
      'rm -rf "/srv/$HOST"',
      '```',
      '',
    ].join('\n'),
  );
  const found = lintRunbook(runbook).filter(({ code }) => codes.test(code));
  expect(renderDiagnostics(found, runbook.source)).toMatchInlineSnapshot(`
    "error[trigger-expression]: \`if\`: unexpected character: =
     --> book.md:4:42
      |
    4 |     if: 'event.text == "ü" && event.kind = 1'
      |                                          ^

    error[trigger-input]: the page has no input \`HSOT\`
     --> book.md:5:12
      |
    5 |     set: { HSOT: event.host, USER_NAME: "[event.user]", TOKEN: event.token }
      |            ^^^^ did you mean \`HOST\`?

    error[trigger-expression]: \`set.USER_NAME\` is a list, and has to be a text
     --> book.md:5:42
      |
    5 |     set: { HSOT: event.host, USER_NAME: "[event.user]", TOKEN: event.token }
      |                                          ^^^^^^^^^^^^
      = help: write \`string(…)\`, or name a part of it

    error[trigger-input]: \`TOKEN\` is a secret, which no event gives
     --> book.md:5:57
      |
    5 |     set: { HSOT: event.host, USER_NAME: "[event.user]", TOKEN: event.token }
      |                                                         ^^^^^

    error[trigger-schedule]: \`0 25 * * *\` is no schedule: invalid value for hour: 25
     --> book.md:6:31
      |
    6 |   - { source: schedule, cron: "0 25 * * *", may: change }
      |                               ^^^^^^^^^^^^
      = help: minute, hour, day of the month, month, day of the week: \`0 6 * * mon\`

    warning[event-input]: an event gives \`HOST\` its value, and any text is taken
     --> book.md:8:3
      |
    8 |   HOST: { from: event.host }
      |   ^^^^
      = help: say what it can be: \`pattern: …\` or \`choices: […]\`

    warning[event-input]: an event gives \`USER_NAME\` its value, and any text is taken
     --> book.md:9:3
      |
    9 |   USER_NAME: {}
      |   ^^^^^^^^^
      = help: say what it can be: \`pattern: …\` or \`choices: […]\`

    error[event-input-in-query]: an event gives \`USER_NAME\` its value, any text is taken, and it becomes part of this request
      --> book.md:16:25
       |
    16 | GET https://example.org/{{USER_NAME}}
       |                         ^^^^^^^^^^^
       = help: say what \`USER_NAME\` can be: \`pattern: …\` or \`choices: […]\`

    warning[event-destroys]: an event alone brings a run to here, this destroys something, and no approval comes before it
      --> book.md:19:1
       |
    19 | \`\`\`sh {risk=destructive}
       | ^^^^^^^^^^^^^^^^^^^^^^^^
       = help: put a gate before it, \`approve=GROUP\`, or take \`may: change\` out of the rule"
  `);
  expect(lintErrors(runbook).filter(({ code }) => codes.test(code))).toEqual([]);
});

const silent = 'no event starts a run by this rule: its quiet hours leave no time';
const waiting =
  'no event starts a run by this rule where it is to wait: its quiet hours leave no time, and it is rejected';

test.each([
  ['{ then: drop }', [silent]],
  ['[{ from: 20:00, to: 8:00 }, { from: 8:00, to: 20:00, then: drop }]', [silent]],
  ['[{ from: 20:00, to: 8:00 }, { from: 8:00, to: 20:00, then: ask }]', [waiting]],
  ['[{ days: [sat, sun], then: ask }, { days: [mon, tue, wed, thu, fri] }]', [waiting]],
  // Of those that wait, none is ever the first.
  ['[{ then: ask }, { from: 8:00, to: 20:00 }]', []],
  ['[{ from: 20:00, to: 8:00, then: drop }, { from: 8:00, to: 20:00, then: ask }]', []],
  ['[{ from: 20:00, to: 8:00 }, { from: 8:00, to: 19:59 }]', []],
  ['[{ from: 20:00, to: 8:00 }, { days: [mon, tue, wed, thu, fri, sat], from: 8:00, to: 20:00 }]', []],
  // What the clocks of two zones leave between them is left open, but one of them may do alone.
  ['[{ from: 20:00, to: 8:00 }, { from: 8:00, to: 20:00, timezone: Asia/Tokyo }]', []],
  ['[{ then: drop }, { from: 8:00, to: 20:00, timezone: Asia/Tokyo }]', [silent]],
  ['[{ then: drop }, { from: 8:00, to: 20:00, timezone: Asia/Tokyo, then: ask }]', []],
])('quiet hours of %s', (quiet, messages) => {
  const { runbook } = parse(`---\non: { webhook: { quiet: ${quiet} } }\n---\n\n# T\n`);
  const found = lintRunbook(runbook).filter(({ code }) => code === 'never-starts');
  expect(found.map(({ message }) => message)).toEqual(messages);
});
