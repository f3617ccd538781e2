// Owns reading what a bash told of its end: which command ended the block, and the state it left.

import { asksForClock, clock } from '../../../languages/shell/asks-for-clock.ts';
import { bashDialect, hookMark } from '../../../languages/shell/bash-dialect.ts';
import { type ByteText, fromByteText } from '../../../languages/shell/byte-text.ts';
import type { BlockEnd, ShellDump } from '../../../languages/shell/shell-dialect.ts';
import { chosenOptions } from '../../../languages/shell/shell-state.ts';
import { lineInBlock } from '../../../languages/shell/unheard-failure.ts';
import { type BashText, listsTraps, setsDebugTrap, strictOptions, tellsFailure } from './bash-code.ts';

/** Sections of a dump, and what follows the last NUL. */
const sectionsOfDump = 16;

/**
 * Reads what came through the state pipe. The dump that counts is the last; it may be told like `last`, and holds what is
 * ours, see `withoutOurs`.
 */
export function readBashEnd(sections: readonly ByteText[], last?: ShellDump): BlockEnd {
  const dump = bashDialect.parseDump(sections.slice(-sectionsOfDump), last);
  const [word, command = '', lines = '', files = ''] = sections;
  const line = word === 'failed' ? lineInBlock(lines, files) : undefined;
  return {
    ...(dump !== undefined && { dump }),
    ...(line !== undefined && { failedAt: { line, command: fromByteText(command) } }),
  };
}

/** The same, and what is carried on, where the exit code is known elsewhere. */
export function readBashBlock(sections: readonly ByteText[], job: BashText): BlockEnd {
  const { dump = afterOwnTrap(job), failedAt } = readBashEnd(sections);
  const status = dump === undefined || Number.isNaN(dump.status) ? 0 : dump.status;
  return {
    ...(dump !== undefined &&
      job.keepState && {
        dump: { ...withoutOurs(dump, job, status), status: dump.status },
      }),
    ...(failedAt !== undefined && { failedAt }),
  };
}

/** The state that later blocks start from, after what was ours has been taken out. */
export function withoutOurs(dump: ShellDump, job: BashText, status: number | null): ShellDump {
  const { state } = dump;
  const options = new Set(state.options);
  if (tellsFailure(job) && !job.state.options.has('set:errtrace')) options.delete('set:errtrace');
  if (setsDebugTrap(job) && !job.state.options.has('set:functrace')) options.delete('set:functrace');
  const more = new Map(state.more);
  const keep = (kind: string): void => {
    const before = job.state.more.get(kind);
    if (before === undefined) more.delete(kind);
    else more.set(kind, before);
  };
  if (job.strict) keep(chosenOptions);
  else {
    const chosen = strictOptions.filter((option) => options.has(option));
    if (chosen.length > 0) more.set(chosenOptions, chosen.join(' '));
    // Where the shell's plain way was for this block only, what it left off says nothing.
    for (const option of strictOptions) if (job.state.options.has(option)) options.add(option);
  }
  // It has been told before the EXIT trap of the author's, which then ran.
  if (Number.isNaN(dump.status)) more.delete('exit-trap');
  else if (more.get('exit-trap')?.includes(hookMark) === true) keep('exit-trap');
  // A function hides what the block itself was given.
  if (more.get('arguments')?.endsWith(' ?') === true) keep('arguments');
  if (dump.clock !== undefined && asksForClock(job.code, job.state)) more.set(clock, dump.clock);
  if (status !== null && status !== 0) more.set('status', String(status));
  return { ...dump, status: status ?? 0, state: { ...state, options, more } };
}

/** Where the shell told nothing because the EXIT trap was the author's from the start, that one has run. */
export function afterOwnTrap(job: BashText): ShellDump | undefined {
  if (!job.keepState || !listsTraps(job) || !job.state.more.has('exit-trap')) return undefined;
  const more = new Map(job.state.more);
  more.delete('exit-trap');
  return { status: 0, hidden: [], state: { ...job.state, more } };
}
