// Owns the warning that a block asks for something that its shell does not carry over from an earlier block.
import { languageOf } from '../../../languages/languages.ts';
import { isInBackground, readShell, wordText } from '../../../languages/shell/reader/read-shell.ts';
import type { ShellCode, ShellCommand } from '../../../languages/shell/reader/shell-code.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { Block, Runbook } from '../../runbook.ts';
import { allBlocks, commandsOf, isShell, type LintRule } from '../lint-rule.ts';
import { spanOfCode } from '../span-of-text.ts';

export const notCarried: LintRule = {
  code: 'not-carried',
  severity: 'warning',
  summary: 'a block uses a job or a descriptor of an earlier block, or history',
  explanation:
    'The blocks of a shell are one script, cut in pieces, but each piece is a process of its own: jobs that an earlier block has started go on without being jobs of this one, what `exec 3>file` has opened is closed when its block ends, and there is no history. Put what belongs together into one block. What is to go on beside the run can be a `background` block; `pid=$!` keeps the number of a job, for `kill "$pid"`.',
  examples: {
    good: [
      '## Steps\n\n```sh\nsleep 5 & sleep 4 &\nwait\n```\n',
      '## Steps\n\n```sh\nserve & pid=$!\n```\n\n```sh\nkill "$pid"\n```\n',
      '## Steps\n\n```sh\nexec 3> report; echo begin >&3\n```\n\n```sh\nexec 3>> report; echo end >&3\n```\n',
      '## Steps\n\n```sh\nwait\n```\n',
    ],
    bad: [
      '## Steps\n\n```sh\nload a & load b &\n```\n\n```sh\nwait\n```\n',
      '## Steps\n\n```sh\nserve &\n```\n\n```sh\ncurl localhost\nkill %1\n```\n',
      '## Steps\n\n```sh\nserve &\n```\n\n```sh\nkill $!\n```\n',
      '## Steps\n\n```sh\nexec 3> report\n```\n\n```sh\necho end >&3\n```\n',
      '## Steps\n\n```sh\nhistory | tail -1\n```\n',
    ],
  },
  check: (runbook) => {
    /** What earlier blocks have left that later ones have not: shells do not share it either. */
    const left = { jobs: false, descriptors: new Set<string>() };
    return allBlocks(runbook).flatMap(({ block }) => {
      if (!block.runnable || !isShell(block) || languageOf(block.language ?? 'sh')?.id === 'fish') return [];
      const shell = readShell(commandsOf(block));
      const own = { jobs: false, descriptors: new Set<string>() };
      const found: Diagnostic[] = [];
      for (const command of shell.commands) {
        const words = namedWords(shell, command);
        const opened = openedBy(shell, command);
        const asked = askedOfJobs(shell, command, words);
        if (asked !== undefined && left.jobs && !own.jobs)
          found.push(told(runbook, block, command, `${asked} knows no job of an earlier block`));
        for (const descriptor of descriptorsUsed(shell, command))
          if (!opened.has(descriptor) && !own.descriptors.has(descriptor) && left.descriptors.has(descriptor))
            found.push(
              told(
                runbook,
                block,
                command,
                `descriptor ${descriptor} was closed at the end of the block that opened it`,
              ),
            );
        if (words[0] === 'history' || words[0] === 'fc')
          found.push(told(runbook, block, command, `\`${words[0]}\` finds nothing: a run has no history`));
        own.jobs ||= isInBackground(command.pipeline);
        for (const descriptor of opened) own.descriptors.add(descriptor);
      }
      left.jobs ||= own.jobs;
      for (const descriptor of own.descriptors) left.descriptors.add(descriptor);
      return found.slice(0, 1);
    });
  },
};

function told(runbook: Runbook, block: Block, { start, end }: ShellCommand, message: string): Diagnostic {
  return {
    code: notCarried.code,
    severity: notCarried.severity,
    message,
    span: spanOfCode(runbook, block, start, end),
    help: 'put what belongs together into one block',
  };
}

/** The name of a command and its arguments; none where it is a part of a compound one. */
function namedWords(shell: ShellCode, { words }: ShellCommand): readonly string[] {
  return words
    .filter(({ role }) => role === 'name' || role === 'argument')
    .map((word) => wordText(shell, word));
}

/** How a command asks for jobs, in code for people; undefined where it does not. */
function askedOfJobs(
  shell: ShellCode,
  { start, end }: ShellCommand,
  [name = '', ...rest]: readonly string[],
): string | undefined {
  const asksAlways = ['wait', 'jobs', 'fg', 'bg', 'disown'].includes(name);
  const isNumber = rest.some((word) => /^(?:\d+|\$\{?[A-Za-z])/.test(word));
  if (asksAlways && !isNumber) return `\`${name}\``;
  const job = ['kill', 'wait', 'fg', 'bg', 'disown'].includes(name)
    ? rest.find((word) => /^%[\w%+-]*$/.test(word))
    : undefined;
  if (job !== undefined) return `\`${job}\``;
  if (!/\$(?:!|\{!\})/.test(shell.code.slice(start, end))) return undefined;
  const usesLast = shell.pieces.some(
    (piece) =>
      piece.start >= start &&
      piece.start < end &&
      piece.kind !== 'comment' &&
      /^\$(?:!|\{!\})/.test(shell.code.slice(piece.start, piece.start + 4)) &&
      (piece.kind === 'parameter' || piece.kind === 'expansion'),
  );
  return usesLast ? '`$!`' : undefined;
}

/** The descriptors from 3 on that `exec` opens for the rest of the shell. */
function openedBy(shell: ShellCode, { start, words, redirects }: ShellCommand): ReadonlySet<string> {
  const [first, ...rest] = words.filter(({ role }) => role !== 'redirect');
  if (first === undefined || rest.length > 0 || wordText(shell, first) !== 'exec') return new Set();
  return new Set(
    redirects.flatMap((redirect) => {
      const number = /\s([3-9]|\d\d+)$/.exec(shell.code.slice(start, redirect.start))?.[1];
      return number === undefined ? [] : [number];
    }),
  );
}

/** The descriptors from 3 on that a command duplicates. */
function descriptorsUsed(shell: ShellCode, { redirects }: ShellCommand): readonly string[] {
  return redirects.flatMap(({ start, operator }) => {
    if (operator !== '>&' && operator !== '<&') return [];
    const number = /^[<>]&([3-9]|\d\d+)(?![\d-])/.exec(shell.code.slice(start))?.[1];
    return number === undefined ? [] : [number];
  });
}
