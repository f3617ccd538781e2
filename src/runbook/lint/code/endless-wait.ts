// Owns the warning that a loop waits for something that may never come.
import { allBlocks, commandsOf, isShell, type LintRule } from '../lint-rule.ts';
import { spanOfCode } from '../span-of-text.ts';

const loop =
  /(?<=^|[;&|\n][ \t]*|\bdo[ \t]+)(?:while|until)[ \t]+([^\n]*?)(?:;|\n)[ \t]*do\b([\s\S]*?)(?<=[;\n][ \t]*)done\b/g;

/** Something in a loop that ends it by itself: it counts, looks at a clock, reads what comes to an end, or leaves. */
const ends =
  /\b(?:break|exit|return|read|SECONDS|timeout|getopts|shift|let|expr|seq)\b|\(\(|-(?:lt|le|gt|ge)\b|\bdate\b|\+=|\bkill -0\b|\bpgrep\b/;

export const endlessWait: LintRule = {
  code: 'endless-wait',
  severity: 'warning',
  summary: 'a loop waits for something, and nothing ends it if that never happens',
  explanation:
    'A run waits for each block, so a deployment that never becomes healthy holds it until somebody looks. Give the block `timeout=10m`; or, better, ask once and let the run ask again, which shows each attempt: `retries=30 interval=10s`, with `interval=1s..30s` to ask less and less often.',
  examples: {
    good: [
      '## Steps\n\n```sh {timeout=5m}\nuntil curl -sf localhost/health; do sleep 1; done\n```\n',
      '## Steps\n\n```sh\nn=0\nuntil curl -sf localhost; do n=$((n+1)); sleep 1; done\n```\n',
      '## Steps\n\n```sh {retries=30 interval=10s}\ncurl -sf localhost/health\n```\n',
      '## Steps\n\n```sh\nwhile read -r node; do echo "$node"; sleep 1; done < nodes\n```\n',
    ],
    bad: [
      '## Steps\n\n```sh\nuntil curl -sf localhost/health; do sleep 1; done\n```\n',
      '## Steps\n\n```sh\nwhile ! nc -z db 5432\ndo\n  echo waiting\n  sleep 2\ndone\n```\n',
    ],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ step, block }) => {
      const { background, interactive, timeoutMs } = { ...step.attributes, ...block.attributes };
      if (!block.runnable || !isShell(block) || background || interactive || timeoutMs !== undefined)
        return [];
      const code = commandsOf(block);
      if (!code.includes('sleep')) return [];
      for (const { index, 0: whole, 1: condition = '', 2: body = '' } of code.matchAll(loop)) {
        const line = code.slice(code.lastIndexOf('\n', index) + 1, index);
        if (!/\bsleep\b/.test(body) || ends.test(condition) || ends.test(body) || /#|timeout/.test(line))
          continue;
        return [
          {
            code: endlessWait.code,
            severity: endlessWait.severity,
            message: 'this loop waits until it is true, however long that takes',
            span: spanOfCode(runbook, block, index, index + whole.length),
            help: 'give the block `timeout=…`, or ask once and say `retries=… interval=…`',
          },
        ];
      }
      return [];
    }),
};
