// Tests that the script of a page does what a run of the page does: the same effects, the same exit code.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shellQuote } from '../../src/languages/shell/shell-quote.ts';
import { scriptJson } from '../../src/run/exporting/script-json.ts';
import { jsonTextAt } from '../../src/text/json-text-at.ts';
import { expectExit, Rig } from './rig.ts';

interface Case {
  readonly page: string;
  /** Names of inputs are given to both in the same way. */
  readonly set?: Readonly<Record<string, string>>;
  readonly run?: readonly string[];
  readonly script?: readonly string[];
  readonly exit?: number;
}

const steps = (...blocks: readonly string[]): string =>
  `# Page\n\n## Steps\n\n${blocks.map((block, at) => `### ${at + 1}. Do it ${at + 1}\n\n${block}\n`).join('\n')}`;
const block = (code: string, info = 'sh'): string => `\`\`\`${info}\n${code}\n\`\`\``;

const cases: Readonly<Record<string, Case>> = {
  'state is carried from block to block': {
    page: steps(
      block('x=1; mkdir -p d; cd d; f() { echo "f $1"; }; alias hi="echo hi"; umask 077; a=(1 "2 3")'),
      block('f "$x" > out; hi >> out; printf "%s\\n" "${a[@]}" >> out; unset x'),
      block('echo "${x-unset} $(umask)" > last'),
    ),
  },
  'a failing command ends its block and the run': {
    page: steps(block('touch a\nfalse\ntouch b'), block('touch c')),
    exit: 1,
  },
  'a pipeline fails where one of its commands does': {
    page: steps(block('false | cat\ntouch b')),
    exit: 1,
  },
  'errexit=false goes on': { page: steps(block('false\ntouch b', 'sh {errexit=false}')) },
  'a failed precondition ends with 4': {
    page: `# P\n\n## Preconditions\n\n${block('test -e nothere')}\n\n${steps(block('touch a')).slice(8)}`,
    exit: 4,
  },
  'a diagnosis finds': {
    page: `# P\n\n## Diagnosis\n\n${block('grep x nothere; echo found > seen')}\n\n${steps(block('touch a')).slice(8)}`,
  },
  'a failed validation fails': {
    page: `${steps(block('touch a'))}\n## Validation\n\n${block('test -e b')}\n`,
    exit: 1,
  },
  'when and check': {
    page: steps(
      block('touch a', 'sh {when="test -e nothere"}'),
      block('touch b; echo again >> log', 'sh {check="test -e b"}'),
      block('touch b; echo again >> log', 'sh {check="test -e b"}'),
      block('touch c', 'sh {when="true"}'),
    ),
  },
  'a check that does not hold afterwards': {
    page: steps(block('touch a', 'sh {check="test -e b"}'), block('touch c')),
    exit: 1,
  },
  'a condition that fails': { page: steps(block('touch a', 'sh {when="exit 7"}')), exit: 1 },
  retries: {
    page: steps(
      block('echo x >> n; test "$(wc -l < n)" -ge 3', 'sh {retries=4 interval=100ms}'),
      block('touch a'),
    ),
  },
  'retries that are not enough': {
    page: steps(block('echo x >> n; false', 'sh {retries=2 interval=100ms..300ms}')),
    exit: 1,
  },
  timeout: { page: steps(block('touch a; sleep 20; touch b', 'sh {timeout=1s}'), block('touch c')), exit: 1 },
  'exit codes': {
    page: steps(block('exit 3', 'sh {exit=0,3}'), block('(exit 4)', 'sh {exit=nonzero}'), block('touch a')),
  },
  captures: {
    page: steps(
      block('echo "version 1.28.0"', 'sh {capture=ALL capture=VERSION:/version ([0-9.]+)/}'),
      block('echo "$ALL/$VERSION" > out; env | grep ^VERSION= >> out'),
      block('import os; print(os.environ["VERSION"])', 'python {capture=AGAIN}'),
      block('echo "$AGAIN" >> out'),
    ),
  },
  'a capture that does not match': {
    page: steps(block('echo no', 'sh {capture=V:/version (.*)/}')),
    exit: 1,
  },
  expectations: {
    page: steps(
      block('echo one; echo two >&2', 'sh {expect="one" expect=/^o.e$/ expect-stderr="two"}'),
      block('echo three', 'sh {expect=/four/}'),
      block('touch a'),
    ),
    exit: 1,
  },
  'on-failure=continue': {
    page: steps(block('touch a; false', 'sh {on-failure=continue}'), block('touch b')),
    exit: 1,
  },
  rollback: {
    page: `# P\n\n## Steps\n\n### One\n\n${block('echo one >> log')}\n\n#### Rollback\n\n${block('echo un-one >> log')}\n\n### Two\n\n${block('echo two >> log; false')}\n\n#### Rollback\n\n${block('echo un-two >> log')}\n\n### Three\n\n${block('echo three >> log')}\n\n#### Rollback\n\n${block('echo un-three >> log')}\n\n## Rollback\n\n${block('echo all >> log')}\n`,
    run: ['--on-failure', 'rollback'],
    script: ['--rollback'],
    exit: 3,
  },
  'nothing to roll back with': {
    page: steps(block('touch a; false')),
    run: ['--on-failure', 'rollback'],
    script: ['--rollback'],
    exit: 1,
  },
  'a rollback that fails': {
    page: `# P\n\n## Steps\n\n### One\n\n${block('echo one >> log; false')}\n\n#### Rollback\n\n${block('false')}\n\n## Rollback\n\n${block('echo all >> log')}\n`,
    run: ['--on-failure', 'rollback'],
    script: ['--rollback'],
    exit: 6,
  },
  inputs: {
    page: `---\ninputs:\n  NAME: { required: true, pattern: '[a-z]+' }\n  PORT: { type: number, default: 80 }\n  ON: { type: boolean, default: true }\nenv: { KIND: "a b" }\n---\n${steps(block('echo "$NAME $PORT $ON $KIND" > out'))}`,
    set: { NAME: 'web', PORT: '81' },
  },
  'an input that is none': {
    page: `---\ninputs:\n  NAME: { required: true, pattern: '[a-z]+' }\n---\n${steps(block('touch a'))}`,
    set: { NAME: 'Web' },
    exit: 2,
  },
  'an input that is missing': {
    page: `---\ninputs:\n  NAME: { required: true }\n---\n${steps(block('touch a'))}`,
    exit: 2,
  },
  placeholders: {
    page: steps(block('echo \'<my-name>\' "<my-name>" <my-name> > out')),
    set: { 'my-name': "it's $HOME" },
  },
  confirmations: { page: steps(block('touch a', 'sh {confirm="Sure?"}')) },
  'what destroys is not run': {
    page: steps(block('touch a'), block('touch b', 'sh {risk=destructive}')),
    exit: 2,
  },
  'what destroys is allowed': {
    page: steps(block('touch b', 'sh {risk=destructive}')),
    run: ['--allow-destructive'],
    script: ['--allow-destructive'],
  },
  'what a person does waits': {
    page: `${steps(block('touch a'))}\n### 2. Call them\n\nCall the owner.\n`,
    exit: 5,
  },
  'what a person does is skipped': {
    page: `${steps(block('touch a'))}\n### 2. Call them\n\nCall the owner.\n`,
    run: ['--manual', 'skip'],
    script: ['--manual', 'skip'],
  },
  files: {
    page: `---\ninputs:\n  PORT: { default: 80 }\n---\n# P\n\n## Steps\n\n### One\n\n${block('listen ${PORT} ${OTHER} $x;', 'nginx {file=app.conf mode=0640 validate="grep -q listen $FILE"}')}\n\n### Two\n\n${block('new', 'text {file=old.txt}')}\n\n### Three\n\n${block('test "$(cat old.txt)" = new; cp old.txt seen; false')}\n`,
    run: ['--on-failure', 'rollback'],
    script: ['--rollback'],
    exit: 3,
  },
  'files of blocks that stand in one step': {
    page: `# P\n\n## Steps\n\n### One\n\n${block('echo one >> log')}\n\n${block('new', 'text {file=old.txt}')}\n\n${block('newer', 'text {file=old.txt}')}\n\n${block('made', 'text {file=made.txt}')}\n\n### Two\n\n${block('cat old.txt made.txt > seen; false')}\n`,
    run: ['--on-failure', 'rollback'],
    script: ['--rollback'],
    exit: 3,
  },
  'a file that was changed behind their back is not put back': {
    page: `# P\n\n## Steps\n\n### One\n\n${block('echo one >> log')}\n\n${block('new', 'text {file=old.txt}')}\n\n### Two\n\n${block('echo theirs > old.txt; false')}\n`,
    run: ['--on-failure', 'rollback'],
    script: ['--rollback'],
    exit: 6,
  },
  'a file that has other names': {
    page: steps(block('ln old.txt other.txt'), block('new', 'text {file=old.txt}')),
    exit: 1,
  },
  'an empty line at the end of an output counts': {
    page: steps(
      block("printf 'ok\\r\\n'; touch a", 'sh {expect=/^ok$/}'),
      block("printf 'ok\\n\\n'; touch b", 'sh {expect=/^ok$/}'),
    ),
    exit: 1,
  },
  'letters of other languages are none of the classes': {
    page: `---\ninputs:\n  NAME: { pattern: '[a-z]+\\w+' }\n---\n${steps(block('touch a'))}`,
    set: { NAME: 'caf\u00e9' },
    exit: 2,
  },
  'a file that its check refuses': {
    page: steps(block('wrong', 'text {file=app.conf validate="grep -q right $FILE"}')),
    exit: 1,
  },
  'handlers follow what has changed something, once, before what validates it': {
    page: `---\nhandlers: { web: echo web >> log, other: { run: echo other >> log; touch up, check: test -e up } }\n---\n# P\n\n## Steps\n\n### One\n\n${block('echo one >> log', 'sh {handler=web}')}\n\n${block('echo two >> log', 'sh {handler=web,other}')}\n\n#### Validation\n\n${block('echo seen >> log')}\n\n### Two\n\n${block('echo no >> log', 'sh {handler=web check=true}')}\n\n${block('old', 'text {file=old.txt handler=web}')}\n\n### Three\n\n${block('new', 'text {file=old.txt handler=web}')}\n`,
  },
  'a handler follows the undos of its step': {
    page: `---\nhandlers: { web: cp old.txt running; cat old.txt >> log }\n---\n# P\n\n## Steps\n\n### One\n\n${block('new', 'text {file=old.txt handler=web}')}\n\n### Two\n\n${block('echo x >> log', 'sh {handler=web}')}\n\n#### Rollback\n\n${block('echo un-two >> log')}\n\n### Three\n\n${block('old', 'text {file=new.txt handler=web validate=false}')}\n`,
    run: ['--on-failure', 'rollback'],
    script: ['--rollback'],
    exit: 3,
  },
  'a handler that fails, and one whose check does not hold after it': {
    page: `---\nhandlers: { bad: { run: echo bad >> log, check: test -e up } }\n---\n# P\n\n## Steps\n\n### One\n\n${block('echo one >> log', 'sh {handler=bad on-failure=continue}')}\n\n### Two\n\n${block('echo two >> log', 'sh {handler=bad}')}\n\n### Three\n\n${block('touch never')}\n`,
    exit: 1,
  },
  'what only looks is not undone': {
    page: `# P\n\n## Steps\n\n### One\n\n${block('echo one >> log', 'sh {risk=read}')}\n\n#### Rollback\n\n${block('echo un-one >> log')}\n\n### Two\n\n${block('old', 'text {file=old.txt}')}\n\n#### Rollback\n\n${block('echo un-two >> log')}\n\n### Three\n\n${block('false', 'sh {risk=read}')}\n\n## Rollback\n\n${block('echo all >> log')}\n`,
    run: ['--on-failure', 'rollback'],
    script: ['--rollback'],
    exit: 1,
  },
  'parts of JSON documents': {
    page: steps(
      block(
        `echo '{"a": {"b c": [1.50, {"d": "x\\u00e9\\ud83d\\ude00\\n\\"y"}]}, "n": 12345678901234567890}'`,
        'sh {capture-json=NUMBER:.a["b c"][0] capture-json=TEXT:.a["b c"][1].d capture-json=COUNT:.a["b c"].length capture-json=ALL:. capture-json=N:.n}',
      ),
      block('printf "%s|" "$NUMBER" "$TEXT" "$COUNT" "$ALL" "$N" > out'),
    ),
  },
  'a part of a JSON document that is not there': {
    page: steps(block(`echo '{"a": null}'`, 'sh {capture-json=A:.a}'), block('touch a')),
    exit: 1,
  },
  'numbers as they are to be': {
    page: steps(
      block('echo " 72.5 % "', 'sh {expect-number="<80"}'),
      block('echo 007', 'sh {expect-number=5..9}'),
      block('echo 1e2; touch a', 'sh {expect-number="==100"}'),
      block('echo 3; touch b', 'sh {expect-number=">3"}'),
    ),
    exit: 1,
  },
  'cwd and env of a block': {
    page: steps(
      block('mkdir -p d'),
      block('pwd > where; echo "$A" > a; B=2', 'sh {cwd=d env.A=1}'),
      block('echo "${A-none} $B" > b; mkdir e; cd e', 'sh {cwd=d}'),
      block('basename "$PWD" > c'),
    ),
  },
  'clean-up comes after a good run': {
    page: `${steps(block('touch a'))}\n## Cleanup\n\n${block('rm a; touch b')}\n`,
  },
};

