// Tests that a log of SARIF is valid by the schema of SARIF 2.1.0, for findings of every kind.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { sarifFindings } from '../../../src/cli/checking/sarif-findings.ts';
import { ProofStore } from '../../../src/engine/journal/proof-store.ts';
import { diagnosticCodes } from '../../../src/runbook/diagnostic-codes.ts';
import { lintRules } from '../../../src/runbook/lint/lint-runbook.ts';
import { Rig } from '../../e2e/rig.ts';

/** The schema as Microsoft's own tool for SARIF ships it, which publishes none of its files but by path. */
const ofTool = import.meta.resolve('@microsoft/sarif-multitool-ts');
const schema = JSON.parse(
  readFileSync(new URL('../assets/sarif-2.1.0.schema.json', ofTool), 'utf8'),
) as object;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

/** What the schema has against a log; an empty list where it is valid. */
function wrongIn(log: unknown): readonly string[] {
  validate(JSON.parse(JSON.stringify(log)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test('the schema is that of SARIF 2.1.0, and refuses what is none', () => {
  expect(schema).toMatchObject({
    title: 'Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema',
    properties: { version: { enum: ['2.1.0'] } },
  });
  const log = { version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ level: 'hint' }] }] };
  expect(wrongIn(log)).toEqual([
    "/runs/0/results/0 must have required property 'message'",
    '/runs/0/results/0/level must be equal to one of the allowed values',
  ]);
});

test('what is found in the bad examples of all rules, in pages of every name', async () => {
  const rig = await Rig.create();
  const pages = lintRules.flatMap(({ code, examples }) =>
    examples.bad.map((text, index) => [`${code} ${index}, ä:%.md`, text] as const),
  );
  const broken = [
    ['attributes.md', '# T\n\n```sh {timout=3s timeout=x "\ntrue\n```\n'],
    ['binary.md', '# T\n\u0000'],
    ['yaml.md', '---\ninputs: [\n---\n\n# T\n'],
  ] as const;
  for (const [name, text] of [...pages, ...broken]) await rig.write(name, text);
  const named = pages.map(([name]) => name);
  // One rule is about proofs that are too old.
  for (const name of named.filter((one) => one.startsWith('proof-overdue')))
    new ProofStore(rig.stateFolder).keep(rig.path(name), {
      at: '2026-01-01T00:00:00Z',
      digest: '',
      cases: 1,
    });
  const { stdout } = await rig.run(['check', '--format', 'sarif', '.', rig.path('binary.md'), ...named]);
  const log = JSON.parse(stdout);
  expect(wrongIn(log)).toEqual([]);
  const found: readonly { ruleId: string }[] = log.runs[0].results;
  const codes = new Set(found.map(({ ruleId }) => ruleId));
  expect(lintRules.map(({ code }) => code).filter((code) => !codes.has(code))).toEqual([]);
});

test('one finding of each kind that there is, with a place and without, and none at all', () => {
  const place = { from: { line: 1, column: 1 }, to: { line: 1, column: 1 } };
  const findings = diagnosticCodes.flatMap(({ code }) =>
    (['error', 'warning', 'hint'] as const).map((severity) => ({
      path: severity === 'hint' ? '/a b/ü.md' : '../a.md',
      code,
      severity,
      message: code,
      fingerprint: code,
      ...(severity === 'error' && place),
    })),
  );
  expect([wrongIn(sarifFindings(findings)), wrongIn(sarifFindings([]))]).toEqual([[], []]);
});
