// Tests what links mean end to end: which digests cover them, what pins them, which writings are links, anchors.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { resultsOf } from './document-results.ts';
import { expectExit, Rig } from './rig.ts';

const page = (title: string, ...steps: readonly string[]): string =>
  `# ${title}\n\n## Steps\n\n${steps.join('\n\n')}\n`;
const block = (name: string, code: string): string => `\`\`\`sh {name=${name}}\n${code}\n\`\`\``;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const leaf = page('Leaf', block('make', 'echo made >>"$OUTSIDE/log"'));
const middle = page('Middle', '### [Leaf](leaf.md)');
const top = page(
  'Top',
  '### [First](pages/middle.md) {name=first}',
  '### [Second](pages/leaf.md) {name=second}',
);

async function layOut(text = top): Promise<{ rig: Rig; env: { OUTSIDE: string } }> {
  const rig = await Rig.create();
  await rig.write('top.md', text);
  await rig.write('pages/middle.md', middle);
  await rig.write('pages/leaf.md', leaf);
  return { rig, env: { OUTSIDE: rig.path() } };
}

describe('the digest of a run', () => {
  test('covers every linked page, once each, and can be made with sha256sum', async () => {
    const { rig, env } = await layOut();
    const script =
      '{ sha256sum top.md; sha256sum pages/leaf.md pages/middle.md; } | sha256sum | cut -d" " -f1';
    const digest = (await rig.exec('sh', ['-c', script], { cwd: '.' })).stdout.trim();
    const run = ['run', 'top.md', '--yes', '--log', 'none', '--expect-digest', `sha256:${digest}`];
    expectExit(await rig.run(run, { env }), 0);

    await rig.write('pages/leaf.md', leaf.replace('made', 'made twice'));
    const refused = await rig.run(run, { env });
    expectExit(refused, 2);
    expect(refused.stderr).toContain('error: `top.md` is not the runbook that was asked for: its digest is ');
    expect(await rig.file('log')).toBe('made\nmade\n');

    const verified = await rig.run(['verify']);
    expectExit(verified, 0);
    expect(verified.stderr).toMatch(
      /^note: \S+: the linked runbook `pages\/leaf\.md` has changed since it was run\n/,
    );

    const again = await rig.run(['run', 'top.md', '--yes', '--log', 'none'], { env });
    expect(again.stderr).toMatch(
      /^note: the linked runbook `pages\/leaf\.md` has changed since you last ran it \(\S+\)\n/,
    );
    expect((await rig.run(['run', 'top.md', '--yes', '--log', 'none'], { env })).stderr).not.toContain(
      'note:',
    );
  });
});

