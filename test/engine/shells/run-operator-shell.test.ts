import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StateSeal } from '../../../src/engine/shells/saved/state-seal.ts';
import type { BlockTerminal, ShellResult } from '../../../src/run/executor.ts';
import { KnownSecrets } from '../../../src/run/masking/known-secrets.ts';
import type { BlockItem } from '../../../src/run/plan.ts';
import { blockItem, ExecutorRig } from '../executors/executor-rig.ts';

let rig: ExecutorRig;

beforeEach(async () => {
  rig = await ExecutorRig.create();
});

afterEach(() => rig.close());

interface Worked {
  readonly shown: string;
  readonly result: ShellResult;
}

/** Opens a shell and types a line at each prompt; the last line has to end it. */
async function workInShell(
  lines: readonly (string | ((terminal: BlockTerminal, abort: () => void) => void))[],
  item?: BlockItem,
): Promise<Worked> {
  let shown = '';
  let seen = 0;
  let terminal: BlockTerminal | undefined;
  const waiting = [...lines];
  const ending = new AbortController();
  const result = await rig.executor.openShell({
    ...(item && { item }),
    columns: 90,
    rows: 20,
    signal: ending.signal,
    attach: (attached) => {
      terminal = attached;
    },
    onBytes: (bytes) => {
      shown += Buffer.from(bytes).toString();
      const prompt = /runsheet [^\r\n]*[$%#] /g;
      prompt.lastIndex = seen;
      if (terminal === undefined || !prompt.test(shown)) return;
      seen = shown.length;
      const next = waiting.shift();
      if (typeof next === 'string') terminal.write(Buffer.from(`${next}\r`));
      else next?.(terminal, () => ending.abort());
    },
  });
  expect(terminal).toBe(undefined);
  expect(waiting).toEqual([]);
  return { shown, result };
}

describe('a shell for the operator', () => {
  test.each([
    ['bash', '0027', 'f() { echo in-f; }', 'h() { echo in-h; }', 'in-f', 'in-h'],
    ['zsh', '027', 'f() { echo in-f; }', 'h() { echo in-h; }', 'in-f', 'in-h'],
    ['dash', '0027', ':', ':', 'none', 'none'],
  ])('starts in the state of the run and hands its own on: %s', async (shell, mask, f, h, inF, inH) => {
    await rig.close();
    rig = await ExecutorRig.create({ shell });
    await rig.sh(`cd /usr; x='a  b'; export y=1; ${f}; umask 027`);
    const asked =
      'echo "<$x|$y|$PWD|$(umask)|$(f 2>/dev/null || echo none)|$(test -t 0 && stty size)|$RUNSHEET>"';
    const worked = await workInShell([asked, `x='c  d'; export y=2 z=3; cd /tmp; ${h}`, 'unset w; exit 3']);
    expect(worked.shown).toContain(`<a  b|1|/usr|${mask}|${inF}|20 90|1>`);
    expect(worked.result).toEqual({
      durationMs: expect.any(Number),
      shellState: { sealed: expect.any(String) },
    });
    expect(await rig.sh('echo "$x|$y|$z|$PWD|$(h 2>/dev/null || echo none)"')).toBe(`c  d|2|3|/tmp|${inH}`);
    expect((await rig.run('python', 'import os; print(os.environ["z"], os.getcwd())')).stdout).toBe(
      '3 /tmp\n',
    );
  });

  test.each(['bash', 'zsh', 'dash'])(
    'hands nothing on that is its own: prompt, history, options of a shell at a terminal: %s',
    async (shell) => {
      await rig.close();
      rig = await ExecutorRig.create({ shell });
      const asked = 'case $- in *u*) echo "$x ${PS1-none} ${HISTFILE-none}";; esac';
      const before = await rig.sh(`x=1; set -u; ${asked}`);
      const worked = await workInShell(['true', 'exit']);
      expect(worked.result).toEqual({ durationMs: expect.any(Number) });
      expect(await rig.sh(asked)).toBe(before);
    },
  );

  test('is not ended by a failing command where blocks are, and leaves their options as they were', async () => {
    await rig.sh('set -eu -o pipefail; set -x');
    const worked = await workInShell(['false', 'echo "still $((1 + 1)) $-"', 'shopt -s nullglob', 'exit']);
    expect(worked.result).toEqual({
      durationMs: expect.any(Number),
      shellState: { sealed: expect.any(String) },
    });
    expect(worked.shown).toMatch(/still 2 (?!\S*[ex])\S*u/);
    expect(
      await rig.sh(
        'set +x; case $- in *e*u*) shopt nullglob | tr "\\t" " ";; esac; set -o | grep -c "pipefail.*on"',
      ),
    ).toMatch(/nullglob +on\n1/);
  });

  test('has the variables and the folder of the block that is asked about, which stay that block’s', async () => {
    await rig.sh('mkdir -p sub; A=run');
    const item = blockItem('asked', 'sh', 'false', { env: { A: 'block', B: 'only' }, cwd: 'sub' });
    const worked = await workInShell(['echo "<$A|$B|${PWD##*/}|$RUNSHEET_STEP>"', 'C=new; exit'], item);
    expect(worked.shown).toContain('<block|only|sub|asked>');
    expect(await rig.sh('echo "$A|${B-none}|$C|${PWD##*/}"')).toBe(
      `run|none|new|${rig.work.split('/').pop()}`,
    );
  });

  test('keeps an EXIT trap that the operator sets, and its own state with it', async () => {
    const worked = await workInShell(['trap "echo bye" EXIT', 'q=1', 'exit']);
    expect(worked.shown).toContain('bye');
    expect(await rig.sh('echo $q')).toBe('1');
  });

  test('masks secrets in what it shows, and stores neither them nor what was typed', async () => {
    await rig.close();
    rig = await ExecutorRig.create({
      env: { PATH: process.env.PATH ?? '', HOME: '/tmp', LANG: 'C.UTF-8', TOKEN: 's3cr3t-token' },
      secrets: new KnownSecrets({ TOKEN: 's3cr3t-token' }),
    });
    const worked = await workInShell(['echo "<$TOKEN>"', 'copy=$TOKEN; note=typed; exit']);
    expect(worked.shown).toContain('<***>');
    expect(worked.shown).not.toContain('s3cr3t');
    expect(await rig.sh('test "$copy" = "$TOKEN" && echo same')).toBe('same');
    const { sealed } = worked.result.shellState as { sealed: string };
    const state = new StateSeal(rig.runFolder).open(sealed);
    expect(state).toContain('note');
    expect(state).not.toContain('s3cr3t');
  });

  test('says so when it was killed or replaced; the state stands as it was before', async () => {
    await rig.sh('x=before');
    const killed = await workInShell(['x=after', 'kill -9 $$']);
    const problem = 'it was killed or replaced; variables and folder are as they were before it';
    expect(killed.result).toEqual({ durationMs: expect.any(Number), problem });
    expect((await workInShell(['exec true'])).result.problem).toBe(problem);
    expect(await rig.sh('echo $x')).toBe('before');
  });

  test('is ended from outside with what it has changed, and with what runs in it', async () => {
    await rig.close();
    rig = await ExecutorRig.create({ grace: { interruptMs: 20_000, terminateMs: 200, killMs: 2000 } });
    const worked = await workInShell(['x=kept', (_, abort) => abort()]);
    expect(worked.result).toEqual({
      durationMs: expect.any(Number),
      shellState: { sealed: expect.any(String) },
    });
    expect(await rig.sh('echo $x')).toBe('kept');
  });

  test('is one of its own where the state of the runbook’s shell cannot be carried', async () => {
    await rig.close();
    rig = await ExecutorRig.create({ shell: 'fish' });
    const worked = await workInShell(['export E=1; cd /; echo "<$BASH>"', 'exit']);
    expect(worked.shown).toMatch(/<\S*bash>/);
    expect((await rig.run('bash', 'echo "$E|$PWD"')).stdout).toBe('1|/\n');
  });

  test('is refused with the reason where it cannot start', async () => {
    const item = blockItem('asked', 'sh', 'false', { cwd: 'no/such' });
    const result = (await workInShell([], item)).result;
    expect(result.problem).toBe(`the working directory \`${rig.work}/no/such\` does not exist`);
  });
});
