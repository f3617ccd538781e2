import { describe, expect, test } from 'vitest';
import { Rig } from './rig.ts';

const deploy = `# Deploy

## Steps

\`\`\`bash {name=vars}
export REGION="eu-west-1" ZONE=<az>
export NAME="demo"
\`\`\`

\`\`\`bash {name=use}
echo "$NAME in $REGION/$ZONE, $(printenv REGION)"
\`\`\`

\`\`\`bash {name=fail}
test -e done && echo "still $REGION"
\`\`\`
`;

const value = `us "1" $(touch pwned)`;

describe('a value that is given over an export', () => {
  test('stands where the page exports another, is shown, recorded, and kept over a resume', async () => {
    const rig = await Rig.create();
    await rig.write('deploy.md', deploy);
    await rig.write('values.yaml', 'ZONE: a\n');
    const given = ['--set', `REGION=${value}`, '--inputs', 'values.yaml'];
    const dry = await rig.run(['run', 'deploy.md', '--dry-run', ...given]);
    expect(dry.stdout).toContain(`inputs
  REGION=${value} (given, in the place of \`"eu-west-1"\`, which \`vars\` exports)
  ZONE=a (given, in the place of \`<az>\`, which \`vars\` exports)

steps
  vars  bash (change, exports what is given for \`REGION\`, \`ZONE\`)
`);
    const run = await rig.run(['run', 'deploy.md', '--yes', ...given]);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(
      `  REGION  ${value}  (given, in the place of \`"eu-west-1"\`, which \`vars\` exports)\n`,
    );
    expect(await rig.file('deploy.md')).toContain(`demo in ${value}/a, ${value}\n`);
    const [first] = (await rig.run(['show', '--json'])).stdout.split('\n');
    expect(JSON.parse(first ?? '').event).toMatchObject({
      inputs: { REGION: value, ZONE: 'a' },
      inputOrigins: { REGION: 'over-export', ZONE: 'over-export' },
    });
    await rig.write('done', '');
    const [, id = ''] = / run (\S+) of /.exec(run.stderr) ?? [];
    const resumed = await rig.run(['resume', id, '--yes']);
    expect(resumed.exitCode).toBe(0);
    expect(await rig.file('deploy.md')).toContain(`still ${value}\n`);
    expect((await rig.run(['verify'])).exitCode).toBe(0);
  });

  test('is there for chosen steps, too, whatever exports it', async () => {
    const rig = await Rig.create();
    await rig.write('deploy.md', deploy);
    const run = await rig.run(['run', 'deploy.md', '--yes', '--step', 'use', '--set', 'REGION=x']);
    expect(run.exitCode).toBe(0);
    expect(await rig.file('deploy.md')).toContain(' in x/, x\n');
  });

  test('comes from the forms of Innovation Engine where nothing else gives it, and says so', async () => {
    const rig = await Rig.create();
    await rig.write(
      'vm.md',
      `<!--
\`\`\`variables
export MY_GROUP=first
export MY_PLACE="east us" # there
export MY_GROUP=second
OTHER=1
\`\`\`
-->

# A machine

\`\`\`bash {name=show}
export MY_PLACE=west
echo "$MY_GROUP in $MY_PLACE: \${KIND} $SIZE"
\`\`\`
`,
    );
    await rig.write('vm.ini', '[all]\nKIND = "a b" ; kind\n; SIZE = 0\nSIZE=2\nUNREAD=1\n');
    const printed = (await rig.run(['print', 'vm.md'])).stdout;
    expect(printed.split('\n').filter((line) => line.startsWith('input '))).toEqual([
      'input MY_GROUP (string, default `second` of `variables`)',
      'input MY_PLACE (string, default `east us` of `variables`)',
      'input KIND (string, default `a b` of `vm.ini`)',
      'input SIZE (string, default `2` of `vm.ini`)',
    ]);
    const run = await rig.run(['run', 'vm.md', '--yes', '--set', 'MY_PLACE=north'], { env: { SIZE: '3' } });
    expect(run.stderr.split('\n').filter((line) => /^ {2}\w/.test(line))).toEqual([
      '  MY_GROUP  second  (`variables`)',
      '  MY_PLACE  north  (given, in the place of `west`, which `show` exports)',
      '  KIND      a b  (`vm.ini`)',
      '  SIZE      3  (environment)',
    ]);
    expect(await rig.file('vm.md')).toContain('second in north: a b 3\n');
    const dry = await rig.run(['run', 'vm.md', '--dry-run']);
    expect(dry.stdout).toContain('  KIND=a b (`vm.ini`)\n');
  });

  test('is refused where it is not clear what it replaces, or nothing exports it', async () => {
    const rig = await Rig.create();
    await rig.write(
      'unclear.md',
      `# Unclear

\`\`\`bash {name=one}
export A=1
export PATH=$PATH:/opt
export C=1 D=1
\`\`\`

\`\`\`bash {name=two capture=D}
export A=2
C=3
E=4
\`\`\`
`,
    );
    const refused = async (given: string) => {
      const { exitCode, stderr } = await rig.run(['run', 'unclear.md', '--yes', '--set', given]);
      return [exitCode, stderr];
    };
    const instead = 'declare it as an input and export that';
    expect(await refused('A=3')).toEqual([
      2,
      `error: \`A\` cannot be given: line 4 exports \`1\`, and line 10 \`2\`; ${instead}\n`,
    ]);
    expect(await refused('PATH=3')).toEqual([
      2,
      `error: \`PATH\` cannot be given: line 5 adds to what it holds; ${instead}\n`,
    ]);
    expect(await refused('C=3')).toEqual([
      2,
      `error: \`C\` cannot be given: \`two\` sets it in another way than by \`export\`, too; ${instead}\n`,
    ]);
    expect(await refused('D=3')).toEqual([
      2,
      `error: \`D\` cannot be given: \`two\` captures it, too; ${instead}\n`,
    ]);
    expect(await refused('E=3')).toEqual([2, 'error: --set: the runbook has no input `E`\n']);
  });
});
