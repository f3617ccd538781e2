// Owns one long run that is killed again and again at random moments and taken up until it is over.
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, chown } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { readJournal } from '../../../src/engine/journal/read-journal.ts';
import type { RunFolder } from '../../../src/engine/journal/run-folder.ts';
import { RunStore } from '../../../src/engine/journal/run-store.ts';
import { checkRecord } from '../../../src/engine/record/check-record.ts';
import { type Account, makeAccounts } from '../accounts.ts';
import { undisturbedText } from '../document-results.ts';
import { Rig, type Running } from '../rig.ts';
import { approveAll } from './approve-all.ts';

/** The tool alone, its process group, one of the shells below it, or all that it started. */
export const victims = ['tool', 'group', 'shell', 'everything'] as const;
export type Victim = (typeof victims)[number];

export interface KillPlan {
  /** True for a run whose last step fails, so that all is undone: it is then that it is killed. */
  readonly rollsBack: boolean;
  /** True for a run with gates, in a state folder that two accounts share: the other one approves what waits. */
  readonly hasGates?: boolean;
  /** The kills, one for each time that the tool is called, and when, in milliseconds. */
  readonly kills: readonly { readonly victim: Victim; readonly afterMs: number }[];
}

export interface KillEnd {
  /** Kills that found somebody. */
  readonly kills: number;
  readonly outcome: string;
  /** What the blocks have done, a line each. */
  readonly effects: readonly string[];
  /** Blocks of the run that passed and were started once more, but for those that only read. */
  readonly startedAgain: readonly string[];
  /** Blocks with a gate that were started without an approval of them since they were asked for. */
  readonly unapproved: readonly string[];
  readonly document: string;
  readonly journal: string;
  /** What anybody who looked at the record after a kill would have been told of as damage. */
  readonly damage: readonly string[];
  readonly stacks: readonly string[];
  /** How the tool was called, with the exit codes, for messages. */
  readonly calls: readonly string[];
}

/** Runs here what it is told to run on `web1`. */
const sshStandIn = `#!/bin/sh
while [ "$1" != web1 ]; do [ $# -gt 0 ] || exit 255; shift; done
shift; [ "$1" = -- ] && shift
exec sh -c "$*"
`;

const fence = (info: string, ...code: readonly string[]): string =>
  `\`\`\`${info}\n${code.join('\n')}\n\`\`\`\n`;

/** What a shell block has to find, whatever has been killed: variables, an array, a function and the folder. */
const isKept =
  '[ "$kept ${list[1]} $(greet you) ${PWD##*/} $(umask)" = "kept b c hello you place 0027" ] || exit 9';
const isKeptInside = '[ "$kept $inner $WHO ${PWD##*/}" = "kept inner web inside" ] || exit 9';

/** How long an approver lives that is killed, one after the other; most come to their end. */
const approverLivesMs = [undefined, 60, undefined, 150, undefined, 250];

/** Blocks that wait for an approval, where there are gates. */
const gated = new Set(['one', 'three', 'five', 'seven', 'undo-five', 'undo-one']);

/** A block that does its work once, in the middle of its time. */
function effect(name: string, before: string, info = 'sh', extra = ''): string {
  return fence(
    `${info} {name=${name} check="grep -qx ${name} $LOG" ${gated.has(name) ? 'GATE ' : ''}${extra}}`,
    before,
    'sleep 0.03',
    `echo ${name} >>"$LOG"`,
    'sleep 0.03',
  );
}

function undo(name: string): string {
  return `\n#### Rollback\n\n${effect(`undo-${name}`, isKept)}`;
}

