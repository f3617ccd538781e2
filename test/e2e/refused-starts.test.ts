// Tests that a start which the system or Node refuses at once is told with its reason, in whatever runs the block.
import { chmod } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { findCommand } from '../../src/engine/interpreters/find-command.ts';
import { Rig } from './rig.ts';

/** What runs the block that is refused, each with code that would leave a file. */
const runners = [
  ['bash', '', 'touch ran', 'bash'],
  ['bash', 'background', 'touch ran', 'bash'],
  ['bash', 'interactive', 'touch ran', 'bash'],
  ['dash', '', 'touch ran', 'dash'],
  ['zsh', '', 'touch ran', 'zsh'],
  ['zsh', 'background', 'touch ran', 'zsh'],
  ['python', '', 'open("ran", "w")', 'python3'],
  ['python', 'background', 'open("ran", "w")', 'python3'],
  ['ruby', '', 'File.write("ran", "")', 'ruby'],
  ['perl', '', 'open(F, ">", "ran")', 'perl'],
] as const;

interface Way {
  readonly frontMatter?: string;
  /** Code of a block before it. */
  readonly before?: string;
  readonly attributes?: string;
  readonly inputs?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Programs of these names come first on the search path, and can be started by nobody. */
  readonly isProgramBroken?: boolean;
  /** 2 where nothing at all may be run, 1 where the block has failed. */
  readonly exitCode: 1 | 2;
  readonly says: RegExp;
}

const large = 'x'.repeat(100_000);

const ways: Readonly<Record<string, Way>> = {
  'a NUL byte in the environment': {
    frontMatter: 'env: { X: "a\\0b" }',
    exitCode: 2,
    says: /the value of `X` holds a NUL byte, which cannot be passed to a process/,
  },
  'a NUL byte in a default': {
    frontMatter: 'inputs: { X: { default: "a\\0b" } }',
    exitCode: 2,
    says: /the default of `X` holds a NUL byte, which cannot be passed to a process/,
  },
  'a NUL byte in a given input': {
    frontMatter: 'inputs: { X: {} }',
    inputs: '{ "X": "a\\u0000b" }',
    exitCode: 2,
    says: /input `X`: its value holds a NUL byte, which cannot be passed to a process/,
  },
  'a secret that is too large': {
    frontMatter: 'inputs: { X: { secret: { file: ./key } } }',
    files: { key: large.repeat(2) },
    exitCode: 2,
    says: /secret `X`: its value is 200,000 bytes long, and a process takes at most 131,072 with its name/,
  },
  'a secret that is too short': {
    frontMatter: 'inputs: { X: { secret: { file: ./key } } }',
    files: { key: 'pin\n' },
    exitCode: 2,
    says: /secret `X`: its value is too short to be masked in what is shown: 3 bytes of at least 4\n.*use a longer one, or remove `secret`/,
  },
  'a secret of blanks': {
    frontMatter: 'inputs: { X: { secret: { file: ./key } } }',
    files: { key: '        \n' },
    exitCode: 2,
    says: /secret `X`: its value is nothing but blanks, which cannot be masked in what is shown/,
  },
  'variables that are too large together': {
    frontMatter: `env: { ${Array.from({ length: 70 }, (_, index) => `V${index}: ${large}`).join(', ')} }`,
    exitCode: 2,
    says: /no block could be started: its environment and its arguments are 7,\d{3},\d{3} bytes, .*`\$V\d+` with 100,0/,
  },
  'a working folder behind a file': {
    before: 'touch file',
    attributes: 'cwd=file/below',
    exitCode: 1,
    says: /could not be started: the working directory `.*\/file\/below` leads through a file/,
  },
  'a working folder behind links in a circle': {
    before: 'ln -s loop loop',
    attributes: 'cwd=loop/below',
    exitCode: 1,
    says: /could not be started: the working directory `.*\/loop\/below` leads through links in a circle/,
  },
  'a working folder that an earlier block has removed': {
    before: 'rmdir folder',
    files: { 'folder/.keep': '' },
    attributes: 'cwd=folder',
    exitCode: 1,
    says: /could not be started: the working directory `.*\/folder` does not exist/,
  },
  'a working folder of a name that is too long': {
    attributes: `cwd=${'n'.repeat(300)}`,
    exitCode: 1,
    says: /could not be started: the working directory `.*` cannot be entered: ENAMETOOLONG/,
  },
  'a program that cannot be started': {
    isProgramBroken: true,
    exitCode: 1,
    says: /could not be started: `.*\/bin\/\w+`: there is no such program \(ENOENT\)/,
  },
};

