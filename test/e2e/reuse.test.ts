import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { resultsOf, statusesOf } from './document-results.ts';
import { Rig } from './rig.ts';

const drain = `---
inputs: { NODE: { required: true } }
---
# Drain

## Prerequisites

\`\`\`sh
test -n "$NODE" && test -e marker
\`\`\`

## Steps

### Cordon

\`\`\`sh
echo "cordon $NODE" >>../log; cd ..
\`\`\`

#### Rollback

\`\`\`sh
echo "uncordon $NODE in $PWD" >>../log
\`\`\`

### Evict

\`\`\`sh {capture=DRAINED}
test ! -e "$OUTSIDE/broken" || { echo "cannot evict"; exit 4; }
echo "it's \\"$NODE\\""
\`\`\`

## Rollback

\`\`\`sh
echo "restart $NODE" >>"$OUTSIDE/log"
\`\`\`
`;

const move = `---
inputs: { TARGET: { default: node 1 } }
---
# Move

## Prerequisites

1. [Set up](setup.md)

## Steps

### Drain {with.NODE=$TARGET}

[Drain the node](nodes/drain.md)

### Say

\`\`\`sh
echo "moved $DRAINED, not \${NODE:-any}, in $PWD"
\`\`\`
`;

const setup = '## Steps\n\n```sh\ntouch set-up\n```\n\n## Validation\n\n```sh\ntest -e set-up\n```\n';

async function rigWithRunbooks(): Promise<Rig> {
  const rig = await Rig.create();
  await rig.write('move.md', move);
  await rig.write('setup.md', setup);
  await rig.write('nodes/drain.md', drain);
  await rig.write('nodes/marker', '');
  return rig;
}

const stateless = (text: string) =>
  text
    .replaceAll(/(?<=runsheet:result \S+) run=\S+(?: code=\S+)?/g, '')
    .replaceAll(/in \d+ ms|in \d+(\.\d+)? s/g, 'in T')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC · [\w.-]+@[\w.-]+/g, 'WHEN · WHO');

