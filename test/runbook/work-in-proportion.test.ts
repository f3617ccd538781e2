import { expect, test } from 'vitest';
import { compilePlan } from '../../src/run/planning/compile-plan.ts';
import { lintRunbook } from '../../src/runbook/lint/lint-runbook.ts';
import { squaresOf } from '../work-counts.ts';
import { first, pageShapes } from './page-shapes.ts';
import { parse } from './runbook-of.ts';

test.each(Object.entries(pageShapes))('%s', async (_, part) => {
  const work = (size: number) => {
    const text = `# Shape\n\n## Steps\n\n${Array.from({ length: size }, (_, index) => part(first + index)).join('\n')}`;
    const { runbook } = parse(text);
    compilePlan(runbook);
    lintRunbook(runbook);
  };
  expect(await squaresOf(work, 40)).toEqual([]);
});
