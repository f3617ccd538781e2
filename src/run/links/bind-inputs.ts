// Owns how the inputs of a linked runbook get their values from its link.
import { namedValue, namedValues } from '../../basics/named-values.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { closestName } from '../../text/closest-name.ts';
import { checkInput } from '../inputs/resolve-inputs.ts';
import { referredNames, splitReferences } from '../inputs/split-references.ts';
import type { VariableBinding } from '../plan.ts';

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
 * the inputs of that name of the runbooks above (`inScope`); all others belong to the run.
 */
export function bindInputs(
  declared: readonly InputDeclaration[],
  given: Readonly<Record<string, string>>,
  inScope: ReadonlySet<string>,
): BoundInputs {
  const known = declared.map(({ name }) => name);
  const problems: { message: string; help?: string }[] = [];
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const closest = closestName(name, known);
    const hint = closest === undefined ? '' : `; did you mean \`with.${closest}\`?`;
    problems.push({ message: `it has no input \`${name}\`${hint}` });
  }
  const bindings: VariableBinding[] = [];
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

/** What bindings come to, given what is set when the block runs; the first name that is not set, otherwise. */
export function resolveBindings(
  bindings: readonly VariableBinding[],
  variable: (name: string) => string | undefined,
): { readonly values: Readonly<Record<string, string>>; readonly unset?: { name: string; by: string } } {
  const values = namedValues<string>();
  let unset: { name: string; by: string } | undefined;
  for (const { name, value, refers } of bindings) {
    if (!refers) {
      values[name] = value;
      continue;
    }
    const filled = splitReferences(value).map((piece) => {
      if ('text' in piece) return piece.text;
      const known = Object.hasOwn(values, piece.name);
      const found = known ? namedValue(values, piece.name) : variable(piece.name);
      if (found === undefined) unset ??= { name: piece.name, by: name };
      return found ?? '';
    });
    values[name] = filled.join('');
  }
  return { values, ...(unset && { unset }) };
}
