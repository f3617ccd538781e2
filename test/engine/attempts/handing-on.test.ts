import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseOutputVariables } from '../../../src/engine/attempts/output-variables.ts';
import type { CapturedPart } from '../../../src/runbook/capture.ts';
import { anyCharacter } from '../../any-character.ts';
import { ExecutorRig, savedState } from '../executors/executor-rig.ts';

let rig: ExecutorRig;

beforeAll(async () => {
  rig = await ExecutorRig.create();
});

afterAll(() => rig.close());

const printer: Readonly<Record<string, string>> = {
  bash: 'printf %s "$VALUE"; sh -c \'printf %s "$VALUE"\' >inner; cmp inner <(printf %s "$VALUE")',
  python: 'import os, sys; sys.stdout.buffer.write(os.environb[b"VALUE"])',
  perl: 'print $ENV{VALUE};',
  node: 'process.stdout.write(process.env.VALUE)',
};

test.each([
  ['a folder', 'mkdir -p "$RUNSHEET_OUTPUT/more" "$RUNSHEET_OUTPUT.unheard"'],
  ['a pipe', 'mkfifo "$RUNSHEET_OUTPUT" "$RUNSHEET_OUTPUT.unheard"'],
  ['a device', 'ln -s /dev/zero "$RUNSHEET_OUTPUT"; ln -s /dev/zero "$RUNSHEET_OUTPUT.unheard"'],
])('a block that makes %s where its values are to be hands on none, and is told so', async (kind, code) => {
  const ran = await rig.run('sh', code);
  expect([ran.ok, ran.result.captured, ran.result.warnings]).toEqual([
    true,
    {},
    [`$RUNSHEET_OUTPUT was not read: it is ${kind}`],
  ]);
});

describe('a captured value', () => {
  test('is what $(…) makes of stdout, in every language', async () => {
    const ran = await rig.run('sh', "printf 'a\\0b\\n\\n'; echo err >&2", { captures: [{ name: 'VALUE' }] });
    expect(ran.result.captured).toEqual({ VALUE: 'ab' });
    for (const [language, code] of Object.entries(printer))
      expect((await rig.run(language, code)).stdout).toBe('ab');
  });

  test('is not set by a block that failed', async () => {
    await rig.run('sh', 'echo good', { captures: [{ name: 'KEPT' }] });
    const failed = await rig.run('sh', 'echo bad; exit 1', { captures: [{ name: 'KEPT' }] });
    expect([failed.result.captured, await rig.sh('echo $KEPT')]).toEqual([{}, 'good']);
  });

  test('from another language reaches the shell', async () => {
    await rig.run('python', 'print("x" * 3)', { captures: [{ name: 'FROM_PYTHON' }] });
    expect(await rig.sh('echo $FROM_PYTHON; printenv FROM_PYTHON')).toBe('xxx\nxxx');
  });

  test('of 100 KB arrives whole, and one that no process can be given is a failure', async () => {
    const text = randomBytes(50_000).toString('hex');
    await rig.executor.setVariables({ VALUE: text });
    expect(await rig.sh('printf %s "$VALUE"')).toBe(text);
    expect(
      (await rig.run('sh', 'printf %s "$VALUE"', { captures: [{ name: 'AGAIN' }] })).result.captured,
    ).toEqual({
      AGAIN: text,
    });
    const ran = await rig.run('sh', 'printf %s "$VALUE$VALUE"', { captures: [{ name: 'TWICE' }] });
    expect([ran.reason, ran.result.captured, await rig.sh('echo ${TWICE-none}; unset VALUE AGAIN')]).toEqual([
      {
        type: 'expectation',
        expected: 'a value for `TWICE` of at most 131072 bytes',
        actual: 'more than 131072 bytes',
        message: 'expected a value for `TWICE` of at most 131072 bytes, which is what a process can be given',
      },
      {},
      'none',
    ]);
  });
});

