// Tests of runbooks with hosts: which answer for themselves, which cannot be reached, and that nothing else is.
import { expect, test } from 'vitest';
import { Rig } from './rig.ts';
import { leftBehind, page, runTests } from './runbook-tests.ts';

const body = `### Look {hosts-from='cat list' parallel=5}

\`\`\`sh {name=look}
svc version
svc once || echo twice
printf '%s\\n' "\${FROM_HERE-nothing}" > seen
cat own 2>/dev/null || true
\`\`\`

### Count {host=db1}

\`\`\`js {name=count}
console.log(process.env.RUNSHEET_HOST, process.cwd().split("/").at(-1))
\`\`\`

### Tell

\`\`\`sh {name=tell}
svc version
\`\`\`
`;

test('hosts answer by their own stubs and then by those of the case, each in a folder of its own', async () => {
  const rig = await Rig.create();
  await rig.write('site/list', 'web1\nweb2\nroot@db1\n');
  await rig.write('site/machines/web1/own', 'of web1\n');
  await page(
    rig,
    body,
    `fixtures: site
env: { FROM_HERE: here }
allow-languages: [node]
stubs:
  svc:
    - { when: version, stdout: v1 }
    - { when: once, times: 1 }
    - { when: once, exit: 1 }
hosts:
  web1:
  web2: { stubs: { svc: { when: version, stdout: v2 } } }
  root@db1:
  db1:
cases:
  - name: all
    expect:
      order: [look, count, tell]
      calls: [root@db1$ svc once, svc version, "!web9$ *", "!db1$ *"]
      output: [of web1, v2, db1 db1]
      files:
        machines/web1/seen: nothing
        machines/root@db1/seen: nothing
        seen: null
  - name: down
    hosts: { web2: { down: true } }
    expect: { outcome: failed, output: [v1], calls: ["!web2$ *"] }
  - { name: a host that nobody named, fixtures: more }
`,
  );
  await rig.write('more/list', 'web1\nweb9\n');

  expect(await runTests(rig, 'page.md', '--jobs', '2')).toEqual({
    exitCode: 1,
    stderr: '',
    stdout: `page.md
  ✔ all
  ✔ down
  ✘ a host that nobody named
      no stub fits this call: ssh web9, which is none of the hosts of the case
      outcome: expected succeeded, was failed (\`look\` failed)
      \`look\` failed: 1 of 2 hosts failed: \`web9\` (the connection to \`web9\` could not be made: web9 is none of the hosts of the case)
        | v1
      page.test.yaml:27

3 cases: 2 passed, 1 failed
`,
  });
  expect(await leftBehind(rig)).toEqual([]);
});