describe('a runbook that runs others', () => {
  test('gives them inputs, takes what they captured, and tells of them under their links', async () => {
    const rig = await rigWithRunbooks();
    await rig.write('set-up', '');
    const env = { OUTSIDE: rig.path() };
    const run = await rig.run(['run', 'move.md', '--yes'], { env });
    expect(run).toMatchObject({ exitCode: 0 });
    const [document] = stateless(await rig.file('move.md')).split('<!-- runsheet:log -->');
    expect(document).toBe(`${move
      .replace(
        '1. [Set up](setup.md)\n',
        `1. [Set up](setup.md)

   <!-- runsheet:result set-up -->
   > ✔ **already done** · WHEN · WHO
   >
   > - ✔ passed \`set-up/probe/validation\` in T
   <!-- /runsheet:result -->
`,
      )
      .replace(
        '(nodes/drain.md)\n',
        `(nodes/drain.md)

<!-- runsheet:result drain -->
> ✔ **passed** in T · WHEN · WHO
>
> - ✔ passed \`drain/prerequisites\` in T
> - ✔ passed \`drain/cordon\` in T
> - ✔ passed \`drain/evict\` in T
<!-- /runsheet:result -->
`,
      )}
<!-- runsheet:result say -->
> ✔ **passed** in T · exit 0 · WHEN · WHO

\`\`\`text
moved it's "node 1", not any, in ${rig.path()}
\`\`\`
<!-- /runsheet:result -->

`);
    expect(await rig.file('nodes/drain.md')).toBe(drain);
  });

  test('undoes what a linked runbook did, and shows the output of what failed in it', async () => {
    const rig = await rigWithRunbooks();
    await rig.write('set-up', '');
    await rig.write('broken', '');
    const env = { OUTSIDE: rig.path() };
    const run = await rig.run(['run', 'move.md', '--yes', '--on-failure', 'rollback'], { env });
    expect(run).toMatchObject({ exitCode: 3 });
    expect(await rig.file('log')).toBe('cordon node 1\nrestart node 1\n');
    expect(await rig.exec('cat', ['../log'])).toMatchObject({ stdout: `uncordon node 1 in ${rig.path()}\n` });
    expect(stateless(await rig.file('move.md'))).toContain(`<!-- runsheet:result drain -->
> ✘ **failed** in T · the linked runbook failed and was rolled back · WHEN · WHO
>
> - ✔ passed \`drain/prerequisites\` in T
> - ✔ passed \`drain/cordon\` in T
> - ✘ failed \`drain/evict\` in T · exit 4
> - ✔ passed \`drain/rollback\` in T
> - ✔ passed \`drain/rollback-1\` in T

Output of \`drain/evict\`:

\`\`\`text
cannot evict
\`\`\`
<!-- /runsheet:result -->
`);
  });

  test('runs a prerequisite that does not hold, checks it again, and undoes it with the rest', async () => {
    const rig = await rigWithRunbooks();
    const env = { OUTSIDE: rig.path() };
    await rig.write('setup.md', `${setup}\n## Rollback\n\n\`\`\`sh\nrm set-up\n\`\`\`\n`);
    expect(await rig.run(['run', 'move.md', '--yes'], { env })).toMatchObject({ exitCode: 0 });
    expect(stateless(await rig.file('move.md'))).toContain(`   > ✔ **passed** in T · WHEN · WHO
   >
   > - ○ looked \`set-up/probe/validation\` in T
   > - ✔ passed \`set-up/steps\` in T
   > - ✔ passed \`set-up/validation\` in T
`);
    await rm(rig.path('set-up'));
    await rig.write('broken', '');
    const failed = await rig.run(['run', 'move.md', '--yes', '--on-failure', 'rollback'], { env });
    expect(failed).toMatchObject({ exitCode: 3 });
    expect(await rig.exec('ls', ['set-up'])).toMatchObject({ exitCode: 2 });
  });

  test('leaves a prerequisite behind a gate that only looks, and fails where it cannot be done', async () => {
    const rig = await rigWithRunbooks();
    await rig.write(
      'move.md',
      move.replace(
        '1. [Set up](setup.md)\n',
        '- [Set up](setup.md)\n\n### Look\n\n```sh\ntest -e ready\n```\n',
      ),
    );
    expect(await rig.run(['run', 'move.md', '--yes', '--log', 'none'])).toMatchObject({ exitCode: 4 });
    expect(await rig.exec('ls', ['set-up'])).toMatchObject({ exitCode: 2 });
    await rig.write('ready', '');
    await rig.write('setup.md', setup.replace('touch set-up', 'true'));
    const failed = await rig.run(['run', 'move.md', '--yes', '--log', 'none']);
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toContain('`set-up/validation` failed');
  });

  test('is taken up within a linked runbook, as it was when it began', async () => {
    const rig = await rigWithRunbooks();
    await rig.write('set-up', '');
    await rig.write(
      'nodes/drain.md',
      drain.replace('### Evict\n', '### Look\n\n- [ ] all well\n\n### Evict\n'),
    );
    const env = { OUTSIDE: rig.path() };
    expect(await rig.run(['run', 'move.md', '--yes'], { env })).toMatchObject({ exitCode: 5 });
    await rig.write('nodes/drain.md', drain.replace('cannot evict', 'can not'));
    expect(await rig.run(['resume', '--yes', '--manual', 'skip'], { env })).toMatchObject({ exitCode: 5 });
    const resumed = await rig.run(['resume', '--yes', '--manual', 'skip', '--changed', 'keep'], { env });
    expect(resumed).toMatchObject({ exitCode: 0 });
    expect(resumed.stderr).toContain('the linked runbook `nodes/drain.md` has changed since\n');
    expect(stateless(await rig.file('move.md'))).toContain(`moved it's "node 1", not any, in ${rig.path()}`);
  });

  test('is taken up within a linked runbook after the tool was killed there', async () => {
    const rig = await rigWithRunbooks();
    await rig.write('set-up', '');
    await rig.write(
      'nodes/drain.md',
      drain
        .replace(
          'test ! -e',
          'echo evicting; while test -e "$OUTSIDE/hold"; do sleep 0.05; done >&2\ntest ! -e',
        )
        .replace('echo evicting', 'echo $BASHPID >"$OUTSIDE/pid"; echo evicting >&2')
        .replace('{capture=DRAINED}', '{capture=DRAINED check=\'test -e "$OUTSIDE/done"\'}')
        .replace('echo "it', 'touch "$OUTSIDE/done"; echo "it'),
    );
    await rig.write('hold', '');
    const env = { OUTSIDE: rig.path() };
    const running = rig.start(['run', 'move.md', '--yes'], { env });
    await running.waitFor('evicting');
    running.kill('SIGKILL');
    await running.ended;
    // The watchdog ends what the killed tool has left.
    await rig.exec('bash', ['-c', 'while ps -o stat= -p "$(cat pid)" | grep -qv ^Z; do sleep 0.02; done']);
    await rm(rig.path('hold'));
    // Nobody knows how far the block came; its check says that it is not done, so that it runs again.
    const resumed = await rig.run(['resume', '--yes'], { env });
    expect(resumed.stderr).toContain('`drain/evict` is no longer in doubt: run again');
    expect(resumed.exitCode).toBe(0);
    expect(await rig.file('log')).toBe('cordon node 1\n');
    expect(stateless(await rig.file('move.md'))).toContain(`moved it's "node 1", not any, in ${rig.path()}`);
  });

  test.each([
    ['within it', 'Look inside.', ''],
    ['behind it', '', 'Look outside.'],
  ])('is left for where work was, also when the run is taken up %s', async (_, inside, outside) => {
    const rig = await Rig.create();
    const look = (words: string): string => (words === '' ? '' : `### Look\n\n${words}\n\n`);
    const block = (code: string): string => `\`\`\`sh\n${code}\n\`\`\`\n\n`;
    const there = `### Go in\n\n${block('mkdir -p in && cd in')}${look(inside)}### There\n\n${block('pwd')}`;
    await rig.write('nodes/inner.md', `# Inner\n\n## Steps\n\n${there}`);
    const link = '### Inner\n\n[Inner](nodes/inner.md)\n\n';
    const here = `### Go\n\n${block('mkdir -p sub && cd sub')}${link}${look(outside)}### Here\n\n${block('pwd')}`;
    await rig.write('outer.md', `# Outer\n\n## Steps\n\n${here}`);
    expect(await rig.run(['run', 'outer.md', '--yes'])).toMatchObject({ exitCode: 5 });
    const resumed = await rig.run(['resume', '--yes', '--manual', 'skip']);
    expect(resumed.exitCode).toBe(0);
    const results = resultsOf(await rig.file('outer.md'));
    expect(results.here?.output).toBe(`${rig.path('sub')}\n`);
  });

  test('gives folder, variables and options back on every level, whichever the run is taken up at', async () => {
    const rig = await Rig.create();
    const block = (name: string, code: string): string =>
      `### ${name}\n\n\`\`\`sh {name=${name}}\n${code}\n\`\`\`\n\n`;
    const level = (at: number): string =>
      block('in', `mkdir -p in-${at}; cd in-${at}; V${at}=kept`) +
      (at === 3 ? '' : `### Down\n\n[Down](l${at + 1}/page.md)\n\n`) +
      `${block('stop', `test -e "$LOG-${at}"`)}${block('out', 'echo "$PWD ${V0-}${V1-}${V2-}${V3-} $-" >>"$LOG"')}`;
    const folders = ['', 'l1/', 'l1/l2/', 'l1/l2/l3/'];
    const start = block('set', 'set -f');
    for (const [at, folder] of folders.entries())
      await rig.write(`${folder}page.md`, `# Page ${at}\n\n## Steps\n\n${at === 0 ? start : ''}${level(at)}`);
    const env = { LOG: rig.path('log') };

    expect(await rig.run(['run', 'page.md', '--yes'], { env })).toMatchObject({ exitCode: 1 });
    for (const at of [3, 2, 1, 0]) {
      await rig.write(`log-${at}`, '');
      const taken = await rig.run(['resume', 'page.md', '--yes'], { env });
      expect(taken).toMatchObject({ exitCode: at === 0 ? 0 : 1 });
    }

    const lines = folders
      .map((folder, at) => `${rig.path(`${folder}in-${at}`)} keptkeptkeptkept`)
      .toReversed();
    expect((await rig.file('log')).replaceAll(/ \S*f\S*$/gm, '')).toBe(`${lines.join('\n')}\n`);
  });

  test('has passed where all of it has, also when something beside it had ended the run', async () => {
    const rig = await Rig.create();
    const end = 'test -e once || { touch once; kill -9 "$(cat pid)"; sleep 0.2; }';
    await rig.write('inner.md', `# Inner\n\n## Steps\n\n\`\`\`sh {name=end}\n${end}\n\`\`\`\n`);
    const beside = '```sh {name=beside background risk=read}\necho $BASHPID >pid; exec sleep 1000\n```\n\n';
    const wait = '```sh {name=wait}\nuntil [ -s pid ]; do sleep 0.02; done\n```\n\n';
    await rig.write('outer.md', `# Outer\n\n## Steps\n\n${beside}${wait}### [Inner](inner.md) {name=link}\n`);
    expect(await rig.run(['run', 'outer.md', '--yes'])).toMatchObject({ exitCode: 1 });
    expect(await rig.run(['resume', 'outer.md', '--yes'])).toMatchObject({ exitCode: 0 });
    expect(statusesOf(await rig.file('outer.md'))).toMatchObject({ wait: 'passed', link: 'passed' });
  });

  test('has its own gate, and its own validation below it', async () => {
    const rig = await rigWithRunbooks();
    await rig.write('set-up', '');
    const env = { OUTSIDE: rig.path() };
    await rm(rig.path('nodes/marker'));
    const stopped = await rig.run(['run', 'move.md', '--yes', '--log', 'none'], { env });
    expect(stopped.exitCode).toBe(1);
    expect(stopped.stderr).toContain('`drain/prerequisites` failed');
    expect(await rig.exec('ls', [rig.path('log')])).toMatchObject({ exitCode: 2 });
    await rig.write('nodes/marker', '');
    await rig.write(
      'nodes/drain.md',
      `${drain}\n## Validation\n\n\`\`\`sh\ntest -e "$OUTSIDE/well"\n\`\`\`\n`,
    );
    const invalid = await rig.run(['run', 'move.md', '--yes', '--on-failure', 'rollback'], { env });
    expect(invalid.exitCode).toBe(3);
    expect(stateless(await rig.file('move.md'))).toContain(
      '> - ✔ passed `drain/evict` in T\n> - ✘ failed `drain/validation` in T · exit 1 at line 42 of `nodes/drain.md`: `test -e "$OUTSIDE/well"`\n> - ✔ passed `drain/rollback` in T\n',
    );
    await rig.write('well', '');
    expect(await rig.run(['run', 'move.md', '--yes', '--log', 'none'], { env })).toMatchObject({
      exitCode: 0,
    });
  });

  test('is refused where the way down is too long, and names it', async () => {
    const rig = await Rig.create();
    const chain = Array.from({ length: 10 }, (_, index) => `level-${index}.md`);
    for (const [index, name] of chain.entries())
      await rig.write(
        name,
        index === 9
          ? '## Steps\n\n```sh\nid\n```\n'
          : `## Steps\n\n### Down\n\n[Down](${chain[index + 1]})\n`,
      );
    const run = await rig.run(['run', 'level-0.md', '--yes']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr.split('\n')[0]).toBe(
      `error[link-depth]: links lead through more than 8 runbooks: ${chain.map((name) => `\`${name}\``).join(' → ')}`,
    );
    expect(await rig.run(['run', 'level-1.md', '--yes', '--log', 'none'])).toMatchObject({ exitCode: 0 });
  });

  test('is refused while a linked runbook is missing or links back', async () => {
    const rig = await rigWithRunbooks();
    await rm(rig.path('setup.md'));
    await rig.write('nodes/drain.md', '## Steps\n\n### Move\n\n[move](../move.md)\n');
    const run = await rig.run(['run', 'move.md', '--yes']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(' --> move.md:8:4\n');
    expect(run.stderr).toContain(
      'error[link-cycle]: runbooks run one another in a circle: `move.md` → `nodes/drain.md` → `move.md`\n',
    );
    expect(await rig.run(['check', 'move.md'])).toMatchObject({ exitCode: 2 });
  });

  test('asks for what no link gives before anything runs', async () => {
    const rig = await rigWithRunbooks();
    await rig.write('move.md', move.replace(' {with.NODE=$TARGET}', ''));
    const run = await rig.run(['run', 'move.md', '--yes']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('input `NODE` of `nodes/drain.md` has no value');
    const printed = await rig.run(['print', 'move.md']);
    expect(printed.stdout).toContain(
      [
        '  drain  12  [sub-heading] Drain',
        '    drain  14  runs nodes/drain.md',
        '      drain/prerequisites  nodes/drain.md:8  preconditions sh read',
        '      drain/cordon  nodes/drain.md:16  steps sh change',
        '      drain/evict  nodes/drain.md:28  steps sh change',
        '      drain/rollback  nodes/drain.md:22  rollback sh change',
        '      drain/rollback-1  nodes/drain.md:35  rollback sh change',
        '',
      ].join('\n'),
    );
  });
});
