import { expect, test } from 'vitest';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { renderDiagnostic } from '../../../src/text/render-diagnostic.ts';
import { decodeSource } from '../../../src/text/source-file.ts';

function compiled(attributes: string, { language = 'sh', hosts = '{ web: [web1, web2], none: [] }' } = {}) {
  const text = `---\nhosts: ${hosts}\n---\n# Hosts\n\n## Steps\n\n### Roll\n\n\`\`\`${language} {${attributes}}\ntrue\n\`\`\`\n`;
  const { source } = decodeSource('hosts.md', new TextEncoder().encode(text));
  const { plan, diagnostics } = compilePlan(parseRunbook(source).runbook);
  return { plan, said: diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, source)) };
}

test('groups stand for their members, each host once', () => {
  const { plan, said } = compiled('host=web3,web,web1');
  expect(said).toEqual([]);
  expect(plan.items.map((item) => item.kind === 'block' && item.hosts)).toEqual([['web3', 'web1', 'web2']]);
});

test('a block says for itself where it runs, whatever its step says', () => {
  const text =
    '# H\n\n## Steps\n\n### Roll {host=web1 parallel=2}\n\n```sh {hosts-from="echo a"}\ntrue\n```\n';
  const { source } = decodeSource('hosts.md', new TextEncoder().encode(text));
  const { plan, diagnostics } = compilePlan(parseRunbook(source).runbook);
  expect(diagnostics).toEqual([]);
  expect(plan.items).toMatchObject([{ hosts: [], hostsFrom: 'echo a', parallel: 2 }]);
});

test('a validation and a rollback run where their step does, unless they say otherwise', () => {
  const block = (attributes: string): string => `\`\`\`sh ${attributes}\ntrue\n\`\`\`\n`;
  const text = `# H\n\n## Steps\n\n### Roll {host=web1,web2 parallel=1}\n\n${block('')}\n#### Validation\n\n${block('')}\n#### Rollback\n\n${block('{host=balancer}')}`;
  const { source } = decodeSource('hosts.md', new TextEncoder().encode(text));
  const { plan, diagnostics } = compilePlan(parseRunbook(source).runbook);
  expect(diagnostics).toEqual([]);
  expect(plan.items).toMatchObject([
    { phase: 'steps', hosts: ['web1', 'web2'], parallel: 1 },
    { phase: 'validation', hosts: ['web1', 'web2'], parallel: 1 },
    { phase: 'rollback', hosts: ['balancer'] },
  ]);
});

test.each([
  ['host=none', {}, 'error[empty-hosts]: the group `none` has no hosts'],
  [
    'host=-oProxyCommand=evil',
    {},
    'error[host-name]: `-oProxyCommand=evil` is not the name of a host',
    'help: a host is one word that does not begin with `-`',
  ],
  [
    'host=web',
    { hosts: '{ web: ["a b"] }' },
    'error[host-name]: `a b` of the group `web` is not the name of a host',
    'help: a host is one word that does not begin with `-`',
  ],
  [
    'host=$TARGET',
    {},
    'error[host-name]: `$TARGET` is taken as written: variables are not filled in',
    'help: let a command say it: `hosts-from="echo $TARGET"`',
  ],
  [
    'host=wbe',
    {},
    'warning[unknown-host-group]: `wbe` is neither a group nor a host of one',
    'did you mean `web`?',
    'help: it is taken as the name of a host',
  ],
  [
    'host=web1 hosts-from=list',
    {},
    'error[host-option]: `host` and `hosts-from` both say where the block runs',
    'help: write one of them',
  ],
  [
    'parallel=3',
    {},
    'error[host-option]: `parallel` says nothing about a block that runs on this machine',
    'help: say where it runs with `host=` or `hosts-from=`',
  ],
  ['host=web interactive', {}, 'error[host-option]: an interactive block needs one host, and this one has 2'],
  [
    'host=web hosts-must-pass=3',
    {},
    'error[host-option]: `hosts-must-pass=3` can never hold: the block has 2 of them',
  ],
  [
    'host=web background',
    {},
    'error[host-option]: a block in the background runs on this machine only',
    'help: start it as a service there, or take `background` out',
  ],
  [
    'host=web',
    { language: 'psql' },
    'error[host-language]: `psql` blocks run on this machine only',
    'help: call the database client in a shell block, or name the server in the inputs',
  ],
  [
    'host=web',
    { language: 'http' },
    'error[host-language]: `http` blocks run on this machine only',
    'help: call `curl` in a shell block',
  ],
])('{%s} is refused with its reason', (attributes, options, ...lines) => {
  const { said } = compiled(attributes, options);
  expect(said).toHaveLength(1);
  for (const line of lines) expect(said[0]).toContain(line);
  expect(said[0]).toContain('--> hosts.md:10:1\n');
});
