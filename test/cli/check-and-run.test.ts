// Tests that `check` and `run` are of one mind about what is an error.
import { expect, test } from 'vitest';
import { diagnosticCodes } from '../../src/runbook/diagnostic-codes.ts';
import { lintRules } from '../../src/runbook/lint/lint-runbook.ts';
import { Rig } from '../e2e/rig.ts';

const front = (yaml: string) => `---\n${yaml}\n---\n\n# T\n\n## Steps\n\n`;
const block = (info: string, code = 'echo ran > ran') => `\`\`\`${info}\n${code}\n\`\`\`\n`;
const first = block('sh {name=first}');

/** A page for each code that is an error; a first block would leave a file behind if anything ran. */
const pages: Readonly<Record<string, string>> = {
  'attribute-syntax': `# T\n\n${first}\n${block('sh {name="x}')}`,
  'bad-attribute-value': `# T\n\n${first}\n${block('sh {timeout=30}')}`,
  'bad-similarity': `# T\n\n${first}\n${block('sh')}\n<!-- expected_similarity=2 -->\n\n${block('text')}`,
  'duplicate-attribute': `# T\n\n${first}\n${block('sh {name=x name=y}')}`,
  'duplicate-name': `# T\n\n${first}\n${block('sh {name=first}')}`,
  'empty-hosts': `${front('hosts: { web: [] }')}${first}\n${block('sh {host=web}')}`,
  'expect-without-output': `# T\n\n${first}\n${block('sh {expect=output}')}`,
  'no-condition': `# T\n\n${first}\n${block('sh {when=A=b}')}`,
  'front-matter-value': `${front('estimate: soon')}${first}`,
  'front-matter-yaml': `${front('a: [')}${first}`,
  'host-language': `# T\n\n${first}\n${block('sqlite {host=web1}', 'SELECT 1;')}`,
  'host-name': `# T\n\n${first}\n${block('sh {host=-x}')}`,
  'host-option': `# T\n\n${first}\n${block('sh {parallel=3}')}`,
  'idle-attribute': `# T\n\n## Steps {confirm}\n\n### A\n\n${first}`,
  'link-anchor': `# T\n\n## Steps\n\n### A\n\n${first}\n### [Other](other.md#none)\n`,
  'link-attribute': `# T\n\n## Steps\n\n### A\n\n${first}\n### [Other](other.md) {timeout=3s}\n`,
  'link-cycle': `# T\n\n## Steps\n\n### A\n\n${first}\n### [Other](page.md)\n`,
  'link-input': `# T\n\n## Steps\n\n### A\n\n${first}\n### [Other](other.md) {with.NONE=1}\n`,
  'link-pin': `# T\n\n## Steps\n\n### A\n\n${first}\n### [Other](other.md) {digest=sha256:${'0'.repeat(64)}}\n`,
  'linked-runbook': `# T\n\n## Steps\n\n### A\n\n${first}\n### [Other](none.md)\n`,
  'second-output': `# T\n\n${first}\n${block('sh {expect=output}')}\n${block('output', 'a')}\n${block('output', 'b')}`,
  'unclosed-fence': `# T\n\n${first}\n\`\`\`sh\ntrue\n`,
  'unfillable-placeholder': `# T\n\n${first}\n${block('python', 'print("<namespace>")')}`,
  'unknown-approval-group': `${front('approvals: { dba: { people: [ada] } }')}${first}\n${block('sh {approve=dbas}')}`,
  'unknown-attribute': `# T\n\n${first}\n${block('sh {if=false}')}`,
  'unknown-channel': `# T\n\n${first}\n${block('sh {notify=nobody}')}`,
  'unknown-handler': `${front('handlers: { web: touch x }')}${first}\n${block('sh {handler=wbe}')}`,
  'unknown-language': `# T\n\n${first}\n${block('cobol {run}')}`,
};

test.each(Object.entries(pages))(
  'what `check` calls %s is refused before anything runs',
  async (code, page) => {
    const rig = await Rig.create();
    await rig.write('page.md', page);
    await rig.write('other.md', '# Other\n\n```sh\ntrue\n```\n');
    const checked = await rig.run(['check', 'page.md']);
    const ran = await rig.run(['run', 'page.md', '--yes', '--log', 'none']);
    expect([checked.exitCode, ran.exitCode]).toEqual([2, 2]);
    expect(checked.stderr).toContain(`error[${code}]`);
    expect(ran.stderr).toContain(`error[${code}]`);
    expect(await rig.file('ran').catch(() => 'nothing')).toBe('nothing');
  },
);

/** What is wrong with a rule for events stops events, and nobody who runs the page. */
const ofEvents = [
  'event-input-in-query',
  'trigger-dedup',
  'trigger-expression',
  'trigger-input',
  'trigger-schedule',
];

test('every rule that finds errors has a page here, but for those of events', () => {
  const rules = lintRules.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  expect(rules.filter((code) => !(code in pages))).toEqual(ofEvents);
  const known = new Set(diagnosticCodes.map(({ code }) => code));
  expect(Object.keys(pages).filter((code) => !known.has(code))).toEqual([]);
});

test('what `check` only warns of is run', async () => {
  const rig = await Rig.create();
  await rig.write(
    'page.md',
    `# T\n\n${first}\n${block('go', 'package main')}\n${block('sh {frobnicate}', 'true')}`,
  );
  const checked = await rig.run(['check', 'page.md']);
  const ran = await rig.run(['run', 'page.md', '--yes', '--log', 'none']);
  expect([checked.exitCode, ran.exitCode, await rig.file('ran')]).toEqual([0, 0, 'ran\n']);
  expect(ran.stderr).toContain(
    'page.md:7: it is not known what runs `go`, so that this is shown and not run',
  );
});