const isHere = (program: string) => findCommand(program, { path: process.env.PATH ?? '', cwd: '/' });

it.each(Object.entries(ways))('%s', async (_, way) => {
  const here = runners.filter(([, , , program]) => isHere(program));
  for (const [language, how, code, program] of here) {
    const rig = await Rig.create();
    const before = way.before?.replace('rmdir', 'rm -r') ?? 'true';
    const head = way.frontMatter === undefined ? '' : `---\n${way.frontMatter}\n---\n\n`;
    const block = `\`\`\`${language} {name=refused ${how} ${way.attributes ?? ''}}\n${code}\n\`\`\``;
    const first = way.isProgramBroken ? '' : `\`\`\`bash\n${before}\n\`\`\`\n\n`;
    await rig.write('refused.md', `${head}# Refused\n\n## Steps\n\n${first}${block}\n`);
    for (const [name, text] of Object.entries(way.files ?? {})) await rig.write(name, text);
    if (way.inputs !== undefined) await rig.write('inputs.json', way.inputs);
    const given = way.inputs === undefined ? [] : ['--inputs', 'inputs.json'];
    let PATH = process.env.PATH ?? '';
    if (way.isProgramBroken) {
      await chmod(await rig.write(`bin/${program}`, '#!/nonexistent/program\n'), 0o755);
      PATH = `${rig.path('bin')}:${PATH}`;
    }
    const run = await rig.run(['run', 'refused.md', '--yes', ...given], { env: { PATH } });
    const about = `${language} ${how}: ${run.stderr}`;
    // What takes a terminal waits for one before anything of it is looked at; what cannot run at all is said before.
    const waits = how === 'interactive' && way.exitCode === 1;
    expect(run.exitCode, about).toBe(waits ? 5 : way.exitCode);
    expect(run.stderr, about).toMatch(waits ? /needs the terminal, and there is nobody at it/ : way.says);
    expect(run.stderr, about).not.toMatch(/^\s+at .*\.[cm]?js/m);
    expect((await rig.exec('ls', [])).stdout, about).not.toMatch(/^ran$/m);
    await rig.remove();
  }
});

it.each(runners.filter(([language]) => /python|ruby|perl/.test(language)))(
  'a variable that a block has made too large is named: %s %s',
  async (language, how, code, program) => {
    if (isHere(program) === undefined) return;
    const rig = await Rig.create();
    const grow = "export BIG=$(head -c 200000 /dev/zero | tr '\\0' x)";
    const refused = `\`\`\`${language} {${how}}\n${code}\n\`\`\``;
    await rig.write('grown.md', `# Grown\n\n## Steps\n\n\`\`\`bash\n${grow}\n\`\`\`\n\n${refused}\n`);
    const run = await rig.run(['run', 'grown.md', '--yes']);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(
      'could not be started: `$BIG` is 200,000 bytes long, and a process takes at most 131,072 with its name',
    );
  },
);

it.each(['bash', 'zsh', 'dash'])(
  'so is one that keeps a shell from starting programs: %s',
  async (language) => {
    if (isHere(language) === undefined) return;
    const rig = await Rig.create();
    const grow = "export BIG=$(head -c 200000 /dev/zero | tr '\\0' x)";
    const code = `\`\`\`${language}\n${grow}\n\`\`\`\n\n\`\`\`${language}\n/bin/ls\ntouch ran\n\`\`\``;
    await rig.write('grown.md', `# Grown\n\n## Steps\n\n${code}\n`);
    const run = await rig.run(['run', 'grown.md', '--yes']);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(
      '; `$BIG` is 200,000 bytes long, and a process takes at most 131,072 with its name',
    );
    expect((await rig.exec('ls', [])).stdout).not.toMatch(/^ran$/m);
  },
);

it('an ssh that is not there fails the block on its host', async () => {
  const rig = await Rig.create();
  await rig.write('host.md', '# Host\n\n## Steps\n\n```sh {name=there host=web1}\ntouch ran\n```\n');
  const run = await rig.run(['run', 'host.md', '--yes'], { env: { RUNSHEET_SSH: '/nonexistent/ssh' } });
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain('could not be started: `/nonexistent/ssh`: there is no such program (ENOENT)');
});
