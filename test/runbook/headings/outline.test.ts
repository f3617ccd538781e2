import { describe, expect, test } from 'vitest';
import { parse } from '../runbook-of.ts';

/** The title and attributes of the only step below that heading, and what is said of it. */
function read(heading: string) {
  const { runbook, diagnostics } = parse(`# T\n\n## Steps\n\n### ${heading}\n\n\`\`\`sh\ntrue\n\`\`\`\n`);
  const [step] = runbook.steps;
  return {
    name: step?.name,
    attributes: step?.attributes,
    told: diagnostics.map(({ severity, message }) => `${severity}: ${message}`),
  };
}

describe('the attributes of a heading', () => {
  const approve = { approve: { type: 'count', count: 1 }, risk: 'destructive' };

  test.each([
    ['Drop the tables {approve=1 risk=destructive}', 'drop-the-tables', approve],
    ['Drop the tables{approve=1 risk=destructive}', 'drop-the-tables', approve],
    ['Drop `api`{approve=1 risk=destructive}', 'drop-api', approve],
    ['**Drop it**{approve=1 risk=destructive}', 'drop-it', approve],
    ['Drop it {approve=1} {risk=destructive}', 'drop-it', approve],
    ['Drop it {approve=1}{risk=destructive}', 'drop-it', approve],
    ['Drop it {#drop .wide} {approve=1 risk=destructive}', 'drop-it', approve],
    ['Ask /users/{name}', 'ask-usersname', {}],
    ['Ask ${name}', 'ask-name', {}],
    ['Restart api-{run}', 'restart-api-run', {}],
    ['Show `{when="x"}` and {{< param name="x" >}}', 'show-whenx-and--param-namex-', {}],
  ])('%s', (heading, name, attributes) => {
    expect(read(heading)).toEqual({ name, attributes, told: [] });
  });

  test.each([
    ['Delete more {when="false"} now', '{when="false"}'],
    ['Notify {when="false"}.', '{when="false"}'],
    ['**Notify {confirm="Sure?"}**', '{confirm="Sure?"}'],
    ['Notify <!-- {approve=1} -->', '{approve=1}'],
  ])('are an error within its title: %s', (heading, group) => {
    expect(read(heading).told).toEqual([`error: \`${group}\` is part of the title, and guards nothing`]);
  });

  test.each([
    ['Drop it approve=dba', 'approve', 'approve=dba'],
    ['Drop it (approve=2)', 'approve', 'approve=2'],
    ['Drop it [confirm="Sure?", approve=2]', 'confirm', 'confirm="Sure?", approve=2'],
    ['Drop it {{risk=destructive}}', 'risk', 'risk=destructive'],
    ['Drop it (timeout=3s on-failure=rollback)', 'on-failure', 'timeout=3s on-failure=rollback'],
  ])('are an error outside braces: %s', (heading, name, written) => {
    const { diagnostics } = parse(`# T\n\n## Steps\n\n### ${heading}\n\n\`\`\`sh\ntrue\n\`\`\`\n`);
    const start = '# T\n\n## Steps\n\n### '.length + heading.indexOf(written);
    expect(diagnostics).toEqual([
      {
        code: 'attribute-outside-braces',
        severity: 'error',
        message: `\`${name}\` is outside braces and has no effect`,
        span: { start, end: start + written.length },
        label: `write \`{${written}}\``,
      },
    ]);
  });

  test.each([
    'Set user=root',
    'Say `approve=dba`',
    'Set risk=high',
    'Set approve=dba first',
    'Wait (timeout=3s)',
  ])('are words of a title like others: %s', (heading) => {
    expect(read(heading).told).toEqual([]);
  });
});