describe('pins', () => {
  test.each([
    ['', '\n'],
    ['\ufeff', '\r\n'],
  ])('change nothing but themselves, and go without a trace (%j %j)', async (mark, newline) => {
    const written = page(
      'Top',
      '### Step 1: [First](pages/middle.md)  {name=first}',
      '### Second',
      '[Second](pages/leaf.md)',
      '### Third',
      '- [a](pages/leaf.md)\n- [ ] [b](pages/middle.md)',
    );
    const bytes = mark + written.replaceAll('\n', newline);
    const { rig } = await layOut(bytes);
    const digestOfMiddle = sha256(`${sha256(middle)}  middle.md\n${sha256(leaf)}  leaf.md\n`);
    const pin = (digest: string): string => `digest=sha256:${digest}`;

    expectExit(await rig.run(['pin', 'top.md']), 0);
    expect(await rig.file('top.md')).toBe(
      bytes
        .replace('{name=first}', `{name=first ${pin(digestOfMiddle)}}`)
        .replace('[Second](pages/leaf.md)', `[Second](pages/leaf.md){${pin(sha256(leaf))}}`)
        .replace('[a](pages/leaf.md)', `[a](pages/leaf.md){${pin(sha256(leaf))}}`)
        .replace('[b](pages/middle.md)', `[b](pages/middle.md){${pin(digestOfMiddle)}}`),
    );
    expectExit(await rig.run(['pin', '--check', 'top.md']), 0);
    expectExit(await rig.run(['check', 'top.md']), 0);
    expectExit(await rig.run(['pin', '--remove', 'top.md']), 0);
    expect(await rig.file('top.md')).toBe(bytes);
  });

  test('refuse a page that has changed, however far behind the link, before anything runs', async () => {
    const { rig, env } = await layOut();
    expectExit(await rig.run(['pin', 'top.md']), 0);
    expectExit(await rig.run(['run', 'top.md', '--yes'], { env }), 0);
    const log = await rig.file('log');
    await rig.write('pages/leaf.md', leaf.replace('made', 'harm'));
    const found = sha256(leaf.replace('made', 'harm'));
    for (const command of [['check'], ['print'], ['run', '--yes'], ['run', '--dry-run']]) {
      const refused = await rig.run([...command, 'top.md'], { env });
      expectExit(refused, 2);
      expect(refused.stderr).toContain(
        `error[link-pin]: \`pages/leaf.md\` is not the page that \`top.md\` is pinned to: its digest is sha256:${found}\n`,
      );
      expect(refused.stderr).toContain(
        'help: review what has changed in it and in what it links to, then `runsheet pin top.md` takes it',
      );
      expect(refused.stderr).toContain('`pages/middle.md` is not the page that `top.md` is pinned to');
    }
    expect(await rig.file('log')).toBe(log);
    const checked = await rig.run(['pin', '--check', 'top.md']);
    expectExit(checked, 1);
    expect(checked.stdout).toContain(
      `\`pages/leaf.md\` is not the page that is pinned; its digest is sha256:${found}\n`,
    );
    expectExit(await rig.run(['pin', 'top.md']), 0);
    expectExit(await rig.run(['run', 'top.md', '--yes', '--log', 'none'], { env }), 0);
  });

  test.each([
    [
      '### [Leaf](pages/leaf.md) {digest=sha256:abc}',
      'bad-attribute-value',
      '`digest` expects `sha256:` and 64',
    ],
    ['[Leaf](pages/leaf.md){diges=x}', 'link-attribute', '`diges` is not an attribute of a link: `Leaf`'],
    ['[Leaf](pages/leaf.md){with.A: 1}', 'link-attribute', '`with.A:` is not an attribute of a link: `Leaf`'],
    [
      '[Leaf](pages/leaf.md){with.A}',
      'link-attribute',
      '`with.A` expects a value, or `with.A=` for an empty one, and received no value: `Leaf`',
    ],
    [
      `### No link {digest=sha256:${'0'.repeat(64)}}\n\n${block('x', 'true')}`,
      'link-pin',
      '`digest` pins the one page that a step links to; `no-link` has no such link',
    ],
  ])('that pin nothing are refused: %s', async (step, code, message) => {
    const { rig } = await layOut(page('Top', step));
    const refused = await rig.run(['run', 'top.md', '--yes']);
    expectExit(refused, 2);
    expect(refused.stderr).toContain(`error[${code}]: ${message}`);
  });
});

