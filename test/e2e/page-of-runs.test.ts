// Tests what a page tells of runs when its text, or the run, is another by now.
import { describe, expect, it } from 'vitest';
import { Rig } from './rig.ts';

const digits = (document: string) =>
  document
    .replaceAll(/\d{8}-\d{6}-\w{4}/g, 'RUN')
    .replaceAll(/in \d[\d.]* m?s/g, 'in T')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC · [\w.@-]+/g, 'WHEN · WHO')
    .split('\n\n<!-- runsheet:log -->')[0];

describe('a page that is edited while it is run', () => {
  it('shows under another text what has run', async () => {
    const rig = await Rig.create();
    const block = (code: string) => `## Two\n\n\`\`\`console\n$ ${code}\n\`\`\`\n`;
    await rig.write(
      'e.md',
      `## One\n\n\`\`\`sh\nsed -i 's/rm -rf build[ ]/ls build /' e.md\n\`\`\`\n\n${block('rm -rf build ; echo cleaned')}`,
    );
    expect(await rig.run(['run', 'e.md', '--yes'])).toMatchObject({ exitCode: 0 });
    const [, two] = digits(await rig.file('e.md'))?.split('\n## Two') ?? [];
    expect(`## Two${two}`).toBe(`${block('ls build ; echo cleaned')}
<!-- runsheet:result two run=RUN code=ab315d71c24c -->
> ✔ **passed** in T · exit 0 · ran another text · WHEN · WHO

The text above has changed since; this is the command that ran:

\`\`\`text
rm -rf build ; echo cleaned
\`\`\`

\`\`\`text
cleaned
\`\`\`
<!-- /runsheet:result -->`);
  });
});

const checks = `## Preconditions

- [ ] The team knows

## Steps

\`\`\`sh {name=look risk=read}
echo look
\`\`\`

\`\`\`sh {name=act}
test -e go
\`\`\`
`;

/** A page with the result of one run, in which its reader has ticked everything by hand as the run did. */
async function ranBefore() {
  const rig = await Rig.create();
  await rig.write('go', '');
  await rig.write('p.md', checks);
  expect(await rig.run(['run', 'p.md', '--surface', 'prompt'], { input: 'all\n\n\n\n\n' })).toMatchObject({
    exitCode: 0,
  });
  expect(await rig.file('p.md')).toContain('- [x] The team knows');
  return rig;
}

describe('a page that is run again', () => {
  it('holds no result and no tick of an earlier run', async () => {
    const rig = await ranBefore();
    const run = await rig.run(['run', 'p.md', '--yes']);
    expect(run.exitCode).toBe(5);
    const document = await rig.file('p.md');
    expect(document).toContain('- [ ] The team knows');
    expect(document).not.toContain('result look');
    expect(document.match(/^\| \d{4}.*\|$/gm)?.length).toBe(2);
    expect(await rig.run(['clear', 'p.md'])).toMatchObject({ exitCode: 0 });
    expect(await rig.file('p.md')).toBe(checks);
  });

  it('in a part says of the rest of whom it is, without its ticks', async () => {
    const rig = await ranBefore();
    const [earlier] = /\d{8}-\d{6}-\w{4}/.exec(await rig.file('p.md')) ?? [];
    await rig.run(['run', 'p.md', '--yes', '--step', 'look']);
    const document = await rig.file('p.md');
    expect(document).toContain('- [ ] The team knows');
    expect(document).toMatch(
      new RegExp(
        `result act run=${earlier} code=\\w+ -->\n> from run \`${earlier}\` · ✔ \\*\\*passed\\*\\* in `,
      ),
    );
    expect(await rig.run(['clear', 'p.md'])).toMatchObject({ exitCode: 0 });
    expect(await rig.file('p.md')).toBe(checks);
  });
});

describe('a page with `log: summary`', () => {
  it('keeps what failed and what is for people, and not what passed in the end', async () => {
    const rig = await Rig.create();
    const steps = `- [ ] The team knows

\`\`\`sh {name=fine}
echo fine
\`\`\`

### Look

Look at the graphs.

### Rest

\`\`\`sh {name=recovers retries=1 interval=10ms}
test -e again || { touch again; false; }
\`\`\`

\`\`\`sh {name=bad}
false
\`\`\`
`;
    await rig.write('s.md', `# S\n\n## Steps\n\n${steps}`);
    await rig.write('runsheet.yaml', 'log: summary\n');
    expect(await rig.run(['run', 's.md', '--yes', '--manual', 'skip'])).toMatchObject({ exitCode: 1 });
    const document = await rig.file('s.md');
    expect(document.match(/(?<=<!-- runsheet:result )\S+/g)).toEqual(['steps', 'look', 'bad']);
    expect(document).toContain('| ✘ failed |');
    expect(await rig.run(['verify'])).toMatchObject({ exitCode: 0 });
    expect(await rig.run(['clear', 's.md'])).toMatchObject({ exitCode: 0 });
    expect(await rig.file('s.md')).toBe(`# S\n\n## Steps\n\n${steps}`);
  });
});
