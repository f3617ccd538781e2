// Tests that docs/checks.md says of every finding what `explain` says.
import { expect, test } from 'vitest';
import { diagnosticCodes } from '../../../src/runbook/diagnostic-codes.ts';

test('the page of all findings is that of the rules', async () => {
  const sections = diagnosticCodes.map(
    ({ code, summary, explanation }) =>
      `## ${code}\n\n${summary.charAt(0).toUpperCase()}${summary.slice(1)}.\n\n${explanation.trim()}\n`,
  );
  const intro =
    'What `runsheet check` and a run can say of a runbook. This page is made from the rules; `runsheet explain CODE` shows a part of it. How findings are silenced and raised stands in [Checking runbooks](check.md).\n';
  await expect(`# Findings\n\n${intro}\n${sections.join('\n')}`).toMatchFileSnapshot(
    '../../../docs/checks.md',
  );
});