describe('what is written as a link', () => {
  test('may have a number before it, stand in a list or be a task', async () => {
    const { rig, env } = await layOut(
      page(
        'Top',
        '### Step 1: [Leaf](pages/leaf.md)',
        '### 2. [Leaf](pages/leaf.md)',
        '### Both\n\nRun these in turn:\n\n- [Leaf](pages/leaf.md)\n- [ ] [Middle](pages/middle.md)',
      ),
    );
    expectExit(await rig.run(['run', 'top.md', '--yes'], { env }), 0);
    expect(await rig.file('log')).toBe('made\n'.repeat(4));
    const written = await rig.file('top.md');
    expectExit(await rig.run(['print', 'top.md']), 0);
    expectExit(await rig.run(['clear', 'top.md']), 0);
    expect(written).toContain('- [ ] [Middle](pages/middle.md)\n\n  <!-- runsheet:result both/2');
  });

  test('is none where it is only to be read', async () => {
    const { rig, env } = await layOut(
      page(
        'Top',
        `### One\n\n${block('one', 'true')}\n\n- [Leaf](pages/leaf.md)`,
        '### Two\n\nSee also:\n\n- [Leaf](pages/leaf.md)',
      ),
    );
    expectExit(await rig.run(['run', 'top.md', '--yes', '--manual', 'skip'], { env }), 0);
    expect((await rig.exec('ls', [rig.path('log')])).exitCode).toBe(2);
  });

  test('is none in an index of procedures, of which somebody picks one', async () => {
    const { rig, env } = await layOut(
      '# Top\n\n## Procedures\n\n- [Leaf](pages/leaf.md)\n- [Middle](pages/middle.md)\n',
    );
    expectExit(await rig.run(['run', 'top.md', '--yes', '--log', 'none'], { env }), 5);
    await rig.write('top.md', '# Top\n\n## Steps\n\n- [Leaf](pages/leaf.md)\n- [Middle](pages/middle.md)\n');
    expectExit(await rig.run(['run', 'top.md', '--yes', '--log', 'none'], { env }), 0);
    expect(await rig.file('log')).toBe('made\nmade\n');
  });

  test('runs the section that it names, with what the page demands beforehand', async () => {
    const { rig, env } = await layOut(page('Top', '### [Two](pages/two.md#second-part)'));
    const part = (name: string): string =>
      `### ${name} part\n\n${block(name.toLowerCase(), `echo ${name} >>"$OUTSIDE/log"`)}`;
    const two = `# Two\n\n## Prerequisites\n\n${block('gate', 'test -e "$OUTSIDE/ready"')}\n\n## Steps\n\n${part('First')}\n\n${part('Second')}\n\n## Rollback\n\n${block('all', 'true')}\n`;
    await rig.write('pages/two.md', two);
    expectExit(await rig.run(['run', 'top.md', '--yes', '--log', 'none'], { env }), 1);
    await rig.write('ready', '');
    expectExit(await rig.run(['run', 'top.md', '--yes', '--log', 'none'], { env }), 0);
    expect(await rig.file('log')).toBe('Second\n');
    await rig.write('top.md', page('Top', '### [Two](pages/two.md#secnd-part)'));
    const refused = await rig.run(['check', 'top.md']);
    expectExit(refused, 2);
    expect(refused.stderr).toContain(
      'error[link-anchor]: `pages/two.md` has no section `#secnd-part`; did you mean `#second-part`?\n --> top.md:5:1\n',
    );
  });
});

describe('two uses of one page', () => {
  const leafPage = `---\ninputs: { NAME: { required: true } }\noutputs: [MADE]\n---\n${page('Leaf', block('make capture=MADE', 'echo "made $NAME"'))}`;

  test('keep their outputs apart, on every level, in code, conditions and what is handed on, over a resume', async () => {
    const text = page(
      'Top',
      '### [A](leaf.md) {name=first with.NAME=one}',
      '### [B](leaf.md) {name=second-use with.NAME=two}',
      '### [C](middle.md) {name=deep}',
      '### [D](leaf.md) {name=last with.NAME="after ${first.MADE}"}',
      '### Look\n\nLook.',
      `### Use\n\n${block(`use when='test "$first_MADE" = "made one"'`, 'echo "$MADE|$first_MADE|$second_use_MADE|$deep_in_MADE|$last_MADE"')}`,
    );
    const rig = await Rig.create();
    await rig.write('top.md', text);
    await rig.write('leaf.md', leafPage);
    await rig.write('middle.md', page('Middle', '### [In](leaf.md) {name=in with.NAME=three}'));
    expectExit(await rig.run(['run', 'top.md', '--yes']), 5);
    expectExit(await rig.run(['resume', '--yes', '--manual', 'skip']), 0);
    expect(resultsOf(await rig.file('top.md')).use?.output).toBe(
      'made after made one|made one|made two|made three|made after made one\n',
    );
  });
});

