// Owns the hint that a block has the label of commands and is shown all the same, because it holds none.
import type { LintRule } from '../lint-rule.ts';
import { allBlocks } from '../lint-rule.ts';
import { openingSpan } from '../span-of-text.ts';

export const shownNotRun: LintRule = {
  code: 'shown-not-run',
  severity: 'hint',
  summary: 'a block is labelled as commands, and is shown and not run, because it holds none',
  explanation:
    'Output, tables, logs, configuration and the content of files are shown, whatever their label says: by the words right before the block ("Example output:", "Add this to `/etc/hosts`:"), or because none of its lines can be a command. What was typed into a client (`mysql> `, `>>> `) is for that client. Label it `text`, `output` or by its language; where it is commands, `run` says so:\n\n    ```sh {run}',
  examples: {
    good: ['## Steps\n\n```sh\nkubectl get pods\n```\n\nExample output:\n\n```text\nNAME   READY\n```\n'],
    bad: [
      '## Steps\n\n```sh\nkubectl get pods\n```\n\nExample output:\n\n```sh\nNAME   READY\nweb-0  1/1\n```\n',
      '## Steps\n\n```console\nmysql> select 1;\n```\n',
      '## Steps\n\nAdd this to `/etc/hosts`:\n\n```sh\n10.0.0.1 web1\n```\n',
    ],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ block }) =>
      block.shown === undefined
        ? []
        : [
            {
              code: shownNotRun.code,
              severity: shownNotRun.severity,
              message: `this is ${block.shown}, and is shown but not run`,
              span: openingSpan(runbook, block),
              help: 'label it `text`, or say `run` where it is commands',
            },
          ],
    ),
};
