// Tests what comments and the configuration make of findings, and that neither silences an error or a doubt.
import { expect, test } from 'vitest';
import { Rig } from '../../e2e/rig.ts';

const head = '---\nowner: a\ndescription: b\n---\n\n# T\n\n## Preconditions\n\n- [ ] ok\n\n## Steps\n\n';
const endless = '```sh\ntail -f x\n```\n';

async function found(page: string, configuration = '', ...words: readonly string[]) {
  const rig = await Rig.create();
  if (configuration !== '') await rig.write('runsheet.yaml', configuration);
  await rig.write('a.md', page);
  const { stdout, exitCode } = await rig.run(['check', '--json', ...words, 'a.md']);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { code: string; severity: string; from?: { line: number }; message: string }[];
  };
  return [
    exitCode,
    ...diagnostics.map(({ code, severity, from }) => `${severity} ${code} ${from?.line ?? '-'}`),
  ];
}

test('a comment speaks of the block below it, or of the whole page, and of nothing else', async () => {
  const ignore = '<!-- runsheet-ignore never-ending-command: stopped by hand -->\n';
  expect(await found(`${head}${endless}`)).toEqual([0, 'warning never-ending-command 15']);
  expect(await found(`${head}${ignore}${endless}\n${endless}`)).toEqual([
    0,
    'warning never-ending-command 20',
  ]);
  expect(await found(`${head}${ignore}\n<!-- x -->\n\n${endless}`)).toEqual([
    0,
    'warning ignore-nothing 14',
    'warning never-ending-command 19',
  ]);
  expect(await found(`${ignore.replace('ignore', 'ignore-file')}\n# T\n\n${endless}\n${endless}`)).toEqual([
    0,
    'hint missing-parts -',
  ]);
});

test('errors and doubts are never silenced, and a comment that tries to says so', async () => {
  const comment = '<!-- runsheet-ignore unknown-attribute, doubt/unlabelled, nonsense -->\n';
  expect(await found(`${head}${comment}\`\`\`sh {timout=3s}\ntrue\n\`\`\`\n`)).toEqual([
    2,
    'warning ignore-nothing 14',
    'warning ignore-nothing 14',
    'warning ignore-unknown 14',
    'error unknown-attribute 15',
  ]);
  const rules =
    'check:\n  rules: { unknown-attribute: off, doubt/unlabelled: off, missing-rollback: off, missing-validation: off }\n';
  expect(
    await found(`${head}\`\`\`sh {timout=3s}\ntrue\n\`\`\`\n\n\`\`\`\ngit pull\n\`\`\`\n`, rules),
  ).toEqual([2, 'error unknown-attribute 14', 'warning doubt/unlabelled 18']);
});

test('a comment inside a block is code', async () => {
  const code = '```sh\n<!-- runsheet-ignore never-ending-command -->\ntail -f x\n```\n';
  expect((await found(`${head}${code}`)).filter((one) => String(one).includes('ignore'))).toEqual([]);
});

test('the configuration raises, lowers and switches off, and fails for warnings', async () => {
  const page = `${head}${endless}`;
  const of = (rules: string) => `check: { rules: { never-ending-command: ${rules} } }\n`;
  expect(await found(page, of('off'))).toEqual([0]);
  expect(await found(page, of('hint'))).toEqual([0, 'hint never-ending-command 15']);
  expect(await found(page, of('error'))).toEqual([2, 'error never-ending-command 15']);
  expect(await found(page, 'check: { strict: true }\n')).toEqual([2, 'warning never-ending-command 15']);
  expect(await found(page, of('never'))).toEqual([2, 'error configuration-value 1']);
});

test('a rule that there is not is told once, and files that are left out are not read', async () => {
  const rig = await Rig.create();
  await rig.write(
    'runsheet.yaml',
    'check: { rules: { never-ending-comand: off }, exclude: [old/, "x-*.md"] }\n',
  );
  for (const name of ['a.md', 'b.md', 'old/c.md', 'deep/x-d.md']) await rig.write(name, `${head}${endless}`);
  const { stderr } = await rig.run(['check', '.']);
  const folder = /--> (.*)\/runsheet\.yaml/.exec(stderr)?.[1];
  expect(
    stderr.split('\n').filter((line) => /unknown-rule|runsheet\.yaml|did you|checked/.test(line)),
  ).toEqual([
    'warning[unknown-rule]: `check.rules` names `never-ending-comand`, which is not a code of a finding',
    `  --> ${folder}/runsheet.yaml`,
    '  = help: did you mean `never-ending-command`?',
    '2 runbooks checked: 0 errors, 3 warnings, 0 hints',
  ]);
  const named = await rig.run(['check', 'old/c.md']);
  expect(named.stderr).toContain('1 runbook checked: 0 errors, 2 warnings, 0 hints');
});
