// Owns the hint that words behind a block say what it prints, and that nothing compares the two.
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { Block, Part, Runbook } from '../../runbook.ts';
import { allSteps, type LintRule } from '../lint-rule.ts';
import { spanInPlace } from '../span-of-text.ts';

/** What is to be seen, in code: `should be 0`, `must say ok`, `Expected: 0`, `You should see Ready`. */
const expected =
  /\b(?:(?:should|must|has to|have to|needs? to|ought to)\s+(?:all\s+)?(?:be|show|print|return|say|contain|include|output|display|report|read|equal|see|have)\b|expected(?: (?:output|result|value|answer|response))?(?:\s+is)?\s*:|expect(?:ing)?(?: (?:to see|an?|the))?\b)[^.;`]{0,60}`([^`\n]+)`/i;

/** What it must not be, or need not. */
const isOther =
  /\b(?:not|n['’]t|never|no longer|no|unless|or|if|instead|replace|set|edit|file|named|called|identical|in|to|from|with|by|on)\b/i;

export const expectedInWords: LintRule = {
  code: 'expected-in-words',
  severity: 'hint',
  summary: 'a sentence behind a block says what it prints, and nothing compares it',
  explanation:
    'A block passes when it ends with 0, whatever it prints. A reader compares that with the words behind it; a run without a person does not. Say it to the run: `expect="ok"` or `expect=/regex/`, `expect-number="<10"` where a number is meant, or `expect=output` and a block labelled `output` behind it.',
  examples: {
    good: [
      '## Steps\n\n```sh {expect=active}\nsystemctl is-active web\n```\n\nIt should say `active`.\n',
      '## Steps\n\n```sh\nsystemctl is-active web\n```\n\nIt should not say `failed`.\n',
      '## Steps\n\n```sh\nsystemctl is-active web\n```\n\nThen look at `web.log`.\n',
      '## Steps\n\n```sh\n./plan\n```\n\nThe mode must be identical in `plan` and `apply`.\n',
    ],
    bad: [
      '## Steps\n\n```sh\nsystemctl is-active web\n```\n\nIt should say `active`.\n',
      '## Validation\n\n```sh\npsql -At -c "select count(*) from jobs"\n```\n\nExpected: `0`\n',
    ],
  },
  check: (runbook) =>
    allSteps(runbook).flatMap(({ parts }) =>
      parts.flatMap((part, index) => {
        const next = parts[index + 1];
        if (part.type !== 'block' || next?.type !== 'prose' || !isUnjudged(part.block)) return [];
        return told(runbook, next);
      }),
    ),
};

function isUnjudged({ runnable, expectedOutput, attributes }: Block): boolean {
  const { expect = [], captures = [], file, send, background, interactive } = attributes;
  const isJudged = expect.length > 0 || captures.length > 0 || expectedOutput !== undefined;
  return runnable && !isJudged && file === undefined && send === undefined && !background && !interactive;
}

/** Only the paragraph right behind the block is about it. */
function told(runbook: Runbook, { span: place }: Extract<Part, { type: 'prose' }>): readonly Diagnostic[] {
  const bytes = runbook.source.bytes.subarray(place.start, place.end);
  const [paragraph = ''] = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split(/\n[ \t>]*\n/);
  const [sentence, text = ''] = expected.exec(paragraph) ?? [];
  if (sentence === undefined || isOther.test(sentence.slice(0, sentence.indexOf('`')))) return [];
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(text);
  const written = isNumber ? `expect-number="=${text}"` : `expect=${JSON.stringify(text)}`;
  return [
    {
      code: expectedInWords.code,
      severity: expectedInWords.severity,
      message: 'these words say what the block above prints, and nothing compares it',
      span: spanInPlace(runbook, place, sentence),
      help: `say it to the run as well: \`${written}\``,
    },
  ];
}
