// Owns the warning that a block goes on, and passes, when one of its commands fails.
import { findUnheardCall } from '../../../languages/commands/find-unheard-call.ts';
import { languageOf } from '../../../languages/languages.ts';
import { isInBackground, readShell, wordText } from '../../../languages/shell/reader/read-shell.ts';
import type { ShellCode, ShellCommand } from '../../../languages/shell/reader/shell-code.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import { allBlocks, commandsOf, isShell, type LintRule } from '../lint-rule.ts';
import { spanOfCode } from '../span-of-text.ts';

const declaring: ReadonlySet<string> = new Set(['declare', 'export', 'local', 'readonly', 'typeset']);

/** They have no reason to fail. */
const untroubled: ReadonlySet<string> = new Set(
  'basename date dirname echo hostname id nproc openssl printf pwd seq uname uuidgen whoami'.split(' '),
);

/** Nor have these, of what they are given by another. */
const filters: ReadonlySet<string> = new Set('awk base64 cut head sed sort tail tr uniq wc'.split(' '));

export const unheardFailure: LintRule = {
  code: 'unheard-failure',
  severity: 'warning',
  summary: 'a block goes on when a command in it fails, because nothing asks how the command ended',
  explanation:
    'A block ends at its first failing command, as with `set -e`, and a shell then looks at what commands end with. `export NAME=$(command)` ends with what `export` ends with, which is 0; so do `local`, `declare`, `typeset` and `readonly`. Give the variable its value by itself, `NAME=$(command)`, which fails when the command does, and export it in a line of its own. A `wait` that names no job is 0 however the jobs ended: `wait "$pid"` is not. Other languages have calls of the kind: `subprocess.run(…)` of Python without `check=True`, `system` of Ruby and Perl.\n\nWhere bash or zsh run such a block and the command does fail, a step has passed, and its record says past what it went on; a precondition or a validation has failed.',
  examples: {
    good: [
      '## Steps\n\n```sh\nIP=$(dig +short db.example.com)\nexport IP\n```\n',
      '## Steps\n\n```sh\nexport STAMP=$(date +%F) ID="$(cat id || echo none)"\n```\n',
      '## Steps\n\n```sh {errexit=false}\nexport IP=$(dig +short db.example.com)\n```\n',
      '## Diagnosis\n\n```sh\nexport IP=$(dig +short db.example.com)\n```\n',
      '## Steps\n\n```sh\nload a & a=$!\nload b & b=$!\nwait "$a"; wait "$b"\n```\n',
      '## Steps\n\n```sh\nserve &\ncurl localhost\nkill $!; wait\n```\n',
      '## Steps\n\n```python\nimport subprocess\nsubprocess.run(["pg_dump", "shop"],\n               check=True)\n```\n',
    ],
    bad: [
      '## Steps\n\n```sh\nexport IP=$(dig +short db.example.com)\n```\n',
      '## Steps\n\n```bash\nfind_key() {\n  local key="$(vault read -field=key secret/db | tr -d x)"\n  echo "$key"\n}\nfind_key\n```\n',
      '## Steps\n\n```sh\nreadonly IP=`dig +short db.example.com`\n```\n',
      '## Steps\n\n```sh\nload a & load b &\nwait\n```\n',
      '## Steps\n\n```python\nimport subprocess\nsubprocess.run(["pg_dump", "shop"])\n```\n',
    ],
  },
  check: (runbook) => {
    const isPlain = runbook.frontMatter.errexit === false;
    return allBlocks(runbook).flatMap(({ step, block }) => {
      const { errexit = !isPlain } = { ...step.attributes, ...block.attributes };
      if (!block.runnable) return [];
      const { code, severity } = unheardFailure;
      const call = findUnheardCall(languageOf(block.language ?? 'sh')?.id ?? '', block.code);
      if (call !== undefined) {
        const { name, help, start, end } = call;
        const message = `\`${name}\` goes on when its program fails`;
        return [{ code, severity, message, span: spanOfCode(runbook, block, start, end), help }];
      }
      const looks = step.section === 'diagnosis' || step.section === 'cleanup' || block.inDiagnosis === true;
      if (!isShell(block) || !errexit || looks) return [];
      const shell = readShell(commandsOf(block));
      return shell.commands.flatMap((command): Diagnostic[] => {
        const found = passedOver(shell, command);
        if (found === undefined) return [];
        return [
          { code, severity, span: spanOfCode(runbook, block, startOf(command), command.end), ...found },
        ];
      });
    });
  },
};

function passedOver(shell: ShellCode, command: ShellCommand): { message: string; help: string } | undefined {
  const words = command.words.map((word) => ({ role: word.role, text: wordText(shell, word) }));
  const name = words.find(({ role }) => role === 'name')?.text ?? '';
  if (name === 'wait' && words.at(-1)?.role === 'name' && waitsForAll(shell, command))
    return {
      message: '`wait` succeeds, however the jobs ended that it waits for',
      help: 'keep the number of each job, `pid=$!`, and say `wait "$pid"` for each',
    };
  if (!declaring.has(name)) return undefined;
  const inside = shell.commands.filter(
    ({ start, pipeline }) =>
      start > command.start && start < command.end && isWithin(pipeline, command.pipeline),
  );
  const isHandled = inside.some(({ pipeline: { terminator } }) => terminator === '||');
  const troubled = inside.find((one) => {
    const inner = nameOf(shell, one);
    return !untroubled.has(inner) && !(one.isPiped && filters.has(inner));
  });
  if (troubled === undefined || isHandled) return undefined;
  return {
    message: `\`${name}\` succeeds, also where \`${nameOf(shell, troubled)}\` fails`,
    help: 'give the variable its value in a line of its own, `NAME=$(…)`, which fails then',
  };
}

/** Whether it waits for jobs of its own block that nothing ends. */
function waitsForAll({ code, commands }: ShellCode, { start }: ShellCommand): boolean {
  return (
    commands.some((one) => one.start < start && isInBackground(one.pipeline)) &&
    !/\b(?:kill|trap)\b/.test(code)
  );
}

function isWithin(inner: ShellCommand['pipeline'], outer: ShellCommand['pipeline']): boolean {
  let at = inner.parent;
  while (at !== undefined && at !== outer) at = at.parent;
  return at !== undefined;
}

/** Behind keywords such as `do`. */
function startOf({ start, words }: ShellCommand): number {
  return words.find(({ role }) => role !== 'keyword')?.start ?? start;
}

function nameOf(shell: ShellCode, { words }: ShellCommand): string {
  const name = words.find(({ role }) => role === 'name');
  return name === undefined ? '' : wordText(shell, name);
}
