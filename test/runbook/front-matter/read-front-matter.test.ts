import { describe, expect, test } from 'vitest';
import { emptyFrontMatter } from '../../../src/runbook/front-matter/empty-front-matter.ts';
import { readFrontMatter } from '../../../src/runbook/front-matter/read-front-matter.ts';
import { parse, problems, textAt } from '../runbook-of.ts';

const read = (yaml: string) => parse(`---\n${yaml}\n---\n\n# T\n`).runbook;
const problem = (yaml: string) => problems(`---\n${yaml}\n---\n\n# T\n`);

describe('front matter', () => {
  test('is read with its types and defaults', () => {
    const runbook = read(
      [
        'title: Pool exhaustion',
        'description: Frees the pool.',
        'owner: team-database',
        'severity: 2',
        'tags: [postgres, pool]',
        'estimate: 15m',
        'shell: zsh',
        'env: { PGCONNECT_TIMEOUT: 5 }',
        'inputs:',
        '  PGHOST:      { description: Server, default: localhost }',
        "  MAX_IDLE:    { default: 1 hour, pattern: '^\\d+ (minutes?|hours?)$', message: 'minutes' }",
        '  TARGET:      { choices: [staging, production], required: true }',
        '  REGION:      { choices: { command: list-regions } }',
        '  COUNT:       { type: number, default: 3 }',
        '  PGPASSWORD:  { secret: true }',
        '  API_TOKEN:   { secret: { command: "pass show api" } }',
        '  OTHER:       { secret: { env: OTHER_TOKEN } }',
        '  KEY:         { secret: { file: ~/.key } }',
        '  FREE:',
        'outputs: [ACTIVE]',
        'hosts: { web: [web1, web2], db: db1 }',
        'log: copy',
        'concurrency: forbid',
        'approvals: { dba: { people: [ada, grace], count: 2, timeout: 5m, on-timeout: escalate } }',
        'escalation:',
        '  - { after: failure, notify: pagerduty }',
        'notify:',
        '  - { on: [failed, rolled-back], to: ops }',
        'sections: { rollback: [Plan C], context: Odds and ends }',
        'interpreters: { lua: [lua5.4], awk: gawk }',
        'layout: post',
      ].join('\n'),
    );
    const inputs = runbook.frontMatter.inputs.map(({ span, ...input }) => {
      expect(span && textAt(runbook, span)).toBe(input.name);
      return input;
    });
    expect({ ...runbook.frontMatter, inputs }).toEqual({
      title: 'Pool exhaustion',
      description: 'Frees the pool.',
      owner: 'team-database',
      severity: '2',
      tags: ['postgres', 'pool'],
      estimateMs: 900_000,
      shell: 'zsh',
      env: { PGCONNECT_TIMEOUT: '5' },
      inputs: [
        { name: 'PGHOST', type: 'string', description: 'Server', default: 'localhost', required: false },
        {
          name: 'MAX_IDLE',
          type: 'string',
          default: '1 hour',
          required: false,
          pattern: '^\\d+ (minutes?|hours?)$',
          message: 'minutes',
        },
        { name: 'TARGET', type: 'choice', required: true, choices: ['staging', 'production'] },
        { name: 'REGION', type: 'choice', required: false, choicesFrom: 'list-regions' },
        { name: 'COUNT', type: 'number', default: '3', required: false },
        { name: 'PGPASSWORD', type: 'string', required: false, secret: { type: 'prompt' } },
        {
          name: 'API_TOKEN',
          type: 'string',
          required: false,
          secret: { type: 'command', command: 'pass show api' },
        },
        { name: 'OTHER', type: 'string', required: false, secret: { type: 'env', name: 'OTHER_TOKEN' } },
        { name: 'KEY', type: 'string', required: false, secret: { type: 'file', path: '~/.key' } },
        { name: 'FREE', type: 'string', required: false },
      ],
      outputs: ['ACTIVE'],
      hosts: { web: ['web1', 'web2'], db: ['db1'] },
      log: 'copy',
      concurrency: 'forbid',
      approvals: { dba: { people: ['ada', 'grace'], count: 2, timeoutMs: 300_000, onTimeout: 'escalate' } },
      escalation: [{ after: 'failure', notify: 'pagerduty', span: expect.anything() }],
      notify: [{ on: ['failed', 'rolled-back'], to: 'ops', span: expect.anything() }],
      sections: { rollback: ['Plan C'], context: ['Odds and ends'] },
      interpreters: { lua: ['lua5.4'], awk: ['gawk'] },
    });
    expect(runbook.title).toBe('Pool exhaustion');
  });

  test('has texts as they are written', () => {
    const { frontMatter } = read(
      [
        'title: 1.20',
        'owner: ~',
        'description: null',
        'tags: [1.10, 0x1F, yes, 2026-01-01, &a 007, *a]',
        'env: { COMMIT: 7e10, MODE: 0644, ACCOUNT: 123456789012345678, ON: True, NAN: .nan, PLUS: +1 }',
        'inputs:',
        '  A: { default: 1.20, description: 2.0 }',
        '  B: { choices: [1.20, 0x1F], default: 0x1F }',
        '  C: { type: boolean, default: TRUE, required: True }',
        '  D: { pattern: 12, default: 12 }',
        '  E: { default: [1.0, 2] }',
        '  F: { default: }',
        '  G: { secret: TRUE }',
        'hosts: { 1.20: [10.10, 0x1F], 2: 3.0 }',
        'approvals: { 1e3: { people: [007], count: 2 } }',
      ].join('\n'),
    );
    expect(frontMatter).toMatchObject({
      title: '1.20',
      tags: ['1.10', '0x1F', 'yes', '2026-01-01', '007', '007'],
      env: {
        ...{
          COMMIT: '7e10',
          MODE: '0644',
          ACCOUNT: '123456789012345678',
          ON: 'True',
          NAN: '.nan',
          PLUS: '+1',
        },
      },
      inputs: [
        { name: 'A', default: '1.20', description: '2.0' },
        { name: 'B', choices: ['1.20', '0x1F'], default: '0x1F' },
        { name: 'C', default: 'true', required: true },
        { name: 'D', pattern: '12', default: '12' },
        { name: 'E', default: '1.0,2' },
        { name: 'F' },
        { name: 'G', secret: { type: 'prompt' } },
      ],
      hosts: { '1.20': ['10.10', '0x1F'], '2': ['3.0'] },
      approvals: { '1e3': { people: ['007'], count: 2 } },
    });
    expect(frontMatter).not.toHaveProperty('owner');
    expect(frontMatter).not.toHaveProperty('description');
    expect(frontMatter.inputs[5]).not.toHaveProperty('default');
  });

  test.each(['~', 'null', 'NULL'])('takes no default from %s, which may be meant as a text', (written) => {
    expect(problem(`inputs:\n  A: { default: ${written} }`)).toBe(
      [
        'error[front-matter-value]: `inputs.A.default` expects a text; `null` and `~` are nothing in YAML',
        ' --> book.md:3:17',
        '  |',
        `3 |   A: { default: ${written} }`,
        `  |                 ${'^'.repeat(written.length)}`,
        '  = help: put it in quotes where the text is meant, and take the line out where nothing is',
      ].join('\n'),
    );
  });

  test('has names that objects of JavaScript have, in their order', () => {
    const names = ['toString', '__proto__', 'constructor', 'constructor_', 'prototype', 'A'];
    const mapping = (value: string): string => `{ ${names.map((name) => `${name}: ${value}`).join(', ')} }`;
    const { frontMatter } = read(
      [
        ...[`env: ${mapping('v')}`, `inputs: ${mapping('{ default: d }')}`, `hosts: ${mapping('[h]')}`],
        ...[`interpreters: ${mapping('[sh]')}`, `approvals: ${mapping('{ people: [ada] }')}`],
      ].join('\n'),
    );
    const entriesOf = (record: object): unknown => Object.entries(record);
    expect(entriesOf(frontMatter.env)).toEqual(names.map((name) => [name, 'v']));
    expect(frontMatter.inputs.map(({ name, default: preset }) => [name, preset])).toEqual(
      names.map((name) => [name, 'd']),
    );
    expect(entriesOf(frontMatter.hosts)).toEqual(names.map((name) => [name, ['h']]));
    expect(entriesOf(frontMatter.interpreters)).toEqual(names.map((name) => [name.toLowerCase(), ['sh']]));
    expect(Object.keys(frontMatter.approvals)).toEqual(names);
    expect(problem('env: { constructor: [1] }').split('\n')[0]).toBe(
      'error[front-matter-value]: `env.constructor` expects a text',
    );
  });

  test('may be absent, empty or of another tool', () => {
    for (const text of ['# T\n', '---\n---\n# T\n', '---\nweight: 3\nlayout: post\n---\n# T\n']) {
      const { runbook, diagnostics } = parse(text);
      expect({ frontMatter: runbook.frontMatter, diagnostics, title: runbook.title }).toEqual({
        frontMatter: emptyFrontMatter,
        diagnostics: [],
        title: 'T',
      });
    }
  });

  test('that is broken is an error at its place', () => {
    expect(problem('title: a\ntags: [a, b')).toBe(
      [
        'error[front-matter-yaml]: flow sequence in block collection must be sufficiently indented and end with a ]',
        ' --> book.md:3:12',
        '  |',
        '3 | tags: [a, b',
        '  |            ^',
        '  = help: what `[` or `{` opens is closed again',
      ].join('\n'),
    );
    expect(problem('a: 1\na: 2').split('\n')[0]).toBe('error[front-matter-yaml]: map keys must be unique');
  });

  test('with a wrong value is an error at the value', () => {
    expect(problem('inputs:\n  PGHOST: { pattern: "(" }\nlog: somewhere')).toBe(
      [
        'error[front-matter-value]: `inputs.PGHOST.pattern` expects a valid regular expression',
        ' --> book.md:3:22',
        '  |',
        '3 |   PGHOST: { pattern: "(" }',
        '  |                      ^^^',
        '',
        'error[front-matter-value]: `log` expects one of `document`, `changes`, `summary`, `copy`, `none`',
        ' --> book.md:4:6',
        '  |',
        '4 | log: somewhere',
        '  |      ^^^^^^^^^',
      ].join('\n'),
    );
    expect(problem('inputs:\n  my-host: {}').split('\n').slice(0, 2)).toEqual([
      'error[front-matter-value]: `inputs.my-host` expects a variable name such as `PGHOST`',
      ' --> book.md:3:3',
    ]);
    expect(problem('sections: { rolback: [x] }').split('\n')[0]).toBe(
      'error[front-matter-value]: `sections.rolback` expects lists of words for `preconditions`, `diagnosis`, `steps`, `validation`, `rollback`, `cleanup`, `context`',
    );
    expect(problem('estimate: 15').split('\n')[0]).toBe(
      'error[front-matter-value]: `estimate` expects a duration such as `30s`, `5m` or `1h30m`',
    );
    expect(problem('inputs: { A: [x] }').split('\n')[0]).toBe(
      'error[front-matter-value]: `inputs.A` expects a mapping such as `{ default: localhost }`',
    );
    expect(problem('- a').split('\n')[0]).toBe('error[front-matter-value]: `front matter` expects a mapping');
  });

  test('with a default that its input refuses is an error', () => {
    const firsts = (yaml: string) => problem(yaml).split('\n')[0];
    expect(firsts('inputs: { A: { choices: [x, y], default: z } }')).toBe(
      'error[front-matter-value]: the default of `A` is not one of its choices',
    );
    expect(firsts('inputs: { A: { pattern: "^x$", default: z } }')).toBe(
      'error[front-matter-value]: the default of `A` does not match its pattern',
    );
    expect(firsts('inputs: { A: { type: duration, default: 30 } }')).toBe(
      'error[front-matter-value]: the default of `A` is not a duration such as `30s`',
    );
    expect(firsts('inputs: { A: { type: number, default: many } }')).toBe(
      'error[front-matter-value]: the default of `A` is not a number',
    );
    expect(firsts(`inputs: { A: { pattern: '(a+)+', default: ${'a'.repeat(60)}! } }`)).toBe(
      'error[front-matter-value]: the default of `A` and its pattern cannot be matched within a second: repetitions inside of repetitions try too many ways',
    );
    expect(firsts('inputs: { A: { default: "a\\0b" } }')).toBe(
      'error[front-matter-value]: the default of `A` holds a NUL byte, which cannot be passed to a process',
    );
  });

  test('with a variable that no process can be given is an error', () => {
    expect(problem('env: { A: ok, B: "a\\0b" }')).toBe(
      [
        'error[front-matter-value]: the value of `B` holds a NUL byte, which cannot be passed to a process',
        ' --> book.md:2:18',
        '  |',
        '2 | env: { A: ok, B: "a\\0b" }',
        '  |                  ^^^^^^',
      ].join('\n'),
    );
  });

  test('with a key that is nearly ours gets a word about it', () => {
    expect(problem('titel: x\ninputs: { A: { defualt: 1 } }\nsection: 3\nreview_in: 6 months')).toBe(
      [
        "error[unknown-front-matter-key]: `titel` is not a key of a runbook's front matter",
        ' --> book.md:2:1',
        '  |',
        '2 | titel: x',
        '  | ^^^^^ did you mean `title`?',
        '',
        "error[unknown-front-matter-key]: `inputs.A.defualt` is not a key of a runbook's front matter",
        ' --> book.md:3:16',
        '  |',
        '3 | inputs: { A: { defualt: 1 } }',
        '  |                ^^^^^^^ did you mean `default`?',
      ].join('\n'),
    );
  });

  test('with a text that a comma has ended gets a word about it', () => {
    expect(problem('inputs:\n  A: { description: Where it goes, on a disk, default: x }')).toBe(
      [
        "warning[unknown-front-matter-key]: `inputs.A.on a disk` is not a key of a runbook's front matter",
        ' --> book.md:3:36',
        '  |',
        '3 |   A: { description: Where it goes, on a disk, default: x }',
        '  |                                    ^^^^^^^^^ a comma ends a text in braces: put the whole text in quotes',
      ].join('\n'),
    );
  });

  test.each([
    [
      'title: Deploy: the api',
      'nested mappings are not allowed in compact mappings',
      'put a text with `: ` in it in quotes; keys of one mapping begin in the same column',
    ],
    [
      'inputs: { A: { description: Say: what } }',
      'block collections are not allowed within flow collections',
      'put a text with `: ` in it in quotes',
    ],
    ['inputs:\n\tA: {}', 'tabs are not allowed as indentation', 'indent with blanks'],
    [
      'inputs: { A: { pattern: "\\d" } }',
      'invalid escape sequence \\d',
      'a backslash has a meaning of its own in double quotes: use single ones',
    ],
    [
      "title: 'it's'",
      'unexpected scalar at node end',
      "quotes stand around the whole text; `'` within single ones is written twice",
    ],
    [
      'tags: - a',
      'unexpected block-seq-ind on same line with key',
      'a list begins in a line of its own, or is written `[a, b]`',
    ],
    ['title: @team', 'plain value cannot start with reserved character @', 'put the text in quotes'],
    ['title: "a', 'missing closing "quote', 'a quote before this is never closed'],
    [
      'title:x\nowner: y',
      'implicit keys need to be on a single line',
      'behind a key stand a colon and a blank, and a list is indented like its neighbours',
    ],
  ])('that is no YAML is told with what mends it: %j', (yaml, message, help) => {
    const lines = problem(yaml).split('\n');
    expect([lines[0], lines.at(-1)]).toEqual([`error[front-matter-yaml]: ${message}`, `  = help: ${help}`]);
  });

  test('with an alias of nothing is an error at its place', () => {
    expect(problem('tags: [&a x, *a, *.log]')).toBe(
      [
        'error[front-matter-yaml]: `*.log` is an alias of YAML here, of something that has no such name',
        ' --> book.md:2:18',
        '  |',
        '2 | tags: [&a x, *a, *.log]',
        '  |                  ^^^^^',
        '  = help: put a text that begins with `*` in quotes',
      ].join('\n'),
    );
  });

  test('with a list in the place of a mapping is told of beside all else that is wrong', () => {
    const { diagnostics } = parse('---\ninputs: [A]\nenv: [B=1]\nhosts: web1\ncwd: [a]\n---\n\n# T\n');
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '`inputs` expects a mapping of names such as `{ REGION: { default: eu-1 } }`',
      '`env` expects a mapping of variables such as `{ REGION: eu-1 }`',
      '`hosts` expects a mapping of groups such as `{ web: [web1, web2] }`',
      '`cwd` expects a folder',
    ]);
  });

  test('that would expand without bound is an error', () => {
    const lines = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg'].map((pair) => [...pair])) {
      lines.push(`${name}: &${name} [${Array(10).fill(`*${before}`).join(',')}]`);
    }
    expect(problem(lines.join('\n')).split('\n')[0]).toBe(
      'error[front-matter-yaml]: the aliases of the front matter expand without bound',
    );
  });

  test('adds words and languages for its own document', () => {
    const { runbook, diagnostics } = parse(
      '---\nsections: { rollback: [Plan C] }\ninterpreters: { LUA: [lua5.4] }\n---\n\n## Plan C\n\n```lua\nprint(1)\n```\n',
    );
    expect(diagnostics).toEqual([]);
    expect(runbook.steps).toMatchObject([
      { name: 'plan-c', section: 'rollback', parts: [{ block: { runnable: true, language: 'lua' } }] },
    ]);
  });

  test('has places after a byte-order mark, with any newline', () => {
    const { runbook, diagnostics } = parse('\ufeff---\r\ntitle: é\r\nlog: x\r\n---\r\n# T\r\n');
    expect(diagnostics.map(({ span }) => span && textAt(runbook, span))).toEqual(['x']);
  });
});

