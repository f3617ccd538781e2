// Owns the warning that no output can meet the expectations of a block.
import type { Expectation } from '../../expectation.ts';
import { allBlocks, type LintRule } from '../lint-rule.ts';
import { openingSpan } from '../span-of-text.ts';

export const cannotMatch: LintRule = {
  code: 'cannot-match',
  severity: 'warning',
  summary: 'no output can meet the expectations of a block',
  explanation:
    'A block whose expectations contradict each other fails whatever it prints: a range such as `20..10`, bounds that leave no number between them, a text that is expected and forbidden. In a pattern `^` and `$` are the beginning and the end of the whole output; with `m` after it, those of a line: `/ready$\\ndone/m`.',
  examples: {
    good: [
      '## Steps\n\n```sh {expect-number=10..20 expect-number=!=15}\necho 12\n```\n',
      '## Steps\n\n```sh {expect-number=>=3 expect-number=<=3}\necho 3\n```\n',
      '## Steps\n\n```sh {expect=/a$\\nb/m expect=/^a\\n(?:^b|c)/}\nprintf "a\\nb"\n```\n',
      '## Steps\n\n```sh {expect=ok expect!="not ok"}\necho ok\n```\n',
    ],
    bad: [
      '## Steps\n\n```sh {expect-number=20..10}\necho 12\n```\n',
      '## Steps\n\n```sh {expect-number=>5 expect-number=<=5}\necho 12\n```\n',
      '## Steps\n\n```sh {expect="not ok" expect!=ok}\necho ok\n```\n',
      '## Steps\n\n```sh {expect=/a$\\nb/}\nprintf "a\\nb"\n```\n',
      '## Steps\n\n```sh {expect=/a\\n^b/}\nprintf "a\\nb"\n```\n',
    ],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ block }) => {
      const expected = block.runnable ? (block.attributes.expect ?? []) : [];
      const why = contradiction(expected) ?? noNumber(expected) ?? noLine(expected);
      if (why === undefined) return [];
      return [
        {
          code: cannotMatch.code,
          severity: cannotMatch.severity,
          message: why,
          span: openingSpan(runbook, block),
        },
      ];
    }),
};

function contradiction(expected: readonly Expectation[]): string | undefined {
  const texts = expected.filter((one) => one.type === 'text');
  for (const wanted of texts.filter(({ negated }) => !negated)) {
    const forbidden = texts.find(
      (one) => one.negated && one.stream === wanted.stream && wanted.text.includes(one.text),
    );
    if (forbidden !== undefined)
      return `what holds \`${wanted.text}\` holds \`${forbidden.text}\`, which is forbidden`;
  }
  return undefined;
}

interface Bound {
  readonly value: number;
  /** Whether the number itself is allowed. */
  readonly isIn: boolean;
}

function noNumber(expected: readonly Expectation[]): string | undefined {
  const comparisons = expected.flatMap((one) => (one.type === 'number' ? [one.comparison] : []));
  const lower: Bound[] = [];
  const upper: Bound[] = [];
  for (const comparison of comparisons) {
    const [, from, to] = /^(-?[\d.]+?)\s*\.\.\s*(-?[\d.]+)$/.exec(comparison) ?? [];
    const [, operator = '', number] = /^([<>=!]+)\s*(-?[\d.]+)%?$/.exec(comparison) ?? [];
    if (from !== undefined) lower.push({ value: Number(from), isIn: true });
    if (to !== undefined) upper.push({ value: Number(to), isIn: true });
    if (number === undefined || operator === '!=') continue;
    const bound = { value: Number(number), isIn: operator.includes('=') };
    if (operator !== '<' && operator !== '<=') lower.push(bound);
    if (operator !== '>' && operator !== '>=') upper.push(bound);
  }
  const isEmpty = lower.some((low) =>
    upper.some((high) => low.value > high.value || (low.value === high.value && !(low.isIn && high.isIn))),
  );
  return isEmpty ? `no number is ${comparisons.map((one) => `\`${one}\``).join(' and ')}` : undefined;
}

/** `$` before a newline and `^` behind one hold only where they are those of a line. */
function noLine(expected: readonly Expectation[]): string | undefined {
  const found = expected.find(
    (one) =>
      one.type === 'regex' &&
      !one.negated &&
      !/[ms]/.test(one.flags) &&
      !/[|[]|\(\?/.test(one.source) &&
      /(?<!\\)\$\\n(?![?*{])|(?<!\\)\\n\^/.test(one.source),
  );
  return found?.type === 'regex'
    ? `\`/${found.source}/\` asks for a line after the end of the output; write \`m\` after it`
    : undefined;
}
