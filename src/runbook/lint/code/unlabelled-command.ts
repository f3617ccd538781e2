// Owns the hint that commands stand in a block without a label, among other lines.
import { looksLikeCommand } from '../../../languages/recognition/looks-like-command.ts';
import type { LintRule } from '../lint-rule.ts';
import { allBlocks } from '../lint-rule.ts';
import { openingSpan } from '../span-of-text.ts';

export const unlabelledCommand: LintRule = {
  code: 'unlabelled-command',
  severity: 'hint',
  summary: 'a code block without a label begins with a command',
  explanation:
    'A block without a language that is nothing but commands is asked about before it runs. One that begins with a command and goes on with other lines, such as its output, is shown and never run, because nobody can tell them apart. Put `$ ` before the commands and label it `console` to have them run, or `text` to say that it is not meant to be.',
  examples: {
    good: ['## Steps\n\n```sh\nkubectl get pods\n```\n', '## Steps\n\n```\nNAME   READY\nweb-0  1/1\n```\n'],
    bad: [
      '## Steps\n\n```\nkubectl get pods\nNAME   READY\nweb-0  1/1\n```\n',
      '## Steps\n\n    kubectl get pods\n    NAME   READY\n',
    ],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ block }) => {
      if (block.runnable || block.language !== undefined || block.attributes.run === false) return [];
      const first = block.code.split('\n').find((line) => /^\s*[^\s#]/.test(line));
      if (first === undefined || !looksLikeCommand(first)) return [];
      return [
        {
          code: unlabelledCommand.code,
          severity: unlabelledCommand.severity,
          message: 'this begins with a command, and is shown but not run',
          span: openingSpan(runbook, block),
          ...(block.fenced
            ? { label: 'label it `sh` or `console`, or `text`' }
            : { help: 'put it between ```` ```sh ```` and ```` ``` ```` to have it run' }),
        },
      ];
    }),
};