describe('a page that is used twice', () => {
  const made = `---
inputs: { SIZE: { required: true } }
outputs: [ID]
---
${page('Make', `### Make\n\n${'```'}sh {name=make capture=ID}\nmkdir "$SIZE$OK" && echo "$SIZE"\n${'```'}`)}
## Rollback

${block('unmake', 'echo "undo $SIZE: $ID" >>"$OUTSIDE/log"; rmdir "$OUTSIDE/$ID"')}
`;
  const uses = ['### [Web](make.md) {with.SIZE=small}', '### [Mail](make.md) {with.SIZE=big}'];
  const fails = `### Fail\n\n${block('fail', 'false')}`;

  test.each<[string, Readonly<Record<string, string>>]>([
    ['by its links', { 'two.md': page('Two', ...uses, fails) }],
    [
      'behind other links',
      {
        'two.md': page('Two', '### [Inner](pair.md)', '### [Huge](make.md) {with.SIZE=huge}', fails),
        'pair.md': page('Pair', ...uses),
      },
    ],
  ])('is undone with what each use has made: %s', async (_, pages) => {
    const rig = await Rig.create();
    const env = { OUTSIDE: rig.path() };
    for (const [name, text] of Object.entries({ ...pages, 'make.md': made })) await rig.write(name, text);
    const atOnce = await rig.run(['run', 'two.md', '--yes', '--on-failure', 'rollback'], { env });
    expectExit(atOnce, 3);
    const sizes = pages['pair.md'] === undefined ? ['big', 'small'] : ['huge', 'big', 'small'];
    const log = sizes.map((size) => `undo ${size}: ${size}\n`).join('');
    expect(await rig.file('log')).toBe(log);

    expectExit(await rig.run(['run', 'two.md', '--yes'], { env }), 1);
    expectExit(await rig.run(['rollback', 'two.md', '--yes'], { env }), 0);
    expect(await rig.file('log')).toBe(log + log);
  });

  test('is not undone with what another use has made, where the undo asks whether it has made anything', async () => {
    const rig = await Rig.create();
    const ways = `${'```'}sh {name=captured capture=ID when='test "$SIZE" = small'}
echo "$SIZE"
${'```'}

${'```'}sh {name=written when='test "$SIZE" = small'}
echo "KEY=$SIZE" >>"$RUNSHEET_OUTPUT"
${'```'}`;
    await rig.write(
      'make.md',
      `---\ninputs: { SIZE: { required: true } }\noutputs: [ID, KEY]\n---\n${page('Make', '### Look\n\n```sh\ntrue\n```', `### Make\n\n${ways}`)}
## Rollback

${block('unmake', 'echo "undo $SIZE: ${ID:-none} ${KEY:-none}" >>"$OUTSIDE/log"')}
`,
    );
    await rig.write('two.md', page('Two', ...uses, fails));
    const run = await rig.run(['run', 'two.md', '--yes', '--on-failure', 'rollback'], {
      env: { OUTSIDE: rig.path() },
    });
    expectExit(run, 3);
    expect(await rig.file('log')).toBe('undo big: none none\nundo small: small small\n');
  });

  test('is not undone with what another use has made', async () => {
    const rig = await Rig.create();
    await rig.write('two.md', page('Two', ...uses));
    await rig.write('make.md', made);
    await rig.write('big/in-the-way', '');
    const run = await rig.run(['run', 'two.md', '--yes', '--on-failure', 'rollback'], {
      env: { OUTSIDE: rig.path() },
    });
    expectExit(run, 6);
    expect(run.stderr).toContain('`$ID` is not set: `mail/make` sets it, and failed');
    expect(await rig.exec('ls', [])).toMatchObject({ stdout: 'big\nmake.md\nsmall\ntwo.md\n' });
  });
});
