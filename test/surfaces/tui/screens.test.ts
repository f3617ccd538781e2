// Tests what a person sees of a guided run, whole screens on a real terminal, at three sizes.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keys } from '../../e2e/rig-terminal.ts';
import { guide, play, proceed, readOn, ready, screenOf } from './screen-rig.ts';
import { buildStillTool, type StillTool } from './still-tool.ts';

let tool: StillTool;
beforeAll(async () => {
  tool = await buildStillTool();
});
afterAll(() => tool.remove());

const book = `---
title: Restart the 東京 cache 🚀
owner: team-cache
severity: SEV2
estimate: 5m
inputs:
  TOKEN: { secret: { env: TOKEN } }
  TARGET: { default: staging }
---
# Restart the cache

The cache of \`TARGET\` is restarted, **one** node at a time.

> [!WARNING]
> Readers see old values for a minute.

## Preconditions

\`\`\`sh {name=reachable}
echo reachable
\`\`\`

## Steps

### Drain the node

| node | zone |
|------|------|
| ü-1  | 東京 |

\`\`\`sh {name=drain}
echo "draining $TARGET with $TOKEN" | sed 's/with.*/with a token/'
printf '\\033[32mdone\\033[0m 日本\\n'
\`\`\`

### Restart it

\`\`\`sh {name=restart}
echo "no route to cache-1" >&2
exit 3
\`\`\`

### Tell the others

- [ ] The channel knows
- [ ] The status page is quiet
`;

const env = { TOKEN: 'hunter2hunter2' };

test('leads through a run at 80 × 24', async () => {
  const { terminal } = await guide(book, { cols: 80, rows: 24, env, program: tool.path });
  await play(terminal, ['Change what you need', keys.enter]);
  await ready(terminal, 'Begin?', 'Readers see');
  expect(screenOf(terminal)).toMatchInlineSnapshot(`
    "
    Restart the 東京 cache 🚀                                         SEV2 · 4 steps
    team-cache · about 5 min
    ────────────────────────────────────────────────────────────────────────────────
    4 steps: 1 in preconditions and 3 in steps. The preconditions are checked first;
    nothing is changed before every one of them holds.

    This runbook has no validation and no rollback section: nothing is checked at
    the end and a failure cannot be undone from here.

    ! this runbook is new to you: you have not run it before

    Its inputs:
      TOKEN   (secret)
      TARGET  staging  (default)

    The cache of TARGET is restarted, one node at a time.

    │ Warning
    │ Readers see old values for a minute.


    ────────────────────────────────────────────────────────────────────────────────
    Nothing has been run yet. Begin?
    Enter begin   q leave   ← previous   → next   Tab steps   G guards   ? help
    "
  `);
  await play(terminal, ['Begin?', keys.enter]);
  await ready(terminal, 'Run `drain`?', 'output of `reachable`');
  expect(screenOf(terminal)).toMatchInlineSnapshot(`
    "
    Restart the 東京 cache 🚀                                             SEV2 · 1/4
    team-cache · ada@host · 00:00 of about 5 min · 20260101-000000-abcd
    ────────────────────────────────────────────────────────────────────────────────
    Step 2 of 4  Drain the node                                                Steps

    node │ zone
    ─────┼─────
    ü-1  │ 東京

    › echo "draining $TARGET with $TOKEN" | sed 's/with.*/with a token/'
    │ printf '\\033[32mdone\\033[0m 日本\\n'
      TARGET=staging
      TOKEN=******
      sh · no undo





    ── output of \`reachable\` · 1 line ──────────────────────────────────────────────
    reachable
    ── ✔ reachable passed in 0 ms · 1 line ─────────────────────────────────────────
    Run \`drain\`?
    Enter run it   s skip   e edit   d done by hand   n note   a run all   ? help
    "
  `);
  await play(terminal, ['Run `drain`?', keys.enter]);
  await ready(terminal, 'Run `restart`?', 'output of `drain`', 'done 日本');
  expect(screenOf(terminal)).toMatchInlineSnapshot(`
    "
    Restart the 東京 cache 🚀                                             SEV2 · 2/4
    team-cache · ada@host · 00:00 of about 5 min · 20260101-000000-abcd
    ────────────────────────────────────────────────────────────────────────────────
    Step 3 of 4  Restart it                                                    Steps

    › echo "no route to cache-1" >&2
    │ exit 3
      sh · no undo










    ── output of \`drain\` · 2 lines ─────────────────────────────────────────────────
    draining staging with a token
    done 日本
    ── ✔ drain passed in 0 ms · 2 lines ────────────────────────────────────────────
    Run \`restart\`?
    Enter run it   s skip   e edit   d done by hand   n note   a run all   ? help
    "
  `);
  await play(terminal, ['Run `restart`?', keys.enter]);
  await ready(terminal, '`restart` failed', '─ output · 1 line');
  expect(screenOf(terminal)).toMatchInlineSnapshot(`
    "
    Restart the 東京 cache 🚀                                             SEV2 · 2/4
    team-cache · ada@host · 00:00 of about 5 min · 20260101-000000-abcd
    ────────────────────────────────────────────────────────────────────────────────
    › echo "no route to cache-1" >&2
    │ exit 3
      sh · no undo
      ✘ failed in 0 ms: exit 3 · 1 line
    ── output · 1 line ─────────────────────────────────────────────────────────────
    no route to cache-1
    ── ✘ \`restart\` failed: exit 3 ──────────────────────────────────────────────────
    › o  output           all of its output, to scroll and search
      r  run again        the same command once more
      e  edit, run again  change the command, then run it; the change is recorded
      d  done by hand     you did it yourself; the run goes on, your note is kept
      s  skip             skip it and go on; say why
      c  go on            go on with the next step; the run counts as failed
      b  roll back        show what would be undone, and ask
      p  pause            leave now; \`runsheet resume\` comes back to this question
      q  stop             end the run as failed; nothing is undone
      !  shell            a shell in the run's environment; its changes carry on
      n  note             write something down for the record
    ── ✘ restart failed in 0 ms: exit 3 · 1 line ───────────────────────────────────
    \`restart\` failed. What now?
    ↑↓ choose   Enter do it   o output   ← previous   Tab steps   ? help
    "
  `);
  await play(terminal, ['What now?', 'c']);
  await ready(terminal, 'Tick what is done', 'output of `restart`');
  expect(screenOf(terminal)).toMatchInlineSnapshot(`
    "
    Restart the 東京 cache 🚀                                             SEV2 · 3/4
    team-cache · ada@host · 00:00 of about 5 min · 20260101-000000-abcd
    ────────────────────────────────────────────────────────────────────────────────
    Step 4 of 4  Tell the others                                               Steps

    › [ ] The channel knows
      [ ] The status page is quiet












    ── output of \`restart\` · 1 line ────────────────────────────────────────────────
    no route to cache-1
    ── › go on, decided by ada@host ──────────────────────────────────────────────────
    Tick what is done: 0 of 2
    Space tick   Enter done   s skip   n note   ! shell   p pause   q stop   ? help
    "
  `);
  await play(
    terminal,
    ['0 of 2', ' '],
    ['1 of 2', ' '],
    ['Enter done', keys.enter],
    ['The run failed', keys.enter],
  );
  expect((await terminal.ended).exitCode).toBe(1);
  expect(terminal.buffer).toBe('normal');
  expect(screenOf(terminal)).toMatchInlineSnapshot(`
    "
    note: this runbook is new to you: you have not run it before
    Restart the 東京 cache 🚀
    ✘ The run failed after 0 ms, estimated 5 min
    failed, and the run continued: \`restart\`
    3 of 4 steps done and 1 failed

    ✘ Restart it: failed in 0 ms: exit 3 · 1 line
    ✔ Tell the others: done, confirmed by ada@host
















    "
  `);
});