/** All files of a folder with their content and mode, but the page and the script. */
async function effects(folder: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    if (name === 'page.md' || name === 'page.sh' || name.startsWith('.')) continue;
    const path = join(folder, name);
    const { mode } = await stat(path);
    const text = (await stat(path)).isDirectory() ? '' : await readFile(path, 'utf8');
    found[name] = `${mode.toString(8)} ${text.replaceAll(folder, '')}`;
  }
  return found;
}

describe('the script and the run of a page agree', () => {
  test.each(Object.entries(cases))('%s', async (_, { page, set = {}, run = [], script = [], exit = 0 }) => {
    const [one, other] = [await Rig.create(), await Rig.create()];
    for (const rig of [one, other]) {
      await rig.write('page.md', page);
      await rig.write('old.txt', 'old\n');
    }
    const given = Object.entries(set).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
    const [ran, exported] = await Promise.all([
      one.run(['run', 'page.md', '--yes', '--log', 'none', ...given, ...run]),
      other.run(['export', 'page.md', '--to', 'bash', '--output', 'page.sh']),
    ]);
    expectExit(exported, 0);
    const values = Object.entries(set).map(
      ([name, value]) => `${name.replaceAll('-', '_').toUpperCase()}=${value}`,
    );
    const scripted = await other.exec(other.path('page.sh'), ['--yes', ...values, ...script]);
    expect([ran.exitCode, scripted.exitCode], `${ran.stderr}\n-----\n${scripted.stderr}`).toEqual([
      exit,
      exit,
    ]);
    expect(await effects(other.path())).toEqual(await effects(one.path()));
  });
});

