// Tests that the page of a run shows what its blocks print while they print it.
import { expect, it } from 'vitest';
import { KeyboardBrowser } from './keyboard-browser.ts';
import { Rig } from './rig.ts';
import { Served, serveFile } from './served.ts';
import { describeWith } from './services.ts';

const page = `---
concurrency: allow
inputs:
  TOKEN: { secret: { env: POOL_TOKEN } }
---
# Move the logs

## Steps

### Copy

\`\`\`sh {name=copy}
printf '\\rcopied %s of 30 <b>' $(seq 30)
echo
echo "by $TOKEN"
until test -e more; do sleep 0.05; done
seq -f 'file %g' 40
until test -e go; do sleep 0.05; done
\`\`\`

### Move {each=DISK of="sda sdb" parallel=2}

\`\`\`sh {name=move}
echo "moving $DISK" >&2
until test -e "$DISK"; do sleep 0.05; done
\`\`\`
`;

async function serving() {
  const rig = await Rig.create();
  await rig.write('serve.yaml', serveFile);
  await rig.write('library/move.md', page);
  const served = await Served.start(rig, [], { POOL_TOKEN: 'tulips-in-may' });
  return { rig, served, go: (name: string) => rig.write(`library/${name}`, '') };
}

/** What is shown of blocks that run. */
const runningOf = (page: string): string =>
  (/<section data-output aria-label="What runs now">([\s\S]*?)<\/section>/.exec(page)?.[1] ?? '')
    .replaceAll(/\s*<[^>]+>\s*/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();

it('shows on the page of a run what its blocks have printed so far', async () => {
  const { served, go } = await serving();
  const run = await served.startRun('move.md');
  expect(runningOf(await served.until(run, /by \*\*\*/))).toBe(
    'copy runs, and has printed so far: copied 30 of 30 &lt;b&gt;\nby ***',
  );
  await go('more');
  const later = await served.until(run, /file 40/);
  expect(runningOf(later)).toMatch(/^copy runs, and has printed \d+ bytes so far, and last: file 21\n/);
  const [, whole = ''] = /<a href="([^"]+)"><code>copy<\/code><\/a>, \d+ bytes/.exec(later) ?? [];
  const fetched = await served.get(whole, 'eve');
  expect([fetched.status, fetched.text.split('\n').slice(-42)]).toEqual([
    200,
    ['by ***', ...Array.from({ length: 40 }, (_, index) => `file ${index + 1}`), ''],
  ]);
  // The same for whoever asks for nothing else.
  expect((await served.get(`${run}?part=running`, 'eve')).text).toContain('file 21\nfile 22\n');
  await go('go');
  expect(runningOf(await served.until(run, /moving sda[\s\S]*moving sdb/))).toBe(
    'move for sda runs, and has printed so far: moving sda move for sdb runs, and has printed so far: moving sdb',
  );
  await go('sda');
  await go('sdb');
  const ended = await served.until(run, /succeeded/);
  expect(runningOf(ended)).toBe('');
  expect((await served.get(whole, 'eve')).text).toBe(fetched.text);
  expect((await served.get(`${run}/outputs/outputs%2Fnosuch.1.out`, 'eve')).status).toBe(404);
  expect((await served.get('/runs/20260101-000000-aaaa?part=running', 'eve')).status).toBe(404);
});

describeWith(['chromium'], 'in a browser', () => {
  it('is renewed as the block prints', async () => {
    const { served, go } = await serving();
    const run = await served.startRun('move.md');
    await served.until(run, /by \*\*\*/);
    const browser = await KeyboardBrowser.open();
    await browser.open(`${served.origin}/sign-in`, /Token/);
    await browser.tabTo(/^Token/);
    await browser.type(served.token);
    await browser.enter();
    await browser.until(/Move the logs/);
    await browser.open(`${served.origin}${run}`, /copied 30 of 30/);
    expect(await browser.faults('all')).toEqual([]);
    await go('more');
    const later = await browser.until(/file 40/);
    expect(later).toContain('so far, and last:');
    for (const name of ['go', 'sda', 'sdb']) await go(name);
    expect(await browser.until(/succeeded/)).not.toContain('has printed so far');
  });
});