test('shows the steps beside the text at 120 × 40', async () => {
  const { terminal } = await guide(book, { cols: 120, rows: 40, env, program: tool.path });
  await play(terminal, ['Change what you need', keys.enter]);
  await play(terminal, ['Begin?', keys.enter], ['Run `drain`?', keys.enter], ['Run `restart`?', keys.enter]);
  await ready(terminal, '`restart` failed', '─ output · 1 line');
  expect(screenOf(terminal)).toMatchInlineSnapshot(`
    "
    Restart the 東京 cache 🚀                                                                                     SEV2 · 2/4
    team-cache · ada@host · 00:00 of about 5 min · 20260101-000000-abcd
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    Preconditions                       │ Step 3 of 4  Restart it                                                      Steps
     ✔ reachable                   0 ms │
    Steps                               │ › echo "no route to cache-1" >&2
     ✔ Drain the node              0 ms │ │ exit 3
     ✘ Restart it                  0 ms │   sh · no undo
     · Tell the others                  │   ✘ failed in 0 ms: exit 3 · 1 line
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │ ── output · 1 line ───────────────────────────────────────────────────────────────
                                        │ no route to cache-1
                                        │ ── ✘ \`restart\` failed: exit 3 ────────────────────────────────────────────────────
                                        │ › o  output           all of its output, to scroll and search
                                        │   r  run again        the same command once more
                                        │   e  edit, run again  change the command, then run it; the change is recorded
                                        │   d  done by hand     you did it yourself; the run goes on, your note is kept
                                        │   s  skip             skip it and go on; say why
                                        │   c  go on            go on with the next step; the run counts as failed
                                        │   b  roll back        show what would be undone, and ask
                                        │   p  pause            leave now; \`runsheet resume\` comes back to this question
                                        │   q  stop             end the run as failed; nothing is undone
                                        │   !  shell            a shell in the run's environment; its changes carry on
                                        │   n  note             write something down for the record
    ── ✘ restart failed in 0 ms: exit 3 · 1 line ───────────────────────────────────────────────────────────────────────────
    \`restart\` failed. What now?
    ↑↓ choose   Enter do it   o output   ← previous   Tab steps   ? help
    "
  `);
  await play(terminal, ['What now?', keys.left]);
  await ready(terminal, 'Looking at `drain`', 'draining staging');
  expect(screenOf(terminal)).toMatchInlineSnapshot(`
    "
    Restart the 東京 cache 🚀                                                                                     SEV2 · 2/4
    team-cache · ada@host · 00:00 of about 5 min · 20260101-000000-abcd
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    Preconditions                       │ Step 2 of 4  Drain the node                                                  Steps
     ✔ reachable                   0 ms │
    Steps                               │ node │ zone
    •✔ Drain the node              0 ms │ ─────┼─────
     ✘ Restart it                  0 ms │ ü-1  │ 東京
     · Tell the others                  │
                                        │ › echo "draining $TARGET with $TOKEN" | sed 's/with.*/with a token/'
                                        │ │ printf '\\033[32mdone\\033[0m 日本\\n'
                                        │   TARGET=staging
                                        │   TOKEN=******
                                        │   sh · no undo
                                        │   ✔ passed in 0 ms · 2 lines
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │ ── output · 2 lines ──────────────────────────────────────────────────────────────
                                        │ draining staging with a token
                                        │ done 日本
    ── ✘ restart failed in 0 ms: exit 3 · 1 line ───────────────────────────────────────────────────────────────────────────
    Looking at \`drain\`; the run waits at \`restart\`
    Esc back   g go here   n note   o output   ← previous   → next   Tab steps   G guards   ? help
    "
  `);
  terminal.type('\x03');
  expect((await terminal.ended).exitCode).toBe(130);
});

