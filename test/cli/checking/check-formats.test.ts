// Tests the forms in which `check` tells what it finds, byte for byte.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { Rig, repositoryRoot } from '../../e2e/rig.ts';

const whole = '---\nowner: a\ndescription: b\n---\n\n';
const rest =
  '## Verification\n\n```sh\ntrue\n```\n\n## Rollback\n\nNothing.\n\n## Preconditions\n\n- [ ] ok\n';
const page = `${whole}# T\n\n## Steps\n\n\`\`\`sh {timout=3s}\ntrue\n\`\`\`\n\n\`\`\`sh {100%=1,x}\ntail -f x\n\`\`\`\n\n${rest}`;

async function rigWith(files: Readonly<Record<string, string>>): Promise<Rig> {
  const rig = await Rig.create();
  for (const [name, text] of Object.entries(files)) await rig.write(name, text);
  return rig;
}

const check = async (rig: Rig, ...words: readonly string[]) => rig.run(['check', ...words]);

test('commands of a workflow of GitHub, with what would end them escaped', async () => {
  const rig = await rigWith({ 'a, b: c%.md': page });
  const { stdout, stderr, exitCode } = await check(rig, '--format', 'github', 'a, b: c%.md');
  expect([stdout, stderr, exitCode]).toMatchInlineSnapshot(`
    [
      "::error file=a%2C b%3A c%25.md,line=10,endLine=10,col=8,endColumn=14,title=runsheet%3A unknown-attribute::\`timout\` is not an attribute of a code block%0Adid you mean \`timeout\`?
    ::warning file=a%2C b%3A c%25.md,line=15,endLine=15,col=1,endColumn=10,title=runsheet%3A never-ending-command::this command goes on until somebody stops it%0Agive the block \`background\`, \`timeout=…\` or \`interactive\`
    ",
      "1 runbook checked: 1 error, 1 warning, 0 hints
    ",
      2,
    ]
  `);
});

test('a report of GitLab, with fingerprints that stay when lines move', async () => {
  const rig = await rigWith({ 'docs/a.md': page });
  const before = await check(rig, '--format', 'gitlab', 'docs');
  expect(JSON.parse(before.stdout)).toMatchInlineSnapshot(`
    [
      {
        "check_name": "unknown-attribute",
        "description": "\`timout\` is not an attribute of a code block — did you mean \`timeout\`?",
        "fingerprint": "d05d48660e4747cffe54a8b5cbdf66038adeab52f15e317c8bbe3764c92b75c3",
        "location": {
          "lines": {
            "begin": 10,
            "end": 10,
          },
          "path": "docs/a.md",
        },
        "severity": "critical",
      },
      {
        "check_name": "never-ending-command",
        "description": "this command goes on until somebody stops it — give the block \`background\`, \`timeout=…\` or \`interactive\`",
        "fingerprint": "ab086733c45bf55da6e05d5bf27c4bba9f8e4fc7fd30db4c599eb700e57dc409",
        "location": {
          "lines": {
            "begin": 15,
            "end": 15,
          },
          "path": "docs/a.md",
        },
        "severity": "minor",
      },
    ]
  `);
  await rig.write('docs/a.md', page.replace('# T\n', '# T\n\nOne line.\n\nAnd another.\n'));
  const after = await check(rig, '--format', 'gitlab', 'docs');
  const prints = (text: string) => JSON.parse(text).map((one: { fingerprint: string }) => one.fingerprint);
  expect(prints(after.stdout)).toEqual(prints(before.stdout));
  expect(new Set(prints(after.stdout)).size).toBe(prints(after.stdout).length);
});

test('a log of SARIF, each result with its rule', async () => {
  const rig = await rigWith({ 'docs/ä b.md': page });
  const { stdout } = await check(rig, '--format', 'sarif', 'docs');
  const log = JSON.parse(stdout);
  const [{ tool, results, ...run }] = log.runs;
  expect({ ...log, runs: [run] }).toEqual({
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [{ columnKind: 'unicodeCodePoints' }],
  });
  const rules: readonly { readonly id: string }[] = tool.driver.rules;
  for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex]?.id).toBe(ruleId);
  expect(results[0]).toMatchInlineSnapshot(`
    {
      "level": "error",
      "locations": [
        {
          "physicalLocation": {
            "artifactLocation": {
              "uri": "docs/%C3%A4%20b.md",
            },
            "region": {
              "endColumn": 14,
              "endLine": 10,
              "startColumn": 8,
              "startLine": 10,
            },
          },
        },
      ],
      "message": {
        "text": "\`timout\` is not an attribute of a code block. did you mean \`timeout\`?",
      },
      "partialFingerprints": {
        "runsheet/v1": "1dbdf8a7e2063776257dd67d3d98b7a019617ad8c3db45a59bfa1375660ff501",
      },
      "ruleId": "unknown-attribute",
      "ruleIndex": 1,
    }
  `);
});

