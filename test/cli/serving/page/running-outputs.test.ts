// Tests what is shown of blocks that run, wherever they run; that the page shows it is tested with a server.
import { expect, test } from 'vitest';
import { RunningOutputs } from '../../../../src/cli/serving/page/running-outputs.ts';
import { RunStore } from '../../../../src/engine/journal/run-store.ts';
import { Rig } from '../../../e2e/rig.ts';
import { describeWith } from '../../../e2e/services.ts';
import { sshPrograms, startSshHosts } from '../../../e2e/ssh-hosts.ts';

const page = `# Outputs

## Steps

\`\`\`sh {name=tail background}
echo "following"
until test -e go; do sleep 0.05; done
\`\`\`

\`\`\`sh {name=again retries=1}
test -e once || { touch once; echo "first attempt"; exit 1; }
echo "second attempt"
until test -e go; do sleep 0.05; done
\`\`\`
`;

const onHosts = `# Hosts

## Steps

\`\`\`sh {name=look host=web1,web2 parallel=2}
echo "on $RUNSHEET_HOST"
until test -e "$PLACE/go"; do sleep 0.05; done
\`\`\`

\`\`\`sh {name=later host=web1}
printf 'one line without an end'
until test -e "$PLACE/end"; do sleep 0.05; done
\`\`\`
`;

/** What is shown, once it matches, as one text. */
async function shown(rig: Rig, pattern: RegExp): Promise<string> {
  const store = new RunStore(rig.stateFolder);
  const running = new RunningOutputs(store);
  let words = '';
  const look = (): string => {
    words = [...store.newest()]
      .flatMap((run) => running.of(run))
      .map((block) =>
        block.type === 'paragraph' ? block.text : block.type === 'code' ? block.lines.join('\n') : '',
      )
      .join('\n');
    return words;
  };
  await expect.poll(look).toMatch(pattern);
  return words;
}

test('a background block and one that is tried again are shown, with the output of this attempt', async () => {
  const rig = await Rig.create();
  await rig.write('outputs.md', page);
  const run = rig.start(['run', 'outputs.md', '--yes']);
  expect(await shown(rig, /following[\s\S]*second attempt/)).toBe(
    '`tail` runs, and has printed so far:\nfollowing\n`again` runs, and has printed so far:\nsecond attempt',
  );
  await rig.write('go', '');
  expect((await run.ended).exitCode).toBe(0);
  expect(await shown(rig, /^$/)).toBe('');
});

describeWith(sshPrograms, 'on hosts', () => {
  test('each host is shown by its name', async () => {
    const [rig, hosts] = await Promise.all([Rig.create(), startSshHosts(['web1', 'web2'], { servers: 1 })]);
    const place = rig.path();
    await rig.write('hosts.md', onHosts.replaceAll('$PLACE', place));
    const run = rig.start(['run', 'hosts.md', '--yes'], { env: { RUNSHEET_SSH: hosts.command } });
    expect(await shown(rig, /on web1[\s\S]*on web2/)).toBe(
      '`look` on `web1` runs, and has printed so far:\non web1\n`look` on `web2` runs, and has printed so far:\non web2',
    );
    await rig.write('go', '');
    expect(await shown(rig, /without an end/)).toBe(
      '`later` on `web1` runs, and has printed so far:\none line without an end',
    );
    await rig.write('end', '');
    expect((await run.ended).exitCode).toBe(0);
  });
});