function pages(rollsBack: boolean): Readonly<Record<string, string>> {
  const step = (title: string, ...parts: readonly string[]): string =>
    `### ${title}\n\n${parts.join('\n')}\n`;
  // Each page has a folder and a variable of its own, and has them again behind what it links to.
  const between = (name: string, next: string): string =>
    [
      `---\ninputs: { WHO: {} }\n---\n# Between\n\n## Steps\n`,
      fence(`sh {name=enter risk=read}`, `${name}=${name}`, `mkdir -p ${name} && cd ${name}`),
      step(`[Down](${next}) {name=down}`),
      step(
        'Back',
        fence(
          'sh {name=back risk=read}',
          `[ "$${name} $WHO \${PWD##*/}" = "${name} web ${name}" ] || exit 9`,
        ),
      ),
    ].join('\n');
  return {
    'upper.md': between('upper', 'lower.md'),
    'lower.md': between('lower', 'inside.md'),
    'inside.md': [
      '---\ninputs: { WHO: {} }\n---\n# Inside\n\n## Steps\n',
      fence('sh {name=enter risk=read}', 'inner=inner', 'mkdir -p inside && cd inside'),
      effect('four', isKeptInside),
    ].join('\n'),
    'long.md': [
      '---\nshell: bash\n---\n# Long\n\n## Preconditions\n',
      fence('sh {name=ready}', 'test -w "$LOG"'),
      '## Steps\n',
      step(
        'Settle',
        fence(
          'sh {name=settle risk=read}',
          ...["kept=kept; list=(a 'b c'); export OUT=out", 'greet() { echo "hello $1"; }'],
          ...['umask 027', 'mkdir -p place && cd place'],
        ),
      ),
      step('One', effect('one', isKept), undo('one')),
      step(
        'Beat',
        fence('sh {name=beat background risk=read}', 'while :; do : >"$LOG.beat"; sleep 0.1; done'),
      ),
      step(
        'Two',
        effect(
          'two',
          `${isKept}\nrm -f "$LOG.beat"; for i in {1..100}; do [ ! -e "$LOG.beat" ] || break; sleep 0.02; done; [ -e "$LOG.beat" ]`,
        ),
        undo('two'),
      ),
      step('There', fence('sh {name=there host=web1 risk=read}', 'there=there; cd /usr/share')),
      step('Three', effect('three', '[ "$there $PWD" = "there /usr/share" ] || exit 9', 'sh', 'host=web1')),
      step('[Inside](upper.md) {name=link GATE with.WHO=web}'),
      step('Five', effect('five', isKept), undo('five')),
      step('Token', fence('sh {name=token risk=read capture=HANDED}', 'echo token-1')),
      step(
        'Six',
        fence(
          'python {name=six check="grep -qx six $LOG"}',
          ...['import os', 'assert os.environ["HANDED"] + os.environ["OUT"] == "token-1out"'],
          'assert os.getcwd().endswith("/place")',
          'open(os.environ["LOG"], "a").write("six\\n")',
        ),
      ),
      step('Seven', effect('seven', `${isKept}\n[ "$HANDED" = token-1 ] || exit 9`), undo('seven')),
      step('Eight', effect('eight', '[ "$OUT $HANDED ${PWD##*/}" = "out token-1 place" ] || exit 9', 'dash')),
      ...(rollsBack ? [step('Nine', fence('sh {name=nine}', 'false'))] : []),
      '## Validation\n',
      fence('sh {name=all}', isKept, 'grep -c . "$LOG"'),
    ].join('\n'),
  };
}

/** Runs the story with these kills, then takes it up until it is over. */
export async function playKills({ rollsBack, hasGates = false, kills }: KillPlan): Promise<KillEnd> {
  const rig = await Rig.create();
  const log = rig.path('../home/log');
  await rig.write('../home/log', '');
  const ssh = await rig.write('../ssh', sshStandIn);
  await chmod(ssh, 0o755);
  const people = hasGates ? makeAccounts() : undefined;
  if (people) await rig.share(people.ada);
  for (const [name, text] of Object.entries(pages(rollsBack)))
    await rig.write(name, text.replaceAll(/ ?GATE/g, hasGates ? ' approve=1' : ''));
  if (people)
    for (const name of ['../home/log', ...Object.keys(pages(rollsBack))]) await give(rig, name, people.ada);
  const env = { RUNSHEET_SSH: ssh, LOG: log };
  const store = new RunStore(rig.stateFolder);
  const approver = people && approveAll(rig, { as: people.grace, livesMs: approverLivesMs });
  const who = people ? { as: people.ada, umask: '007' } : {};
  const calls: string[] = [];
  const stacks: string[] = [];
  const damage: string[] = [];
  const left = [...kills];
  let found = 0;
  // Each kill may cost a call, and so may each that hit a shell, because the block has then failed.
  // Somebody who is answering a run that rests has it for a moment.
  for (let call = 0; call < kills.length * 2 + (hasGates ? 40 : 3); call += 1) {
    const newest = store.list().find(({ folder }) => store.hasBegun(folder));
    const { status, outcome } = newest?.summary ?? {};
    if (status === 'ended' && outcome === (rollsBack ? 'rolled-back' : 'succeeded')) break;
    const goesOn = outcome === 'rollback-failed' ? 'rollback' : 'resume';
    const args = newest === undefined ? ['run', 'long.md'] : [goesOn, newest.id];
    const options =
      goesOn === 'rollback' && newest
        ? ['--yes']
        : ['--yes', ...(rollsBack && !newest ? ['--on-failure', 'rollback'] : [])];
    const running = rig.start([...args, ...options], { env, ...who });
    const kill = left.shift();
    if (kill !== undefined) {
      if (rollsBack && newest === undefined) await running.waitFor(/rollback started/);
      if (await killAfter(running, kill, rig)) found += 1;
    }
    const ended = await running.ended;
    calls.push(
      `${args[0]} ${kill ? `${kill.victim}@${kill.afterMs} ` : ''}${ended.exitCode ?? ended.signal}`,
    );
    for (const { folder } of store.list().filter((one) => store.hasBegun(one.folder)))
      damage.push(...damageOf(folder));
    if (/\n\s+at .*\.[cm]?js/.test(ended.stderr)) stacks.push(ended.stderr);
  }
  await approver?.stop();
  const [run] = store.list().filter(({ folder }) => store.hasBegun(folder));
  const verified = await rig.run(['verify', `${run?.id}`]);
  if (verified.exitCode !== 0) damage.push(verified.stderr);
  const journal = run === undefined ? undefined : readJournal(run.folder.journal);
  const end: KillEnd = {
    kills: found,
    outcome: `${run?.summary?.status} ${run?.summary?.outcome}`,
    effects: (await rig.file('../home/log')).trim().split('\n'),
    startedAgain: startedAgain(journal?.events ?? []),
    unapproved: unapproved(journal?.events ?? []),
    document: pageText(await rig.file('long.md')),
    journal: journal?.state.type ?? 'none',
    damage,
    stacks,
    calls,
  };
  await rig.remove();
  return end;
}