test('a place in any JSON document is the same to the script and the run', async () => {
  const keys = fc.constantFrom('a', 'b', 'a key', 'é', 'length', '"');
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('', 'x', 'two\nlines', '\u0001\u{1f600}"\\', 0, -1.5e-7, 1e21, true, false, null),
      fc.string({ unit: 'grapheme' }),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(keys, tie('value'), { maxKeys: 3 }),
    ),
  }));
  const path = fc.array(fc.oneof(keys, fc.nat(2)), { maxLength: 3 });
  const broken = fc.constantFrom(
    '',
    '{"a":01}',
    '{"a" 1}',
    '[1,]',
    '{"a":"\\x"}',
    '"a\nb"',
    '1 2',
    '[tru]',
    '{,}',
    '"',
  );
  const document = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(value, fc.constantFrom(0, 2)).map(([one, by]) => JSON.stringify(one, null, by)),
    },
    { weight: 1, arbitrary: broken },
    {
      weight: 1,
      arbitrary: fc.constantFrom('{"a":1,"a":[2, 3]}', '{"\\u0061":"\\ud800x\\/"}', ' [1.0,{"b":[ ]}]\n'),
    },
  );
  const tried = fc.sample(fc.tuple(document, path), 300);
  const rig = await Rig.create();
  const calls = tried.map(([text, place]) => {
    const words = place.map((key) => shellQuote(`${typeof key === 'number' ? 'i' : 'k'}:${key}`));
    return `out=${shellQuote(text)}; if rs_json ${words.join(' ')}; then printf '=%s\\0' "$rs_value"; else printf '%s\\0' "$rs_why"; fi`;
  });
  await rig.write('json.sh', `${scriptJson}\n${calls.join('\n')}\n`);
  const ended = await rig.exec('bash', ['json.sh']);
  expectExit(ended, 0);
  const why = {
    missing: 'its output has nothing at that place',
    null: 'its output has nothing at that place',
    'no-json': 'its output does not parse as JSON',
  };
  expect(ended.stdout.split('\0').slice(0, -1)).toEqual(
    tried.map(([text, place]) => {
      const found = jsonTextAt(text, place);
      return found.type === 'text'
        ? `=${Buffer.from(found.text.replaceAll('\0', '')).toString()}`
        : why[found.type];
    }),
  );
});