describe('who is told of a run', () => {
  const readAll = (yaml: string) => readFrontMatter(yaml, (offset) => offset);

  test('are lists of channels, with delays, and who waits for updates', () => {
    const { frontMatter, diagnostics } = readAll(
      [
        'notify: [{ on: denied, to: [ops, dba] }]',
        'escalation:',
        '  - { after: approval, delay: 10m, notify: [pager, boss], text: "see to $IT" }',
        '  - { after: 1h, notify: boss }',
        'updates: { to: status, every: 30m }',
      ].join('\n'),
    );
    const { notify, escalation, updates } = frontMatter;
    const { span: _, ...rule } = updates ?? { span: undefined };
    expect([diagnostics, notify.map(({ span: _span, ...one }) => one), rule]).toEqual([
      [],
      [
        { on: ['denied'], to: 'ops' },
        { on: ['denied'], to: 'dba' },
      ],
      { to: ['status'], every: '30m', everyMs: 1_800_000 },
    ]);
    const delayed = { after: 'approval', delay: '10m', delayMs: 600_000, text: 'see to $IT' };
    expect(escalation.map(({ span: _span, ...one }) => one)).toEqual([
      { ...delayed, notify: 'pager' },
      { ...delayed, notify: 'boss' },
      { after: '1h', afterMs: 3_600_000, notify: 'boss' },
    ]);
  });

  test.each([
    [
      'escalation: [{ after: 5m, delay: 5m, notify: ops }]',
      '`escalation.0.delay` expects an `after:` that is not a time: `failure`, `approval` or `approval timeout`',
    ],
    [
      'escalation: [{ after: failure, delay: soon, notify: ops }]',
      '`escalation.0.delay` expects a duration such as `30s`, `5m` or `1h30m`',
    ],
    ['notify: [{ on: ended, to: [] }]', '`notify.0.to` expects the name of a channel, or a list of them'],
    ['updates: { every: 5m }', '`updates.to` expects a mapping such as `{ to: [ops], every: 30m }`'],
    ['updates: ops', '`updates` expects a mapping such as `{ to: [ops], every: 30m }`'],
  ])('%s is wrong', (yaml, message) => {
    expect(readAll(yaml).diagnostics.map((one) => one.message)).toEqual([message]);
  });
});