function damageOf(folder: RunFolder): readonly string[] {
  const flaws = checkRecord(folder, readJournal(folder.journal));
  return flaws.filter(({ type }) => type === 'damage').map(({ text }) => text);
}

/** What is the same whoever was killed; that the block in the background was, is told. */
function pageText(document: string): string {
  return undisturbedText(document)
    .replace(/\*\*failed\*\* in [^·]*/g, '**failed** ')
    .replace(/^> ✘ \*\*failed\*\* · in the background, (?:ended by SIGKILL|exit 137).*$/m, '> ✔');
}

/** Whether somebody was there to be killed. */
async function killAfter(
  running: Running,
  { victim, afterMs }: KillPlan['kills'][number],
  rig: Rig,
): Promise<boolean> {
  const isOver = await Promise.race([sleep(afterMs, false), running.ended.then(() => true)]);
  if (isOver) return false;
  const below = processesOf(rig);
  const shells = below.filter(
    ({ name, pid }) => /^(?:bash|dash|sh|python3?)$/.test(name) && pid !== running.pid,
  );
  switch (victim) {
    case 'tool':
      return signal(running.pid);
    case 'group':
      return signal(-running.pid);
    case 'shell':
      return signal(shells[afterMs % Math.max(shells.length, 1)]?.pid);
    case 'everything':
      return below.map(({ pid }) => signal(pid)).includes(true);
  }
}

function signal(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** The tool and all that it has started. */
function processesOf(rig: Rig): { readonly pid: number; readonly name: string }[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const isOurs = readFileSync(`/proc/${pid}/environ`, 'latin1').includes(
        `TMPDIR=${rig.temporaryFolder}\0`,
      );
      return isOurs ? [{ pid: Number(pid), name: readFileSync(`/proc/${pid}/comm`, 'latin1').trim() }] : [];
    } catch {
      return [];
    }
  });
}

/** Addresses of blocks with an effect that were started when they had passed. */
function startedAgain(
  events: readonly { readonly event: { readonly type: string; readonly address?: string } }[],
): string[] {
  const passed = new Set<string>();
  const again: string[] = [];
  for (const { event } of events) {
    const { type, address = '' } = event;
    if (type === 'BlockStarted' && passed.has(address)) again.push(address);
    if (type === 'BlockPassed') passed.add(address);
  }
  const mayRead = /^(?:ready|settle|beat|there|token|all|link\/enter)$/;
  return again.filter((address) => !mayRead.test(address));
}

/** Addresses of what was begun behind a gate that nobody had opened, or that was not compared with what runs. */
function unapproved(
  events: readonly {
    readonly event: {
      readonly type: string;
      readonly address?: string;
      readonly changed?: readonly string[];
    };
  }[],
): string[] {
  const open = new Map<string, 'asked' | 'given' | 'checked'>();
  return events.flatMap(({ event: { type, address = '', changed = [] } }) => {
    if (type === 'ApprovalRequested') open.set(address, 'asked');
    if (type === 'ApprovalGiven' && open.get(address) === 'asked') open.set(address, 'given');
    if (type === 'ApprovalChecked' && changed.length > 0) open.delete(address);
    if (type === 'ApprovalChecked' && open.get(address) === 'given') open.set(address, 'checked');
    const wasAsked = open.has(address) || gated.has(address) || address === 'link';
    return type === 'BlockStarted' && open.size > 0 && wasAsked && open.get(address) !== 'checked'
      ? [address]
      : [];
  });
}

async function give(rig: Rig, name: string, { uid, gid }: Account): Promise<void> {
  await chown(rig.path(name), uid, gid);
}
