// Owns the warning that a `check` says of a block that it is done already, always.
import { alwaysHolds } from '../../../languages/commands/why-no-condition.ts';
import { allBlocks, allSteps, type LintRule } from '../lint-rule.ts';
import { openingSpan, spanInPlace } from '../span-of-text.ts';

export const alwaysDone: LintRule = {
  code: 'always-done',
  severity: 'warning',
  summary: 'a `check` always holds, so that its block never runs',
  explanation:
    '`check` asks whether a block is done already: where it ends with 0, the block does not run, and the run goes on as if it had. `true`, `:`, `exit 0` and a mere `echo` always do. Write a command that succeeds where it is done, such as `test -e /srv/app/done`; leave something out with `when=false`.',
  examples: {
    good: [
      '## Steps\n\n```sh {check="test -e done" when=true}\ntouch done\n```\n',
      '## Steps\n\n```sh {check="echo x | grep -q y"}\ntouch done\n```\n',
    ],
    bad: [
      '## Steps\n\n```sh {check=true}\ntouch done\n```\n',
      '## Steps\n\n### Go {check="echo done"}\n\n```sh\ntouch done\n```\n',
    ],
  },
  check: (runbook) => {
    const places = [
      ...allBlocks(runbook).map(
        ({ block }) => [block.attributes.check, openingSpan(runbook, block)] as const,
      ),
      ...allSteps(runbook).map((step) => [step.attributes.check, step.headingSpan] as const),
    ];
    return places.flatMap(([check, place]) =>
      check === undefined || place === undefined || !alwaysHolds(check)
        ? []
        : [
            {
              code: alwaysDone.code,
              severity: alwaysDone.severity,
              message: '`check` always holds, so that nothing of this ever runs',
              span: spanInPlace(runbook, place, check),
              help: 'write a command that succeeds where it is done already; `when=false` leaves something out',
            },
          ],
    );
  },
};
