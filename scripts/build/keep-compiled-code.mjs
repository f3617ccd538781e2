// Owns the compiled code that is shipped beside the bundle: it is what V8 has compiled once the tool has done some of
// its usual work.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loader } from './start-up-file.mjs';

const runbook = `---
title: Warm up
---

# Warm up

## Steps

### Say something

\`\`\`sh {name=say timeout=10s}
echo said
\`\`\`

## Validation

\`\`\`sh {expect="said"}
echo said
\`\`\`
`;

/** Holds one of everything that runbooks usually hold, so that what reads them is among what is kept. */
const reading = `---
title: Warm up
description: Uses what runbooks usually use.
owner: team
severity: SEV3
tags: [warm, up]
estimate: 5m
env: { MODE: "quick" }
inputs:
  NAME: { description: Whom to greet, default: you, pattern: '^[a-z]+$' }
  COLOUR: { choices: [red, green], default: red }
---

# Warm up

What *has* to be warm, see the [overview](overview.md#warm), **never** less than \`that\`; <br> is HTML.

> **Note:** quoted, with \`code\`.

| name | value |
| --- | :---: |
| zone | \`a\` |

## Prerequisites

- [x] A shell
- [ ] Time

\`\`\`sh
true
\`\`\`

## Steps

### Say something

First this, then https://example.org/that:

\`\`\`sh {name=say timeout=10s capture=SAID}
echo "said $NAME"
\`\`\`

1. Say it again.

   \`\`\`console
   $ echo again
   again
   \`\`\`

2. And wait.
   - Not long.
     - Really.

### Know it

Look at the dashboard.

<!-- a comment -->

\`\`\`json
{ "said": true }
\`\`\`

#### Rollback

\`\`\`sh
true
\`\`\`

## Validation

\`\`\`sh {expect="said"}
echo said
\`\`\`

## Rollback

\`\`\`sh
true
\`\`\`
`;

/** What pages hold that were not written for the tool: what is open in them is read by code of its own. */
const ofOthers = `# Upgrade and roll back the database

Uses \`psql\`; see [how](how.md).

## Requirements

Install the client:

\`\`\`bash
sudo apt-get install -y postgresql-client
\`\`\`

## Getting started

### On Debian

    apt-get update

### On Red Hat

\`\`\`
yum update
\`\`\`

## 1. Connect to the server

Log in first. If you use a jump host, run:

\`\`\`bash
ssh -J jump db1
cd /srv && ls -l | head -3
\`\`\`

\`\`\`console
root@db1:~# systemctl status postgresql

active
\`\`\`

The output should look similar to this:

\`\`\`bash
NAME     READY   STATUS
web-0    1/1     Running
\`\`\`

## Add a user

Create the file \`/etc/app.yaml\` with the following content:

\`\`\`sh
key: value
\`\`\`

1. Do it by hand, or use the script:

   \`\`\`shell
   for host in a b; do curl -fsS "https://$host/<name>" || exit 1; done
   kubectl -n web rollout status deployment/web > status.txt
   \`\`\`

   Alternatively:

   \`\`\`powershell
   Get-Service
   \`\`\`

2. With SQL:

   \`\`\`sql
   SELECT count(*) FROM users;
   \`\`\`

\`\`\`python
import os
print(os.environ["HOME"])
\`\`\`

## Diagnosis

Look at the logs.

\`\`\`sh
df -h; journalctl -u postgresql | tail -5
\`\`\`

## Mitigation

### Restart it

\`\`\`sh
sudo systemctl restart postgresql
\`\`\`

### Delete the old replica

\`\`\`sh
rm -rf /srv/replica
\`\`\`

## Verify the upgrade

Check that it works.

\`\`\`sh
psql -c 'SELECT 1'
\`\`\`

## Delete the cluster

To undo this, run:

\`\`\`sh
terraform destroy
\`\`\`

## Troubleshooting

### How do I reset it?

\`\`\`sh
true
\`\`\`
`;

/**
 * Lets the tool in `dist` do its usual work and keeps what was compiled of each file as `FILE.cache`. Without them
 * the tool works as well, only slower; so nothing here can fail a build.
 */
export async function keepCompiledCode(dist, main) {
  const folder = await mkdtemp(join(tmpdir(), 'runsheet-build-'));
  const recorder = join(dist, 'recorder.cjs');
  try {
    const book = join(folder, 'warm-up.md');
    await writeFile(book, runbook);
    const page = join(folder, 'page.md');
    await writeFile(page, reading);
    const others = join(folder, 'others.md');
    await writeFile(others, ofOthers);
    await writeFile(recorder, `${loader}\n${recording(main)}`);
    for (const args of [
      ['list', folder],
      ['run', book, '--yes', '--surface', 'plain', '--state-dir', folder],
      ['check', page],
      ['print', page],
      ['check', others],
      ['print', others],
    ]) {
      spawnSync(process.execPath, [recorder, ...args], { cwd: folder, stdio: 'ignore', timeout: 20_000 });
    }
    await guide([recorder, 'run', book, '--state-dir', folder], folder);
  } finally {
    await rm(recorder, { force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

/** The keys of a guided run that goes well, each as the bottom line of the screen offers it. */
const offers = ['Enter begin', 'Enter run it', 'Enter close'];

/** A guided run on a terminal, which uses what unattended runs do not; where terminals cannot be had, nothing. */
async function guide(args, folder) {
  const pty = await import('@lydell/node-pty').catch(() => undefined);
  if (!pty) return;
  // Without colours words on the screen are words in what is written.
  const env = { ...process.env, TERM: 'xterm', NO_COLOR: '1', LANG: 'C.UTF-8' };
  const terminal = pty.spawn(process.execPath, args, { cols: 120, rows: 40, cwd: folder, env });
  const deadline = setTimeout(() => terminal.kill('SIGKILL'), 20_000);
  let written = '';
  terminal.onData((data) => {
    written += data;
    if (!offers.some((offer) => written.includes(offer))) return;
    written = '';
    terminal.write('\r');
  });
  await new Promise((resolve) => {
    terminal.onExit(resolve);
  });
  clearTimeout(deadline);
}

/** The end of the program that records: at its end it keeps what is more than was kept before. */
function recording(main) {
  return `
const { statSync, writeFileSync } = require('node:fs');
const scripts = new Map();
process.on('exit', () => {
  for (const [path, script] of scripts) {
    const compiled = script.createCachedData();
    const before = statSync(path + '.cache', { throwIfNoEntry: false });
    if (!before || before.size < compiled.length) writeFileSync(path + '.cache', compiled);
  }
});
load('${main}', (path, script) => scripts.set(path, script));
`;
}
