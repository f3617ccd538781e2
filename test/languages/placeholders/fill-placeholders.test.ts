import { describe, expect, test } from 'vitest';
import { fillPlaceholders } from '../../../src/languages/placeholders/fill-placeholders.ts';
import { expectCostInProportion } from '../../costs-in-proportion.ts';

function fill(label: string, code: string) {
  const language = { label, shell: 'bash', interpreters: {} };
  const {
    code: filled,
    filled: places,
    problems,
  } = fillPlaceholders(code, language, ({ variable }) => variable);
  if (problems.length > 0) return problems.map(({ placeholder, why }) => `${placeholder.text} ${why}`);
  const rules = places.map(({ rule }) => rule).filter((rule) => rule !== 'any');
  return rules.length === 0 ? filled : [filled, ...rules];
}

describe('code of script languages is refused', () => {
  test.each([
    ['python', 'port = <port>', 'os.environ["PORT"]'],
    ['python', 'print("hi <port>!")', 'os.environ["PORT"]'],
    ['python', 'x = """a\n# <port>\n"""', 'os.environ["PORT"]'],
    ['python', 'x = "never closed\n# <port>\n', 'os.environ["PORT"]'],
    ['python', 'x = "\\"# <port>"', 'os.environ["PORT"]'],
    ['js', 'go("http://<port>")', 'process.env.PORT'],
    ['js', 'x = `\n// <port>`', 'process.env.PORT'],
    ['ts', "x = '<port>'", 'process.env.PORT'],
    ['ruby', 'x = %w[<port>]', 'ENV.fetch("PORT")'],
    ['perl', 'print "<port>";', '$ENV{PORT}'],
    ['php', 'echo <<<E\n<port>\nE;', 'getenv("PORT")'],
    ['lua', 'print("<port>")', 'os.getenv("PORT")'],
  ])('%s: %j', (label, code, instead) => {
    const language = { label, shell: 'bash', interpreters: {} };
    const placeholder = expect.objectContaining({ text: '<port>' });
    const why = `is in code of \`${label}\``;
    const help = `write \`${instead}\`, and declare it: \`inputs: { PORT: {} }\``;
    expect(fillPlaceholders(code, language, ({ variable }) => variable)).toEqual({
      code,
      filled: [],
      problems: [{ placeholder, why, help }],
    });
  });

  test.each([
    ['python', '# about <name>\nx = "a # b" # and <name>'],
    ['js', '// about <name>\n'],
    ['php', '# about <name>\n// and <name>\n'],
    ['lua', '-- about <name>\n'],
    ['perl', 'while (<FILE>) { print } # about <name>'],
  ])('but what stands in comments of %s, and what reads a file in Perl, is none: %j', (label, code) => {
    expect(fill(label, code)).toEqual(code);
  });

  test('what nobody knows the comments of is refused', () => {
    expect(fill('awk', '{ print "<name>" }')).toEqual(['<name> is in code of `awk`']);
  });
});

describe('queries get variables of their clients', () => {
  test.each([
    ['psql', "select '<name>'", "select :'NAME'"],
    ['psql', "select 'pod <name>, it''s <state>'", "select ('pod ' || :'NAME' || ', it''s ' || :'STATE')"],
    ['psql', 'select "<column>" from t', 'select :"COLUMN" from t'],
    ['psql', 'select * from <table> -- of <name>', ['select * from :TABLE -- of <name>', 'name']],
    ['psql', 'select $$<name>$$', ['<name> is in a text that no variable reaches']],
    ['psql', "select E'<name>'", ['<name> is in a text that no variable reaches']],
    ['psql', 'select "a <column>"', ['<column> is in a quoted name']],
    ['mysql', "select '<name>!'", "select CONCAT(@NAME, '!')"],
    ['mysql', 'select <n>', ['<n> is outside quotes, where MySQL takes no variable for every purpose']],
    ['mysql', 'select "<n>"', ['<n> is in a text that no variable reaches']],
    ['sqlite', "select * from t where id = <id> and x = '<x>'", 'select * from t where id = $ID and x = $X'],
    ['sql', "select '<name>'", "select :'NAME'"],
    ['sql', 'select <n>', ['<n> is outside quotes, where MySQL takes no variable for every purpose']],
  ])('%s: %s', (label, code, expected) => {
    expect(fill(label, code)).toEqual(expected);
  });
});

describe('requests get variables that are encoded for their place', () => {
  test('in address, header, JSON and form', () => {
    expect(
      fill(
        'http',
        'POST https://<host>/users/<user>?q=<query>\nX-Of: <owner>\nContent-Type: application/json\n\n' +
          '{"name": "<name>", "size": <size>}\n### form\n# about <x>\nPOST {{BASE}}/your-path\n' +
          'Content-Type: application/x-www-form-urlencoded\n\na=<area>',
      ),
    ).toEqual([
      'POST https://{{HOST}}/users/{{USER|url}}?q={{QUERY|url}}\nX-Of: {{OWNER}}\nContent-Type: application/json\n\n' +
        '{"name": "{{NAME|json}}", "size": {{SIZE}}}\n### form\n# about <x>\nPOST {{BASE}}/{{YOUR_PATH|url}}\n' +
        'Content-Type: application/x-www-form-urlencoded\n\na={{AREA|url}}',
      'json',
    ]);
  });
});

test.each([
  ['sh', 'echo <x> "<y>" $A | cat\n'],
  ['sh', 'echo <x> | '],
  ['python', "print('<x>')\n"],
  ['sqlite', "select '<x>';\n"],
  ['http', 'GET /<x>\n'],
])('long code in %s costs time in proportion: %j', (label, line) => {
  expectCostInProportion((times) => expect(fill(label, line.repeat(2_000 * times))).toBeDefined());
});
