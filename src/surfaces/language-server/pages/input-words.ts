// Owns what an editor says of an input.
import type { InputDeclaration } from '../../../runbook/runbook.ts';

/** What is known of an input, in Markdown. */
export function inputWords(input: InputDeclaration): string {
  const { name, type, description, required, choices, choicesFrom, pattern, secret } = input;
  const facts = [
    `type: ${type}`,
    required ? 'required' : undefined,
    input.default === undefined ? undefined : `default: \`${input.default}\``,
    input.defaultFrom === undefined ? undefined : `default from: \`${input.defaultFrom}\``,
    choices === undefined ? undefined : `one of: ${choices.map((one) => `\`${one}\``).join(', ')}`,
    choicesFrom === undefined ? undefined : `choices from: \`${choicesFrom}\``,
    pattern === undefined ? undefined : `matches: \`${pattern}\``,
    input.when === undefined ? undefined : `asked for when: \`${input.when}\``,
    secret === undefined ? undefined : 'a secret: masked wherever it would be shown',
    input.placeholder === undefined
      ? undefined
      : `asked for by the placeholder \`${input.placeholder.text}\``,
  ].filter((fact) => fact !== undefined);
  return [
    `**${name}**${description === undefined ? '' : `: ${description}`}`,
    '',
    ...facts.map((fact) => `- ${fact}`),
  ].join('\n');
}
