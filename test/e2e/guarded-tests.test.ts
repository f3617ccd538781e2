import { describe, expect, test } from 'vitest';
import { Rig } from './rig.ts';
import { block, leftBehind, page, runTests as run } from './runbook-tests.ts';

describe('nothing runs that is neither stubbed nor allowed', () => {
  test.each([
    ['a command', 'kubectl get pods', '`one`: `kubectl` is neither stubbed nor allowed (line 8)'],
    [
      'a command whose end nobody looks at',
      'kubectl get pods || true',
      '`one`: `kubectl` is neither stubbed nor allowed (line 8)',
    ],
    ['a path', '/bin/touch "$OUT"', 'not run: `one` runs `/bin/touch` by its path (line 8)'],
    [
      'a path in a variable',
      'x=/bin/touch\n$x "$OUT"',
      'not run: `one` runs `$x`, which is not known before (line 9)',
    ],
    ['another PATH', 'PATH=/bin:/usr/bin\ntouch "$OUT"', 'not run: `one` names `PATH` (line 8)'],
    [
      'PATH through the outputs',
      'echo PATH=/bin >> "$RUNSHEET_OUTPUT"',
      'not run: `one` names `PATH` (line 8)',
    ],
    [
      'PATH through the outputs, put together',
      'echo "PA""TH=/bin" >> "$RUNSHEET_OUTPUT"',
      'not run: `one` names `PATH` (line 8)',
    ],
    [
      'the folders of the system',
      'command -p touch "$OUT"',
      "not run: `one` takes the system's own folders, by `command -p` (line 8)",
    ],
    [
      'code of values',
      'x="touch"\neval "$x $OUT"',
      'not run: `one` runs code that values are put into, by `eval` (line 9)',
    ],
    [
      'a shell of its own',
      'bash -c \'/bin/touch "$OUT"\'',
      'not run: `one` runs `/bin/touch` by its path (line 8)',
    ],
    ['a connection', 'exec 3<>/dev/tcp/127.0.0.1/1', 'not run: `one` opens a connection (line 8)'],
    [
      'a file outside',
      'echo x > /tmp/../tmp/runsheet-x',
      'not run: `one` writes `/tmp/../tmp/runsheet-x`, outside of its folder (line 8)',
    ],
    [
      'a file outside, named by a variable',
      'echo "to $OUT" > "$OUT"',
      'OUT`, outside of its folder (line 8)',
    ],
    [
      'a file outside, where nothing else is said',
      'echo x > "${NOWHERE:-/tmp/../tmp/runsheet-x}"',
      'not run: `one` writes `/tmp/../tmp/runsheet-x`, outside of its folder (line 8)',
    ],
    ['a file that a command names', 'echo x > "$(printf %s "$OUT")"', 'which is not known before (line 8)'],
    ['a file outside, by a program', 'cp "$0" "$OUT"', 'OUT, which is outside of its folder'],
    ['a link outside', 'ln -s "$AWAY" x\nrm -r x/kept', 'is outside of its folder'],
    ['a file of code', '. ./x.sh', 'not run: `one` reads in `./x.sh` as code (line 8)'],
    [
      'a place of commands',
      'hash -p /bin/touch cat\ncat "$OUT"',
      'not run: `one` says where a command is, by `hash` (line 8)',
    ],
  ])('%s', async (_, code, why) => {
    const rig = await Rig.create();
    await rig.write('away/kept', 'kept');
    await page(
      rig,
      block('one', code),
      `cases:\n  - name: a\n    env: { OUT: "${rig.path('OUT')}", AWAY: "${rig.path('away')}" }\n    expect: { outcome: failed }\n`,
    );
    const { exitCode, stdout } = await run(rig, 'page.md');
    expect(stdout).toContain(why);
    expect(exitCode).toBe(1);
    expect(await rig.file('OUT').catch(() => 'nothing')).toBe('nothing');
    expect(await rig.file('away/kept')).toBe('kept');
    expect(await leftBehind(rig)).toEqual([]);
  });

  test('no condition, file, input, other language, host and user either', async () => {
    const rig = await Rig.create();
    await rig.write(
      'page.md',
      `---
inputs:
  A: { default: { command: /bin/date } }
---
# Page

## Steps

### One {when="/bin/true"}

\`\`\`sh {name=one check="kubectl version"}
ls
\`\`\`

### Two

\`\`\`text {name=two file=/etc/motd}
hello
\`\`\`

\`\`\`python {name=three}
print(1)
\`\`\`

\`\`\`sh {name=four host=web1}
ls
\`\`\`

\`\`\`sh {name=five user=nobody}
ls
\`\`\`

\`\`\`sh {name=six hosts-from="cat hosts"}
ls
\`\`\`
`,
    );
    await rig.write('page.test.yaml', 'cases:\n  - name: a\n');
    expect((await run(rig, 'page.md')).stdout).toBe(`page.md
  ✘ a
      not run: the input \`A\` runs \`/bin/date\` by its path
      not run: \`one\`: its \`when\` runs \`/bin/true\` by its path
      not run: \`one\`: its \`check\` runs \`kubectl\`, which is neither stubbed nor allowed
      not run: \`two\` writes \`/etc/motd\`, outside of its folder
      not run: \`three\` is \`python\`, which nobody reads here: stub what runs it, or \`allow-languages\`
      not run: \`four\` runs on \`web1\`, which is none of the case's \`hosts\`
      not run: \`five\` runs as \`nobody\`, and a test has no other users: \`single-user\` runs it as this one
      not run: \`six\` runs on hosts, and the case has none: \`hosts\` names them
      page.test.yaml:2

1 case: 0 passed, 1 failed
`);
  });

  test('what is allowed runs, also by its path; a call that no stub fits fails the case', async () => {
    const rig = await Rig.create();
    await page(
      rig,
      `${block('one', '/usr/bin/env basename /a/hi\nsed s/a/b/ <<< a')}${block('two', 'svc stop x || true')}`,
      'allow: [/usr/bin/env, sed]\nstubs: { svc: { when: start } }\ncases:\n  - name: a\n    expect: { output: [hi, b] }\n',
    );
    expect((await run(rig, 'page.md')).stdout).toBe(
      'page.md\n  ✘ a\n      no stub fits this call: svc stop x\n      page.test.yaml:4\n\n1 case: 0 passed, 1 failed\n',
    );
  });
});