describe('parts of what is printed', () => {
  const run = (code: string, ...parts: readonly [name: string, part: CapturedPart][]) =>
    rig.run('sh', code, { captures: parts.map(([name, part]) => ({ name, part })) });
  const pattern = (source: string, flags = ''): CapturedPart => ({ type: 'pattern', source, flags });
  const json = (...path: (string | number)[]): CapturedPart => ({ type: 'json', path, written: `.${path}` });

  test('are what a pattern or its first group matches, and what stands in JSON', async () => {
    const ran = await run(
      String.raw`printf '{"id": 12345678901234567890,\n"name": "a  b\\n"}\n'`,
      ['GROUP', pattern('"(\\w+)":')],
      ['WHOLE', pattern(String.raw`[a-z ]+\\n`)],
      ['LAST', pattern('}$')],
      ['ID', json('id')],
      ['NAME', json('name')],
    );
    expect([ran.reason, ran.result.captured]).toEqual([
      undefined,
      { GROUP: 'id', WHOLE: 'a  b\\n', LAST: '}', ID: '12345678901234567890', NAME: 'a  b\n' },
    ]);
    expect(await rig.sh('printf "%s|" "$GROUP" "$ID"')).toBe('id|12345678901234567890|');
  });

  test.each<[string, string, CapturedPart, string, string]>([
    ['a match', 'echo a', pattern('b'), '/b/', 'nothing in the output matches'],
    ['a group', 'echo a', pattern('a(b)?'), '/a(b)?/', 'the first group matches nothing in the output'],
    ['a place', "echo '{}'", json('a'), '.a', 'the output has nothing at that place'],
    ['more than null', 'echo \'{"a": null}\'', json('a'), '.a', 'the output has null at that place'],
    ['JSON', 'echo a', json('a'), '.a', 'the output does not parse as JSON'],
    [
      'a pattern that comes to an end',
      'printf "%050d" 0',
      pattern('(0+)+$(?<=x)'),
      '/(0+)+$(?<=x)/',
      'the output and /(0+)+$(?<=x)/ cannot be matched within a second: repetitions inside of repetitions try too many ways',
    ],
    [
      'an output that can be looked through',
      'head -c 4194305 /dev/zero | tr "\\0" a',
      pattern('a'),
      '/a/',
      'the output is longer than 4194304 bytes',
    ],
  ])('a block without %s fails by name and sets nothing', async (_what, code, part, written, actual) => {
    const ran = await rig.run('sh', code, { captures: [{ name: 'FIRST' }, { name: 'SECOND', part }] });
    const expected = `a value for \`SECOND\` by ${written}`;
    expect([ran.reason, ran.result.captured, await rig.sh('echo ${FIRST-none}')]).toEqual([
      { type: 'expectation', expected, actual, message: `expected ${expected}: ${actual}` },
      {},
      'none',
    ]);
  });

  test('are masked before they are shown where they are secrets', async () => {
    const ran = await run('echo "id=7 token=s3cr3t-value"', ['API_TOKEN', pattern('token=(.*)')]);
    expect([ran.result.captured, ran.stdout]).toEqual([{ API_TOKEN: '***' }, 'id=7 token=***\n']);
    expect(await rig.sh('[ "$API_TOKEN" = s3cr3t-value ] && echo same')).toBe('same');
  });
});

const texts = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        "'",
        '"',
        '$',
        '`',
        '\\',
        '\n',
        '\r',
        '\t',
        ' ',
        '!',
        '*',
        '$(id)',
        'é',
        '🙂',
        '#',
        '-n',
        '=',
        '\x1b[1m',
      ),
      {
        maxLength: 30,
      },
    )
    .map((parts) => parts.join('')),
);