test("a box that is ticked in the page is nobody's word in the script either", async () => {
  const rig = await Rig.create();
  await rig.write('page.md', `${steps(block('true'))}\n### Look\n\n- [x] left\n- [X] right\n`);
  expectExit(await rig.run(['export', 'page.md', '--output', 'page.sh']), 0);
  const ended = await rig.exec(rig.path('page.sh'), ['--yes']);
  expectExit(ended, 5);
  expect(ended.stderr).toBe('> 1-do-it-1\nok 1-do-it-1\n[ ] - left\n- right\n  this is for a person\n');
});

test('what no script can do is refused by its name, or left to a person', async () => {
  const rig = await Rig.create();
  await rig.write(
    'page.md',
    `---\ninputs:\n  A: { default: { command: date } }\n---\n${steps(block('touch a'), block('touch b', 'sh {host=web1}'), block('touch c', 'sh {approve=1}'))}`,
  );
  const refused = await rig.run(['export', 'page.md', '--output', 'page.sh']);
  expectExit(refused, 2);
  expect(refused.stderr).toBe(
    `error: page.md: input \`A\`: its default is what a command prints
  = help: give it a plain default, or make the page without it
error: page.md:17: \`2-do-it-2\`: it runs on other hosts
  = help: \`--partial\` leaves it to a person, by its name
error: page.md:23: \`3-do-it-3\`: it waits for an approval, which needs a run
  = help: \`--partial\` leaves it to a person, by its name
3 things of the page cannot be in a script; nothing was written
`,
  );
  expectExit(await rig.run(['export', 'page.md', '--partial', '--output', 'page.sh']), 0);
  const ended = await rig.exec(rig.path('page.sh'), ['--yes', '--manual', 'skip', 'A=today']);
  expectExit(ended, 5);
  expect(ended.stderr).toBe(
    '> 1-do-it-1\nok 1-do-it-1\n[ ] 2-do-it-2: not in this script: it runs on other hosts\n  this is for a person\n',
  );
  expectExit(await rig.run(['export', 'page.md', '--partial', '--output', 'page.sh']), 2);
});

