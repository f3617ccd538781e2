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
});