test('an input that is code is looked at by the value that the case gives it', async () => {
  const rig = await Rig.create();
  await rig.write(
    'page.md',
    '---\ninputs: { RELOAD: { default: svc reload } }\n---\n# Page\n\n## Steps\n\n```sh {name=one}\nbash -c "$RELOAD"\n```\n',
  );
  await rig.write(
    'page.test.yaml',
    `allow: [bash]
stubs: { svc: }
cases:
  - name: by its default
    expect: { calls: [svc reload] }
  - name: by another value
    inputs: { RELOAD: "/bin/touch {folder}/x" }
`,
  );
  expect((await run(rig, 'page.md')).stdout).toBe(`page.md
  ✔ by its default
  ✘ by another value
      not run: \`one\` runs \`/bin/touch\` by its path (line 9)
      page.test.yaml:6

2 cases: 1 passed, 1 failed
`);
});

test('a file outside that an input names by its default, or a block before has captured, is not written', async () => {
  const rig = await Rig.create();
  const [preset, captured] = [rig.path('preset'), rig.path('captured')];
  await rig.write(
    'page.md',
    `---\ninputs: { CONF: { default: "${preset}" } }\n---\n\n# Page\n\n## Steps\n\n` +
      `### One\n\n\`\`\`sh {name=one}\necho x > "$CONF"\n\`\`\`\n`,
  );
  await rig.write('page.test.yaml', 'cases:\n  - name: a\n    expect: { outcome: failed }\n');
  await rig.write(
    'other.md',
    '# Other\n\n## Steps\n\n### One\n\n```sh {name=one capture=PLACE}\nsvc place\n```\n\n### Two\n\n' +
      '```sh {name=two}\necho x > "$PLACE"\n```\n',
  );
  await rig.write(
    'other.test.yaml',
    `cases:\n  - name: a\n    stubs: { svc: { stdout: "${captured}" } }\n    expect: { outcome: failed }\n`,
  );
  await rig.write(
    'own.md',
    '---\ninputs: { CONF: {} }\n---\n\n# Own\n\n## Steps\n\n```sh {name=one}\necho x > "$CONF"\necho y > "$HOME/y"\n```\n',
  );
  await rig.write(
    'own.test.yaml',
    'cases:\n  - name: a\n    inputs: { CONF: "{folder}/conf" }\n    expect: { outcome: succeeded, files: { conf: "x\\n" } }\n',
  );
  const ended = await Promise.all(['page.md', 'other.md', 'own.md'].map((file) => run(rig, file)));
  expect(ended.map(({ exitCode }) => exitCode)).toEqual([1, 1, 0]);
  expect(ended[1]?.stdout).toContain(`it writes \`${captured}\`, outside of its folder (line 14)`);
  expect(ended[0]?.stdout).toContain(`writes \`${preset}\`, outside of its folder`);
  for (const name of ['preset', 'captured'])
    expect(await rig.file(name).catch(() => 'nothing')).toBe('nothing');
});
