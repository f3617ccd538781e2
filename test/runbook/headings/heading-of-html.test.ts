import { expect, test } from 'vitest';
import { skimRunbook } from '../../../src/runbook/skim-runbook.ts';
import { parse } from '../runbook-of.ts';

const sh = (code: string): string => `\`\`\`sh\n${code}\n\`\`\`\n`;

const stepsOf = (page: string): readonly string[] =>
  parse(page).runbook.steps.map(({ section, title }) => `${section}: ${title}`);

test.each([
  '<h2>Rollback</h2>',
  '<h2 align="center" id="back">Rollback</h2>',
  '<H2>\n  <b>Rollback</b>\n</H2>',
])('%s is a heading', (heading) => {
  const page = `<h1>Deploy</h1>\n\n## Steps\n\n### Deploy it\n\n${sh('make')}\n${heading}\n\n${sh('make back')}`;
  const { runbook } = parse(page);
  expect(runbook.title).toBe('Deploy');
  expect(stepsOf(page)).toEqual(['steps: Deploy it', 'rollback: Rollback']);
  expect(skimRunbook(runbook.source)?.steps).toBe(1);
});

test.each(['<h2>Rollback</h2> and more', '<h2>A</h2><h3>Rollback</h3>', '<p>Rollback</p>', '<h2></h2>'])(
  '%s is none',
  (html) => {
    const page = `# Deploy\n\n## Steps\n\n### Deploy it\n\n${sh('make')}\n${html}\n\n${sh('make back')}`;
    expect(stepsOf(page)).toEqual(['steps: Deploy it']);
  },
);

test('it opens no section of its own where it stands in a list', () => {
  expect(
    stepsOf(
      `# T\n\n## Steps\n\n1. One\n\n   <h2>Rollback</h2>\n\n   ${sh('make').replaceAll('\n', '\n   ')}`,
    ),
  ).toEqual(['steps: One']);
});