test('an input that no script can make is given, or nothing runs', async () => {
  const rig = await Rig.create();
  await rig.write(
    'page.md',
    `---
inputs:
  RELEASE: { choices: { command: ls releases }, required: true }
  OLD: { choices: { command: ls releases }, default: none }
  WAIT: { type: duration, default: 5m }
  TODAY: { default: { command: date } }
  WHY: { when: test -e why, required: true }
---
${steps(block('echo "$RELEASE $OLD $WAIT $TODAY ${WHY-unset}" > out'))}`,
  );
  expectExit(await rig.run(['export', 'page.md', '--partial', '--output', 'page.sh']), 0);
  const ran = (...given: readonly string[]) => rig.exec(rig.path('page.sh'), ['--yes', ...given]);
  const refused = [await ran(), await ran('RELEASE=one'), await ran('RELEASE=one', 'TODAY=x')];
  expect(refused.map(({ exitCode, stderr }) => [exitCode, stderr.split('\n').at(-2)])).toEqual([
    [2, 'the input RELEASE has no value: RELEASE=VALUE gives it'],
    [2, 'the input TODAY has no value: TODAY=VALUE gives it'],
    [2, 'the input WHY has no value: WHY=VALUE gives it'],
  ]);
  const done = await ran('RELEASE=one', 'TODAY=x', 'WHY=');
  expectExit(done, 0);
  expect(
    done.stderr,
  ).toBe(`the input RELEASE: not checked here: that it is one of the choices, which a command prints
the input OLD: not checked here: that it is one of the choices, which a command prints
the input WAIT: not checked here: that it is a duration
> 1-do-it-1
ok 1-do-it-1
`);
  expect(await readFile(rig.path('out'), 'utf8')).toBe('one none 5m x unset\n');
});