test('JSON as its schema says, of pages with and without findings', async () => {
  const rig = await rigWith({
    'a.md': page,
    'b.md': `${whole}# T\n\n## Steps\n\n\`\`\`sh\ntrue\n\`\`\`\n\n${rest}`,
  });
  const schema = JSON.parse(readFileSync(join(repositoryRoot, 'docs/check.schema.json'), 'utf8'));
  const isValid = new Ajv2020().compile(schema);
  for (const words of [['a.md'], ['b.md'], ['.'], ['none.md']]) {
    const { stdout } = await check(rig, '--json', ...words);
    expect([isValid(JSON.parse(stdout)), isValid.errors]).toEqual([true, null]);
  }
  const { stdout } = await check(rig, '--format', 'json', 'b.md');
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    summary: { runbooks: 1, errors: 0, warnings: 0, hints: 0 },
    diagnostics: [],
  });
});

test('a folder: what git ignores, what holds nothing to run, and what is named twice', async () => {
  const rig = await rigWith({
    '.gitignore': 'old/\n',
    'a.md': page,
    'old/a.md': page,
    'prose.md': '# Only words\n',
    'deep/er/b.markdown': page,
    'node_modules/x/README.md': page,
  });
  const { stderr, exitCode } = await check(rig, '.', 'a.md', './a.md', 'deep');
  expect([stderr.split('\n').at(-2), exitCode]).toEqual([
    '2 runbooks checked: 2 errors, 2 warnings, 0 hints',
    2,
  ]);
  const named = await check(rig, 'old/a.md', 'prose.md');
  expect(named.stderr.split('\n').at(-2)).toBe('2 runbooks checked: 1 error, 1 warning, 0 hints');
  const nothing = await check(rig, 'node_modules/x/nothing', 'deep/none');
  expect([nothing.exitCode, nothing.stderr.match(/file-missing/g)?.length]).toEqual([2, 2]);
});

test('a configuration that is wrong is told once, and by its own name', async () => {
  const rig = await rigWith({ 'runsheet.yaml': 'log: nowhere\n', 'a.md': page, 'b.md': page });
  const { stdout, exitCode } = await check(rig, '--json', '.');
  const { diagnostics } = JSON.parse(stdout);
  expect([
    exitCode,
    diagnostics.map(({ code, path }: { code: string; path: string }) => [code, path.split('/').at(-1)]),
  ]).toEqual([2, [['configuration-value', 'runsheet.yaml']]]);
});

test('`--strict` fails for warnings and doubts, and not for hints', async () => {
  const rig = await rigWith({
    'warned.md': `${whole}# T\n\n## Steps\n\n\`\`\`sh\ntail -f x\n\`\`\`\n\n${rest}`,
    'doubtful.md': `${whole}# T\n\n## Steps\n\n\`\`\`\ngit pull\n\`\`\`\n\n${rest}`,
    'hinted.md': '# T\n\n## Steps\n\n```sh\ntrue\n```\n',
  });
  const codes = [];
  for (const name of ['warned.md', 'doubtful.md', 'hinted.md']) {
    codes.push([name, (await check(rig, name)).exitCode, (await check(rig, '--strict', name)).exitCode]);
  }
  expect(codes).toEqual([
    ['warned.md', 0, 2],
    ['doubtful.md', 0, 2],
    ['hinted.md', 0, 0],
  ]);
});

test('a page on standard input, under the name that it would have', async () => {
  const rig = await rigWith({ 'a/runsheet.yaml': 'sections: { rollback: [Zurueck] }\n' });
  const input = page.replace('## Rollback', '## Zurueck').replace('tail -f x', 'systemctl restart nginx');
  const { stderr, exitCode } = await rig.run(['check', '-', '--stdin-name', 'a/new.md'], { input });
  expect([exitCode, stderr.includes('--> a/new.md:10:8'), stderr.includes('missing-rollback')]).toEqual([
    2,
    true,
    false,
  ]);
  const plain = await rig.run(['check', '-'], { input });
  expect([plain.stderr.includes('--> stdin.md:10:8'), plain.stderr.includes('missing-rollback')]).toEqual([
    true,
    true,
  ]);
  const two = await rig.run(['check', '-', 'a.md'], { input });
  expect([two.exitCode, two.stderr]).toEqual([
    2,
    'error: `-` cannot be combined with files: standard input is one runbook\n',
  ]);
});
