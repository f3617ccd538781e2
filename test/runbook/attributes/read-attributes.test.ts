import { describe, expect, test } from 'vitest';
import type { Attributes } from '../../../src/runbook/runbook.ts';
import { parse, problems } from '../runbook-of.ts';

/** The attributes of the only block of a walkthrough with that info string. */
function attributesOf(info: string): Attributes | undefined {
  const { runbook } = parse(`\`\`\`${info}\ntrue\n\`\`\`\n`);
  const part = runbook.steps[0]?.parts.find((one) => one.type === 'block');
  return part?.type === 'block' ? part.block.attributes : undefined;
}

const problem = (info: string) => problems(`\`\`\`${info}\ntrue\n\`\`\`\n`);

describe('attributes of a block', () => {
  test.each([
    ['10s', { intervalMs: 10_000 }],
    ['1s..30s', { intervalMs: 1_000, longestIntervalMs: 30_000 }],
    ['2s..2s', { intervalMs: 2_000, longestIntervalMs: 2_000 }],
  ])('an interval of %s', (written, expected) => {
    expect(attributesOf(`sh {interval=${written}}`)).toEqual(expected);
  });

  test.each(['30s..1s', '1s..', '..5s', '1s..2s..3s', '0s..5s', '1..5'])('no interval of %s', (written) => {
    expect(JSON.stringify(problem(`sh {interval=${written}}`))).toContain(
      'a duration such as `10s`, or two such as `1s..30s`, the shorter first',
    );
  });

  test('say whether the block ends at its first failing command', () => {
    expect([attributesOf('sh {errexit}'), attributesOf('sh {errexit=false}')]).toEqual([
      { errexit: true },
      { errexit: false },
    ]);
    expect(problem('sh {errexit=off}')).toContain(
      'error[bad-attribute-value]: `errexit` expects `true` or `false`, and received `off`',
    );
    expect(problem('sh {erexit=false}')).toContain('did you mean `errexit`?');
    expect(problem('sh errexit=false')).toContain('write `{errexit=false}`');
  });

  test.each([
    ['when=test -d /etc', 'when'],
    ['name=a check=test -e /tmp', 'check'],
    ['when=systemctl is-active nginx', 'when'],
    ['confirm=Really? go', 'confirm'],
    ['env.A=x y', 'env.A'],
  ])('are cut off by a blank that is not quoted: %s', (written, name) => {
    expect(problem(`sh {${written}}`)).toContain(
      `error[attribute-syntax]: the value of \`${name}\` ends at its first blank`,
    );
  });

  test('end with their quotes', () => {
    expect(problem("sh {confirm='It''s'}")).toContain("the value of `confirm` ends before `'s'`");
    expect(problem('sh {when=false .wide 1,3 #id confirm}')).not.toContain('ends at its first blank');
  });

  test('may stand in several groups, and may hold a variable without quotes', () => {
    expect(attributesOf('sh {name=a} {timeout=1s}{confirm="Sure?"}')).toEqual({
      name: 'a',
      timeoutMs: 1000,
      confirm: 'Sure?',
    });
    expect(attributesOf('sh {cwd=/srv/${APP}/current name=a}')).toEqual({
      cwd: '/srv/${APP}/current',
      name: 'a',
    });
    expect(problem('sh {name=a} risk=destructive')).toContain('write `{risk=destructive}`');
    expect(problem('sh [confirm=yes timeout=1s]')).toContain('write `{timeout=1s}`');
  });

  test('beside a block are none', () => {
    const message = (group: string) =>
      `error[attribute-syntax]: \`${group}\` stands beside a block, and guards nothing`;
    expect(problems('{confirm="Sure?"}\n```sh\ntrue\n```\n')).toContain(message('{confirm="Sure?"}'));
    expect(problems('```sh\ntrue\n```\n{: when="false"}\n')).toContain(message('{: when="false"}'));
    expect(problems('```sh\ntrue\n```\n{: .warning #id title="x"}\n')).toBe('');
  });

  test('are typed', () => {
    expect(
      attributesOf(
        `sh {name=drain run risk=destructive confirm="Really \\"now\\"?" approve=2 when='test -f "x y"' check="test -e y" timeout=1h30m retries=5 interval=500ms exit=0,3 errexit=false capture=OUT cwd=/tmp env.A=1 env.B="x y" host=web1,web2 hosts-from="cat hosts" parallel=3 hosts-must-pass=80% interactive=false background on-failure=rollback estimate=5m tags=a,b}`,
      ),
    ).toEqual({
      name: 'drain',
      run: true,
      risk: 'destructive',
      confirm: 'Really "now"?',
      approve: { type: 'count', count: 2 },
      when: 'test -f "x y"',
      check: 'test -e y',
      timeoutMs: 5_400_000,
      retries: 5,
      intervalMs: 500,
      exit: [0, 3],
      errexit: false,
      captures: [{ name: 'OUT' }],
      cwd: '/tmp',
      env: { A: '1', B: 'x y' },
      hosts: ['web1', 'web2'],
      hostsFrom: 'cat hosts',
      parallel: 3,
      hostsMustPass: '80%',
      interactive: false,
      background: true,
      onFailure: 'rollback',
      estimateMs: 300_000,
      tags: ['a', 'b'],
    });
  });

  test('hold expectations of every kind', () => {
    expect(
      attributesOf(
        'sh {expect="all good" expect=/read{1,2}y|a b\\/c/i expect!=error expect!=/fail/ expect=output expect-json=".a == 1" expect-number="<70"}',
      ),
    ).toEqual({
      expect: [
        { type: 'text', text: 'all good', negated: false },
        { type: 'regex', source: 'read{1,2}y|a b\\/c', flags: 'i', negated: false },
        { type: 'text', text: 'error', negated: true },
        { type: 'regex', source: 'fail', flags: '', negated: true },
        { type: 'output' },
        { type: 'json', expression: '.a == 1' },
        { type: 'number', comparison: '<70' },
      ],
    });
  });

  test('hand on several parts of what is printed', () => {
    expect(
      attributesOf(
        'sh {capture=ALL capture=V:/version (\\d{1,2}) \\/ x/im capture-json=ID:.items[0]["a }b"].id capture-json=DOC:. capture="Q:/a b/"}',
      ),
    ).toEqual({
      captures: [
        { name: 'ALL' },
        { name: 'V', part: { type: 'pattern', source: 'version (\\d{1,2}) \\/ x', flags: 'im' } },
        {
          name: 'ID',
          part: {
            type: 'json',
            path: ['items', 0, 'a }b', 'id'],
            written: '.items[0]["a }b"].id',
          },
        },
        { name: 'DOC', part: { type: 'json', path: [], written: '.' } },
        { name: 'Q', part: { type: 'pattern', source: 'a b', flags: '' } },
      ],
    });
  });

  test('have default questions and gates', () => {
    expect(attributesOf('sh {confirm approve}')).toEqual({
      confirm: '',
      approve: { type: 'count', count: 1 },
    });
    expect(attributesOf('sh {approve="dba"}')).toEqual({ approve: { type: 'group', group: 'dba' } });
  });

  test("are read in Runme's forms", () => {
    expect(
      attributesOf(
        'sh {"id":"01J","name":"drain","interactive":"false","background":true,"excludeFromRunAll":"false","cwd":"..","tag":"a,b","promptEnv":"no"}',
      ),
    ).toEqual({ name: 'drain', interactive: false, background: true, cwd: '..', tags: ['a', 'b'] });
    expect(attributesOf('sh { name=update-brew closeTerminalOnSuccess=false }')).toEqual({
      name: 'update-brew',
    });
  });

  test.each([
    'sh title="a.sh" linenums="1"',
    'bash hl_lines="3"',
    'js {1,3-5}',
    'sh {.no-copy #anchor}',
    '{.bash data-prompt="$" }',
    'python {copy=true width=300 title="x"}',
    'sh {{ x }}',
  ])('of other tools are left alone: %s', (info) => {
    expect(problem(info)).toBe('');
    expect(attributesOf(info) ?? {}).toEqual({});
  });

  test('run what pandoc labels, and nothing that a directive wraps', () => {
    expect(parse('```{.bash data-prompt="$"}\n$ ls\n```\n').runbook.steps[0]?.parts).toMatchObject([
      { type: 'block', block: { language: 'bash', runnable: true, console: { commands: 'ls', output: '' } } },
    ]);
    expect(parse('# T\n\n## Steps\n\n```{note}\nls\n```\n').runbook.steps[0]?.parts).toMatchObject([
      { type: 'block', block: { runnable: false } },
    ]);
  });

  test('that are misspelt are errors at their place', () => {
    expect(problem('sh {name=migrate timout=30s}')).toBe(
      [
        'error[unknown-attribute]: `timout` is not an attribute of a code block',
        ' --> book.md:1:21',
        '  |',
        '1 | ```sh {name=migrate timout=30s}',
        '  |                     ^^^^^^ did you mean `timeout`?',
      ].join('\n'),
    );
    expect(problem('sh {"nmae":"x"}')).toContain('|         ^^^^ did you mean `name`?');
    expect(problem('sh {enw.A=1}')).toContain('did you mean `env.NAME`?');
    expect(problem('sh {on_failure=stop}')).toContain('did you mean `on-failure`?');
  });

  test.each([
    [
      'sh {timeout=30}',
      '`timeout` expects a duration such as `30s`, `5m` or `1h30m`, and received `30`',
      '30',
    ],
    [
      'sh {timeout}',
      '`timeout` expects a duration such as `30s`, `5m` or `1h30m`, and received no value',
      'timeout',
    ],
    ['sh {risk=high}', '`risk` expects one of `read`, `change`, `destructive`, and received `high`', 'high'],
    [
      'sh {exit=0,x}',
      '`exit` expects exit codes from 0 to 255 separated by commas, or `nonzero`, and received `0,x`',
      '0,x',
    ],
    ['sh {retries=-1}', '`retries` expects a whole number from 0 on, and received `-1`', '-1'],
    [
      'sh {name="a b"}',
      '`name` expects a name of letters, digits, `-`, `_` and `.`, and received `a b`',
      '"a b"',
    ],
    ['sh {capture=1x}', '`capture` expects a variable name such as `RESULT`, and received `1x`', '1x'],
    [
      'sh {capture=V:/a(b/ name=x}',
      '`capture` expects a valid regular expression, and received `V:/a(b/`',
      '/a(b/',
    ],
    [
      'sh {capture="V:/a/gi"}',
      '`capture` expects a regular expression with no flags but `i`, `m`, `s` and `u`, and received `V:/a/gi`',
      'gi',
    ],
    [
      'sh {capture=V:a}',
      '`capture` expects a variable, and a pattern after a colon, such as `VERSION:/v([0-9.]+)/`, and received `V:a`',
      'V:a',
    ],
    [
      'sh {capture=V capture-json=V:.a}',
      '`capture-json` expects another variable than `V`, which has a value already, and received `V:.a`',
      'V:.a',
    ],
    [
      'sh {capture-json=V:.a[x].b}',
      '`capture-json` expects a variable, and a path after a colon, such as `ID:.items[0].id` or `ID:.["a key"]`, and received `V:.a[x].b`',
      '[x].b',
    ],
    [
      "sh {capture-json='V:.a | .b'}",
      '`capture-json` expects a variable, and a path after a colon, such as `ID:.items[0].id` or `ID:.["a key"]`, and received `V:.a | .b`',
      ' | .b',
    ],
    [
      'sh {capture-json=V}',
      '`capture-json` expects a variable, and a path after a colon, such as `ID:.items[0].id` or `ID:.["a key"]`, and received `V`',
      'V',
    ],
    ['sh {expect=/(/}', '`expect` expects a valid regular expression, and received `/(/`', '/(/'],
    [
      'sh {approve=0}',
      '`approve` expects a number of people from 1 on, or the name of a group, and received `0`',
      '0',
    ],
    [
      'sh {hosts-must-pass=120%}',
      '`hosts-must-pass` expects a number, a share such as `80%`, or `all`, and received `120%`',
      '120%',
    ],
    ['sh {interactive=maybe}', '`interactive` expects `true` or `false`, and received `maybe`', 'maybe'],
    [
      'sh {expect-number=70}',
      '`expect-number` expects a comparison such as `<70`, `>=3` or `10..20`, and received `70`',
      '70',
    ],
    ['sh {env.1=x}', '`env.1` expects a variable name after the dot, and received `x`', 'x'],
    ['sh {env.A}', '`env.A` expects a value, or `env.A=` for an empty one, and received no value', 'env.A'],
    [
      'sh {"timeout":"30"}',
      '`timeout` expects a duration such as `30s`, `5m` or `1h30m`, and received `30`',
      ':"30"',
    ],
  ])('with a bad value are errors: %s', (info, message, underlined) => {
    const lines = problem(info).split('\n');
    expect(lines[0]).toBe(`error[bad-attribute-value]: ${message}`);
    const carets = lines[4] ?? '';
    expect(lines[3]?.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe(underlined);
  });

  test.each([
    ['sh {name=x', 'error[attribute-syntax]: the braces are never closed'],
    ['sh {confirm="Really?}', 'error[attribute-syntax]: the value of `confirm` is never closed'],
    ['sh {"name":}', 'error[attribute-syntax]: the attributes are not valid JSON'],
    ['sh {capture=V:/a', 'error[attribute-syntax]: the value of `capture` is never closed'],
    ['sh {with.A=1}', 'error[unknown-attribute]: `with.A` is not an attribute of a code block'],
    ['sh {name=x name=y}', 'error[duplicate-attribute]: `name` is written twice'],
    ['sh timeout=30s', 'warning[attribute-outside-braces]: `timeout` is outside braces and has no effect'],
    ['cobol {run}', 'error[unknown-language]: it is not known what runs `cobol`'],
  ])('%s gives %s', (info, first) => {
    expect(problem(info).split('\n')[0]).toBe(first);
  });

  test('in JSON are texts as they are written', () => {
    expect(
      attributesOf(
        'sh {"name": 1.20 ,"env.A":123456789012345678,"env.B":"1.0","interactive":true,"retries":2}',
      ),
    ).toEqual({
      ...{ name: '1.20', env: { A: '123456789012345678', B: '1.0' }, interactive: true, retries: 2 },
    });
  });

  test('find their place behind quotes, list markers, tabs and references', () => {
    expect(problems('# T\n\n1. x\n\n   > ```sh {title="&amp;" timout=3s}\n   > y\n   > ```\n')).toBe(
      [
        'error[unknown-attribute]: `timout` is not an attribute of a code block',
        ' --> book.md:5:27',
        '  |',
        '5 |    > ```sh {title="&amp;" timout=3s}',
        '  |                           ^^^^^^ did you mean `timeout`?',
      ].join('\n'),
    );
  });
});

describe('attributes of a step', () => {
  test('stand behind the title of its heading', () => {
    const { runbook, diagnostics } = parse(
      '## Steps\n\n### Drain the node {timeout=30s tags=a}\n\n```sh\nx\n```\n',
    );
    expect(diagnostics).toEqual([]);
    expect(runbook.steps).toMatchObject([
      { name: 'drain-the-node', title: 'Drain the node', attributes: { timeoutMs: 30_000, tags: ['a'] } },
    ]);
  });

  test('are told from anchors, templates and sets', () => {
    const titles = (text: string) => parse(text).runbook.sections.map(({ title }) => title);
    expect(titles('## Prerequisites {#before}\n')).toEqual(['Prerequisites']);
    expect(titles('## Rollback plan {.unnumbered #x}\n')).toEqual(['Rollback plan']);
    const { runbook } = parse('# T\n\n## Use {a, b} and {{ app }}\n\n```sh\nx\n```\n');
    expect(runbook.steps.map(({ title }) => title)).toEqual(['Use {a, b} and {{ app }}']);
  });

  test('that are misspelt are errors', () => {
    expect(problems('## Drain {timout=30s}\n').split('\n')[0]).toBe(
      'error[unknown-attribute]: `timout` is not an attribute of a step',
    );
  });

  test('give their risk to the blocks of the step', () => {
    const { runbook } = parse(
      '## Steps\n\n### Wipe {risk=destructive}\n\n```sh\nx\n```\n\n```sh {risk=read}\ny\n```\n',
    );
    expect(runbook.steps[0]?.parts.map((part) => (part.type === 'block' ? part.block.risk : ''))).toEqual([
      'destructive',
      'read',
    ]);
  });
});