test('a confirmation is asked on a terminal, and nothing is done without one', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', steps(block('touch a'), block('touch b', 'sh {confirm="Sure?"}')));
  expectExit(await rig.run(['export', 'page.md', '--output', 'page.sh']), 0);
  const none = await rig.exec('setsid', ['-w', rig.path('page.sh')]);
  expectExit(none, 2);
  expect(none.stderr).toBe('something is asked (2-do-it-2), and nobody is here to answer: --yes does\n');
  expectExit(await rig.exec('script', ['-qec', rig.path('page.sh'), '/dev/null'], { input: 'n\n' }), 1);
  expectExit(await rig.exec('script', ['-qec', rig.path('page.sh'), '/dev/null'], { input: 'y\n' }), 0);
  expect((await readdir(rig.path())).sort()).toEqual(['a', 'b', 'page.md', 'page.sh']);
});

const line = fc.constantFrom(
  ...[
    'x=$((x+1))',
    'echo "$x" >> log',
    'touch f$x',
    'mkdir -p d && cd d',
    'cd ..',
    'export E=$x',
    'umask 027',
  ],
  ...[
    'env | grep ^E= >> log || :',
    'false',
    'test -e f1',
    'g() { echo "g $1 $x"; }',
    'unset x',
    'exit 0',
    'exit 3',
  ],
  ...[
    'type g > /dev/null 2>&1 && g 1 >> log || :',
    'a+=("$x"); echo "${#a[@]}" >> log',
    '(exit 2)',
    'false | true',
  ],
);
const info = fc.constantFrom(
  ...[
    'sh',
    'sh',
    'bash',
    'sh {errexit=false}',
    'sh {when="test -e f1"}',
    'sh {check="test -e f2"}',
    'sh {exit=0,3}',
  ],
  ...[
    'sh {retries=1 interval=50ms}',
    'sh {on-failure=continue}',
    'sh {capture=V}',
    'sh {expect=/[0-9]/}',
    'sh {cwd=/tmp}',
  ],
);
const anyStep = fc
  .tuple(info, fc.array(line, { minLength: 1, maxLength: 3 }), fc.option(line), fc.option(line))
  .map(([words, lines, validation, undo]) =>
    [
      block(lines.join('\n'), words),
      ...(validation === null ? [] : [`#### Validation\n\n${block(validation)}`]),
      ...(undo === null ? [] : [`#### Rollback\n\n${block(`${undo}; echo undone >> log`)}`]),
    ].join('\n\n'),
  );

test('pages of any steps do the same as scripts', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 5 }), fc.boolean(), async (all, isBack) => {
      const [one, other] = [await Rig.create(), await Rig.create()];
      for (const rig of [one, other]) await rig.write('page.md', steps(...all));
      const options = isBack ? ['--on-failure', 'rollback'] : [];
      const ran = await one.run(['run', 'page.md', '--yes', '--log', 'none', ...options]);
      expectExit(await other.run(['export', 'page.md', '--output', 'page.sh']), 0);
      const scripted = await other.exec(other.path('page.sh'), ['--yes', ...(isBack ? ['--rollback'] : [])]);
      expect(scripted.exitCode).toBe(ran.exitCode);
      expect(await effects(other.path())).toEqual(await effects(one.path()));
    }),
    { numRuns: 8, endOnFailure: true },
  );
});

test('no control character of a page comes through but in its code', async () => {
  const rig = await Rig.create();
  const [clearing, turned] = ['\u001b[2J', '\u202e'];
  const page = [
    `---\ninputs:\n  NAME: { default: a, description: "w${turned}o" }\n---\n# T${turned}itle\n\n## Steps\n`,
    `### G${clearing}o\n\n${block('printf "\u001b[1mcode" > out', `sh {confirm="Real${turned}ly?"}`)}\n`,
    `### Look\n\nLook at ${turned}it.\n`,
  ].join('\n');
  await rig.write('page.md', page);
  const { stdout, stderr, exitCode } = await rig.run(['export', 'page.md']);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout.split('\n').filter((text) => /[\u001b\u202e]/.test(text))).toEqual([
    'printf "\u001b[1mcode" > out',
  ]);
  expect(stdout).toContain('# T�itle\n');
});
