import { expect, test } from 'vitest';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { renderDiagnostic } from '../../../src/text/render-diagnostic.ts';
import { decodeSource } from '../../../src/text/source-file.ts';

function said(heading: string, block: string): readonly string[] {
  const text = `# Manner\n\n## Steps\n\n### Serve${heading}\n\n\`\`\`sh${block}\ntrue\n\`\`\`\n`;
  const { source } = decodeSource('manner.md', new TextEncoder().encode(text));
  const { diagnostics } = compilePlan(parseRunbook(source).runbook);
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, source));
}

const noValue = `error[background-option]: a block in the background hands no value on: nobody waits for what it prints
 --> manner.md:7:1
  |
7 | LINE
  | ^^^^
  = help: let a later block capture it, from a file that this one writes, or take \`background\` out`;
const notCompared = `error[background-option]: what a block in the background prints is compared with nothing: nobody waits for it
 --> manner.md:7:1
  |
7 | LINE
  | ^^^^
  = help: let a later block look, with \`retries\`, or take \`background\` out`;

test.each([
  ['', ' {background capture=PORT}', [noValue]],
  ['', ' {background capture-json=PORT:.port}', [noValue]],
  ['', ' {background expect="up"}', [notCompared]],
  ['', ' {background expect-number=">3" capture=PORT}', [noValue, notCompared]],
  [' {background}', ' {expect-stderr=/up/}', [notCompared]],
  ['', ' {background timeout=1s exit=0,3 retries=1 on-failure=continue check="true" when="true"}', []],
  ['', ' {capture=PORT expect="up"}', []],
])('what a block in the background prints is no value and no proof: %s%s', (heading, block, expected) => {
  const line = `\`\`\`sh${block}`;
  expect(said(heading, block)).toEqual(
    expected.map((text) => text.replace('LINE', line).replace('^^^^', '^'.repeat(line.length))),
  );
});
