// Owns the error that a text of an event becomes part of a query or a request, whatever it is.
import { languageOf } from '../../../languages/languages.ts';
import type { LintRule } from '../lint-rule.ts';
import { allBlocks } from '../lint-rule.ts';
import { spanOfText } from '../span-of-text.ts';
import { fedInputs, takesAnyText } from './fed-inputs.ts';

export const eventInputInQuery: LintRule = {
  code: 'event-input-in-query',
  severity: 'error',
  isOfEvents: true,
  summary: 'any text of an event becomes part of a query or a request',
  explanation:
    'In blocks of SQL and HTTP a value is part of the text that is sent: whoever writes the event would write the query. Where an event gives such a value, `pattern` or `choices` of the input have to say what it can be. A run that people start takes no notice of it.',
  examples: {
    good: [
      "---\non: { webhook: }\ninputs: { USER_NAME: { from: event.user, pattern: '[a-z]+' } }\n---\n\n## Steps\n\n```http\nGET https://example.org/{{USER_NAME}}\n```\n",
    ],
    bad: [
      '---\non: { webhook: }\ninputs: { USER_NAME: { from: event.user } }\n---\n\n## Steps\n\n```http\nGET https://example.org/{{USER_NAME}}\n```\n',
    ],
  },
  check: (runbook) => {
    const fed = fedInputs(runbook).filter(takesAnyText);
    return allBlocks(runbook).flatMap(({ block }) => {
      const family = block.runnable ? languageOf(block.language ?? '')?.family : undefined;
      if (family !== 'sql' && family !== 'http') return [];
      return fed.flatMap(({ name }) => {
        const used = new RegExp(`(?:\\$\\{?|\\{\\{\\s*|:["']?)${name}\\b`).exec(block.code)?.[0];
        const placeholder = block.placeholders.find(({ variable }) => variable === name)?.text;
        const text = used ?? placeholder;
        if (text === undefined) return [];
        return [
          {
            code: eventInputInQuery.code,
            severity: eventInputInQuery.severity,
            message: `an event gives \`${name}\` its value, any text is taken, and it becomes part of this ${family === 'sql' ? 'query' : 'request'}`,
            span: spanOfText(runbook, block, text),
            help: `say what \`${name}\` can be: \`pattern: …\` or \`choices: […]\``,
          },
        ];
      });
    });
  },
};
