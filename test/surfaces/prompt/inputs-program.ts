// Owns a small program that asks for inputs and prints what it was given.
import type { InputDeclaration } from '../../../src/runbook/runbook.ts';
import { askInputs } from '../../../src/surfaces/prompt/ask-inputs.ts';

const declarations: readonly InputDeclaration[] = [
  { name: 'PGHOST', type: 'string', description: 'Database server', default: 'localhost', required: true },
  { name: 'PORT', type: 'number', required: true },
  { name: 'TARGET', type: 'choice', choices: ['staging', 'production'], default: 'staging', required: true },
  { name: 'ZONES', type: 'multiple', choices: ['a', 'b', 'c'], default: 'b', required: true },
  { name: 'FORCE', type: 'boolean', required: true },
  { name: 'TOKEN', type: 'string', required: true, secret: { type: 'prompt' } },
];

process.stdout.write(
  `${JSON.stringify(await askInputs(declarations.map((declaration) => ({ declaration }))))}\n`,
);
