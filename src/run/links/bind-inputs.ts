// Owns how the inputs of a linked runbook get their values from its link.
import { namedValue } from '../../basics/named-values.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { closestName } from '../../text/closest-name.ts';
import { checkInput } from '../inputs/resolve-inputs.ts';
import { referredNames } from '../inputs/split-references.ts';
import type { AskedValue, VariableBinding } from '../plan.ts';

/** The inputs of a linked runbook by where their values come from. */
export interface BoundInputs {
  /** What the link gives, in the order in which the runbook declares it. */
  readonly bindings: readonly VariableBinding[];
  /** What neither the link gives nor a runbook above has: the run asks for it with its own inputs. */
  readonly missing: readonly InputDeclaration[];
  readonly problems: readonly { readonly message: string; readonly help?: string }[];
}

/**
 * The values of a linked runbook's inputs: those of `with.NAME=value` first; then, as the environment is shared,
 * the inputs of that name of the runbooks above (`inScope`); all others belong to the run. What a step of it asks for
 * (`asked`) can be given as well.
 */
export function bindInputs(
  declared: readonly InputDeclaration[],
  given: Readonly<Record<string, string>>,
  { inScope, asked }: { readonly inScope: ReadonlySet<string>; readonly asked: readonly AskedValue[] },
): BoundInputs {
  const answers = asked.map(({ variable }) => variable);
  const known = [...new Set([...declared.map(({ name }) => name), ...answers])];
  const problems: { message: string; help?: string }[] = [];
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const closest = closestName(name, known);
    const hint = closest === undefined ? '' : `; did you mean \`with.${closest}\`?`;
    problems.push({ message: `it has no input \`${name}\`${hint}` });
  }
  for (const { variable, choices } of asked) {
    const value = namedValue(given, variable);
    if (value === undefined || choices === undefined || referredNames(value).length > 0) continue;
    if (!choices.includes(unescaped(value)))
      problems.push({ message: `it asks for \`${variable}\`: ${choices.join(', ')}; got \`${value}\`` });
  }
  const bindings = answers.flatMap((name): VariableBinding[] => {
    const value = namedValue(given, name);
    if (value === undefined || declared.some((one) => one.name === name)) return [];
    const refers = referredNames(value).length > 0;
    return [refers ? { name, value, refers } : { name, value: unescaped(value) }];
  });
  const missing: InputDeclaration[] = [];
  for (const declaration of declared) {
    const { name } = declaration;
    const variable = declaration.placeholder?.variable ?? name;
    const value = namedValue(given, name);
    if (value === undefined) {
      if (!inScope.has(name)) missing.push(declaration);
    } else if (referredNames(value).length > 0) {
      bindings.push({ name: variable, value, refers: true });
    } else if (declaration.secret) {
      problems.push({
        message: `the value of the secret \`${name}\` is in the document`,
        help: `hand on a secret of this runbook instead: \`with.${name}=$${name}\``,
      });
    } else {
      const checked = checkInput(declaration, unescaped(value));
      if (checked.ok) bindings.push({ name: variable, value: checked.value });
      else problems.push({ message: checked.error });
    }
  }
  return { bindings, missing, problems };
}

function unescaped(value: string): string {
  return value.replaceAll('\\$', '$');
}
