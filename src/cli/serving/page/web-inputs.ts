// Owns which inputs a form of the page asks for.
import type { InputDeclaration } from '../../../runbook/runbook.ts';
import type { WebInput } from '../../../surfaces/web/web-port.ts';

/** In the order in which they are declared; secrets are told, never asked for. */
export function webInputs(inputs: readonly InputDeclaration[]): readonly WebInput[] {
  return inputs.map((input) => {
    const { name, description, choices, pattern, message, required, secret } = input;
    return {
      name,
      required: required && input.default === undefined && input.defaultFrom === undefined,
      ...(description !== undefined && { description }),
      ...(input.default !== undefined && { value: input.default }),
      ...(input.type === 'boolean' ? { choices: ['true', 'false'] } : choices && { choices }),
      ...(pattern !== undefined && { pattern: message ?? pattern }),
      ...(secret !== undefined && { secret: 'a secret, which the server gets from where the runbook says' }),
    };
  });
}