test('stays usable at 40 × 12', async () => {
  const { terminal } = await guide(book, { cols: 40, rows: 12, env, program: tool.path });
  await play(terminal, ['Change what you need', keys.enter]);
  await ready(terminal, 'read on');
  await readOn(terminal);
  await play(terminal, ['Enter begin', keys.enter]);
  await ready(terminal, 'Run `drain`?', '─ output of `reachable`');
  expect(screenOf(terminal)).toMatchInlineSnapshot(`
    "
    Restart the 東京 cache 🚀     SEV2 · 1/4
    00:00 · 20260101-000000-abcd
    Step 2 of 4  Drain the node        Steps

    node │ zone
    ─────┼─────
    ü-1  │ 東京
    ── output of \`reachable\` · 1 line ──────
    reachable
    ── ✔ reachable passed in 0 ms · 1 line ─
    Run \`drain\`?
    Space read on   s skip   e edit   ? help
    "
  `);
  await proceed(terminal, 'Run `drain`?');
  await proceed(terminal, 'Run `restart`?');
  await ready(terminal, '`restart` failed. What now?', '─ output · 1 line');
  expect(screenOf(terminal)).toMatchInlineSnapshot(`
    "
    Restart the 東京 cache 🚀     SEV2 · 2/4
    00:00 · 20260101-000000-abcd
    › echo "no route to cache-1" >&2
    ── output · 1 line ───── text: 3 more ──
    no route to cache-1
    ── ✘ \`restart\` failed: exit 3 · 8 more ─
    › o  output           all of its output…
      r  run again        the same command …
      e  edit, run again  change the comman…
    ── ✘ restart failed in 0 ms: exit 3 · …
    \`restart\` failed. What now?
    ↑↓ choose   Enter do it   ? help
    "
  `);
  terminal.type(keys.tab);
  await ready(terminal, 'Preconditions');
  expect(screenOf(terminal)).toMatchInlineSnapshot(`
    "
    Restart the 東京 cache 🚀     SEV2 · 2/4
    00:00 · 20260101-000000-abcd
    Preconditions
     ✔ reachable                       0 ms
    Steps
     ✔ Drain the node                  0 ms
    •✘ Restart it                      0 ms
     · Tell the others

    ── ✘ restart failed in 0 ms: exit 3 · …
    \`restart\` failed. What now?
    ↑↓ choose   Enter look   g go there
    "
  `);
  terminal.type(keys.tab);
  await play(terminal, ['What now?', 's']);
  await ready(terminal, 'Why is it skipped?');
  terminal.type('not today');
  await ready(terminal, '> not today');
  expect(screenOf(terminal)).toMatchInlineSnapshot(`
    "
    Restart the 東京 cache 🚀     SEV2 · 2/4
    00:00 · 20260101-000000-abcd
    › echo "no route to cache-1" >&2
    │ exit 3
      sh · no undo
    ── output · 1 line ───── text: 1 more ──
    no route to cache-1
    ── Why is it skipped? ──────────────────
    > not today
    ── ✘ restart failed in 0 ms: exit 3 · …
    \`restart\` failed. What now?
    Enter done   Esc cancel
    "
  `);
  terminal.type(`${keys.escape}\x03`);
  expect((await terminal.ended).exitCode).toBe(130);
});
