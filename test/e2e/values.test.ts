import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { anyCharacter } from '../any-character.ts';
import { expectExit, Rig } from './rig.ts';
import { findProgram } from './services.ts';

type Program = readonly [label: string, program: string, input: string, placeholder?: string];

/** Prints its input, and its placeholder where its language takes any, as they are. */
const programs: readonly Program[] = [
  ['bash', 'bash', 'printf %s "$VALUE"', "printf %s%s '' <other>"],
  ['bash', 'bash', 'cat <<END\n$VALUE\nEND', 'x="<other>"; printf %s "$x"'],
  ['bash', 'bash', 'printf %s "${VALUE:-no}"', "cat <<'END'\n<other>\nEND"],
  ['zsh', 'zsh', 'printf %s "$VALUE"', "printf %s '<other>'"],
  ['dash', 'dash', 'printf %s "$VALUE"', 'printf %s "$(printf %s <other>)"'],
  ['python', 'python3', "import os, sys\nsys.stdout.buffer.write(os.environb[b'VALUE'])"],
  ['node', 'node', 'process.stdout.write(process.env.VALUE)'],
  ['ruby', 'ruby', "$stdout.binmode; print ENV['VALUE']"],
  ['perl', 'perl', 'print $ENV{VALUE}'],
  ['php', 'php', "echo getenv('VALUE');"],
  ['sqlite', 'sqlite3', 'SELECT $VALUE;', "SELECT '<other>';"],
  [
    'http',
    'node',
    'POST $ECHO\nContent-Type: application/json\n\n"{{VALUE|json}}"',
    'POST $ECHO\nContent-Type: application/json\n\n"<other>"',
  ],
];

/** After each block a shell looks at what it captured, and hands it on through the file for outputs. */
function allLanguages(): { readonly text: string; readonly blocks: number } {
  const installed = programs.filter(([, program]) => findProgram(program) !== undefined);
  const blocks = installed.flatMap(([label, , input, placeholder]) => [
    `\`\`\`${label} {capture=GOT}\n${input}\n\`\`\`\n`,
    '```sh\n[ "$GOT" = "$VALUE" ] || exit 9\nprintf "BACK<<-end-\\n%s\\n-end-\\n" "$GOT" >> "$RUNSHEET_OUTPUT"\n```\n',
    '```sh\n[ "$BACK" = "$VALUE" ] || exit 8\n```\n',
    ...(placeholder === undefined
      ? []
      : [
          `\`\`\`${label} {capture=GOT}\n${placeholder}\n\`\`\`\n`,
          '```sh\n[ "$GOT" = "$VALUE" ] || exit 7\n```\n',
        ]),
  ]);
  const inputs = '---\ninputs: { VALUE: { required: true } }\n---\n';
  return { text: `${inputs}# Values\n\n## Steps\n\n${blocks.join('\n')}`, blocks: blocks.length };
}

const hard = `'"\\\`$(touch made)\${x}; | & < > * ? ! # ~ % ^ {{VALUE}} <other> -- /* <?php ?> \t\r\n\n é漢🎉.`;
/** 100 KB, cut between two characters. */
const large = `${Buffer.from(hard.repeat(2000))
  .subarray(0, 100_000)
  .toString()
  .replace(/\ufffd$/, '')}.`;
const held = (text: string): string => `${Buffer.from(text.replaceAll('\0', '')).toString()}.`;

test('any text reaches every language unchanged: through inputs, placeholders, captures and outputs', async () => {
  const rig = await Rig.create();
  const server = createServer((request, response) => {
    const received: Buffer[] = [];
    request.on('data', (bytes: Buffer) => received.push(bytes));
    request.on('end', () => response.end(JSON.parse(Buffer.concat(received).toString()) as string));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { text, blocks } = allLanguages();
  await rig.write('values.md', text);
  const env = {
    ECHO: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    SQLITE_DB: ':memory:',
    LANG: 'C.UTF-8',
  };
  const passes = async (value: string): Promise<void> => {
    await rig.write('inputs.json', JSON.stringify({ VALUE: value, OTHER: value }));
    const run = await rig.run(
      ['run', 'values.md', '--yes', '--inputs', 'inputs.json', '--log', 'none', '--surface', 'ndjson'],
      { env },
    );
    const records = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    const failed = records.filter(({ type }) => type === 'block-failed');
    expect(failed).toEqual([]);
    expect(records.filter(({ type }) => type === 'block-passed').length).toBe(blocks);
  };
  await passes(hard);
  await passes(large);
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: anyCharacter, maxLength: 60 }), async (value) => passes(held(value))),
    { numRuns: 3 },
  );
  expect((await rig.exec('ls', [rig.path()])).stdout).toBe('inputs.json\nvalues.md\n');
});

test('names that objects of JavaScript have are names like any other, also on resume and in the record', async () => {
  const rig = await Rig.create();
  const blocks = [
    [
      'sh {name=constructor env.__proto__=own capture=isPrototypeOf}',
      'echo "$constructor, $prototype, $toString, $hasOwnProperty, ${__lookupGetter__-unset}, $__proto__"',
      String.raw`printf '__proto__=handed on\n' >>"$RUNSHEET_OUTPUT"`,
    ],
    ['valueOf {name=toString}', 'test -e go && echo "$__proto__"'],
    ['sh {name=hasOwnProperty}', 'echo "$__proto__, <valueOf>, $isPrototypeOf"'],
    [
      'python {name=propertyIsEnumerable}',
      'import os',
      'print(", ".join(os.environ[name] for name in ["__proto__", "constructor", "hasOwnProperty"]))',
    ],
  ];
  await rig.write(
    'names.md',
    [
      ...['---', 'env: { constructor: from env, prototype: 1.10 }'],
      'inputs: { toString: { default: 01234 }, hasOwnProperty: { required: true }, __lookupGetter__: {} }',
      ...['interpreters: { valueOf: [sh] }', 'outputs: [__proto__, isPrototypeOf]', '---'],
      ...['# Names', '', '## Steps', ''],
      ...blocks.flatMap(([info, ...code]) => [`\`\`\`${info}`, ...code, '```', '']),
    ].join('\n'),
  );
  await rig.write('in.json', '{ "hasOwnProperty": 1.20, "valueOf": 7e10 }');

  expectExit(await rig.run(['run', 'names.md', '--yes', '--inputs', 'in.json']), 1);
  await rig.write('go', '');
  expectExit(await rig.run(['resume', 'names.md', '--yes']), 0);

  const first = 'from env, 1.10, 01234, 1.20, unset, own';
  const outputs = [...(await rig.file('names.md')).matchAll(/```text\n(.*)\n```/g)].map(([, text]) => text);
  expect(outputs).toEqual([first, 'handed on', `handed on, 7e10, ${first}`, 'handed on, from env, 1.20']);
  const shown = (await rig.run(['show'])).stdout;
  expect(shown).toContain(`  __proto__=handed on\n  isPrototypeOf=${first}\n`);
});