test('any text reaches every language unchanged, through variables, capture and outputs', async () => {
  await fc.assert(
    fc.asyncProperty(texts, async (generated) => {
      const text = Buffer.from(generated, 'utf8').toString('utf8').replaceAll('\0', '');
      await rig.executor.setVariables({ VALUE: text });
      for (const [language, code] of Object.entries(printer))
        expect((await rig.run(language, code)).stdout).toBe(text);
      const captured = await rig.run('sh', 'printf %s "$VALUE"', { captures: [{ name: 'CAPTURED' }] });
      expect(captured.result.captured).toEqual({ CAPTURED: text.replace(/\n+$/, '') });
      const handed = await rig.run(
        'sh',
        'printf "HANDED<<E-O-F\\n%s\\nE-O-F\\n" "$VALUE" >>"$RUNSHEET_OUTPUT"; plain=$VALUE; list=(1 "$VALUE")',
      );
      // A carriage return before the newline that ends a line belongs to the value.
      expect(handed.result.captured).toEqual({ HANDED: text });
      expect(
        (await rig.run('sh', '[[ $plain == "$VALUE" && ${list[1]} == "$VALUE" && $HANDED == "$VALUE" ]]')).ok,
      ).toBe(true);
    }),
    { numRuns: 25 },
  );
});

describe('$RUNSHEET_OUTPUT', () => {
  test('lines, heredocs, and what cannot be read', () => {
    const text = 'A=1\n\nB= two = 2 \nC<<END\nline 1\n\nC=3\nEND\nno line\n1x=2\nD<<EOF\nlost\n';
    expect(parseOutputVariables(text)).toEqual({
      variables: { A: '1', B: ' two = 2 ', C: 'line 1\n\nC=3' },
      warnings: [
        'line 9 of $RUNSHEET_OUTPUT is not NAME=value: `no line`',
        'line 10 of $RUNSHEET_OUTPUT: `1x` is not the name of a variable',
        'line 11 of $RUNSHEET_OUTPUT: `EOF`, which would end the value of `D`, does not follow',
      ],
    });
  });

  test('sets variables, also of a block that fails, and warns', async () => {
    const ran = await rig.run(
      'python',
      'import os\nopen(os.environ["RUNSHEET_OUTPUT"], "a").write("X=a b\\nbad\\n")\nexit(2)',
    );
    expect([ran.result.captured, ran.result.warnings]).toEqual([
      { X: 'a b' },
      ['line 2 of $RUNSHEET_OUTPUT is not NAME=value: `bad`'],
    ]);
    expect(await rig.sh('printenv X')).toBe('a b');
  });
});

test('a state that is too large for the journal has a file of its own', async () => {
  const own = await ExecutorRig.create();
  try {
    const saved = savedState(await own.run('sh', "x=$(printf '%09000d' 7)"));
    const file = 'file' in saved ? saved.file : '';
    const path = join(own.runFolder, file);
    const text = readFileSync(path, 'utf8');
    expect([file.replace(/-.*/, ''), text.endsWith('\nok\n')]).toEqual(['state/000001', true]);
    await own.reopen({ restoreFrom: saved });
    expect(await own.sh('echo ${#x} ${x: -1}')).toBe('9000 7');
    writeFileSync(path, text.slice(0, -3));
    await expect(own.reopen({ restoreFrom: saved })).rejects.toThrow(
      `the saved shell state \`${file}\` was not written whole`,
    );
  } finally {
    await own.close();
  }
});

test('a state is stored when it changed, and a later process starts from it', async () => {
  const own = await ExecutorRig.create();
  try {
    const changed = await own.run(
      'sh',
      "cd /; x='a b'; export y=2; f() { echo f; }; list=(1 '2 3'); set -u; shopt -s nullglob; umask 027; alias k='echo k'; unset HOME",
    );
    const unchanged = await own.run('sh', 'ls >/dev/null; true');
    const captured = await own.run('sh', 'echo "q\'\n"', { captures: [{ name: 'Z' }] });
    expect([Object.keys(changed.result.shellState ?? {}), unchanged.result.shellState]).toEqual([
      ['sealed'],
      undefined,
    ]);
    await own.reopen({ restoreFrom: savedState(captured) });
    expect(
      await own.sh(
        'echo "$x $y $Z ${list[1]} $PWD $- $(umask) ${HOME-none}"; f; k; shopt -q nullglob && printenv y',
      ),
    ).toBe("a b 2 q' 2 3 / ehuB 0027 none\nf\nk\n2");
    expect((await own.run('python', 'import os; print(os.environ["y"], os.getcwd())')).stdout).toBe('2 /\n');
  } finally {
    await own.close();
  }
});
