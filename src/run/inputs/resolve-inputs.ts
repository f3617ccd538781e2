// Owns which value each input of a run has and whether it may have it.
import { namedValue, namedValues } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { whyNotGiven } from '../../basics/why-not-given.ts';
import { overrideVariable } from '../../languages/find-exports.ts';
import { meetsRule, ruleWords } from '../../languages/placeholders/filling.ts';
import { placeholderVariable } from '../../languages/placeholders/find-placeholders.ts';
import { isNumber } from '../../runbook/front-matter/check-default.ts';
import { parseDuration } from '../../runbook/parse-duration.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { boundedMatch, tooSlowWords } from '../../text/bounded-match.ts';
import { closestName } from '../../text/closest-name.ts';
import { whyNotMasked } from '../masking/why-not-masked.ts';

/** Where values come from, the strongest first: `--set`, `--inputs FILE`, the environment, the declared default. */
export interface InputSources {
  readonly set: Readonly<Record<string, string>>;
  readonly file: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Where a value comes from: an option, the inputs file, the environment, the runbook, an earlier run, a person; or
 * one of the first two in the place of what a block exports.
 */
export type InputOrigin = 'set' | 'file' | 'environment' | 'default' | 'remembered' | 'asked' | 'over-export';

/** Inputs by what is known of their values. */
export interface ResolvedInputs {
  /** Plain values by name; secrets are never among them. */
  readonly values: Readonly<Record<string, string>>;
  /** Where each of the values comes from. */
  readonly origins: Readonly<Record<string, InputOrigin>>;
  /** Declared secrets, to be resolved apart from everything else. */
  readonly secrets: readonly InputDeclaration[];
  /** Inputs without a value from anywhere, to be asked for. Optional ones are not among them. */
  readonly missing: readonly InputDeclaration[];
  /** What is wrong, one sentence each; the run does not start while there is any. */
  readonly problems: readonly string[];
}

/** Settles each of the inputs that can be settled without asking. */
export function resolveInputs(
  declarations: readonly InputDeclaration[],
  written: InputSources,
): ResolvedInputs {
  const sources = byDeclaredNames(declarations, written);
  const problems: string[] = [];
  const values = namedValues<string>();
  const origins = namedValues<InputOrigin>();
  const secrets: InputDeclaration[] = [];
  const missing: InputDeclaration[] = [];
  for (const declaration of declarations) {
    const { name } = declaration;
    if (declaration.secret) {
      if (Object.hasOwn(sources.set, name))
        problems.push(`--set ${name}: a secret does not belong on a command line, where others can read it`);
      secrets.push(declaration);
      continue;
    }
    const found = findValue(declaration, sources);
    if (found === undefined) {
      if (declaration.required) missing.push(declaration);
      continue;
    }
    const checked = checkInput(declaration, found.value);
    if (checked.ok) {
      values[name] = checked.value;
      origins[name] = declaration.over === undefined ? found.origin : 'over-export';
    } else problems.push(checked.error);
  }
  return { values, origins, secrets, missing, problems };
}

/**
 * Those of the inputs that can be settled now, in their order: a command or condition that speaks of an earlier
 * input waits until that one is settled.
 */
export function readyInputs(pending: readonly InputDeclaration[]): readonly InputDeclaration[] {
  const earlier = new Set<string>();
  return pending.filter((declaration) => {
    const { choicesFrom, defaultFrom, when } = declaration;
    const commands = [choicesFrom, defaultFrom, when].filter((command) => command !== undefined).join('\n');
    const waits = [...commands.matchAll(/[A-Za-z_]\w*/g)].some(([word]) => earlier.has(word));
    earlier.add(declaration.name);
    return !waits;
  });
}

function findValue(
  { name, placeholder, default: preset }: InputDeclaration,
  { set, file, environment }: InputSources,
): { readonly value: string; readonly origin: InputOrigin } | undefined {
  // Nobody named a placeholder with the environment in mind: `<user>` is not who runs the tool.
  const inherited = placeholder ? undefined : namedValue(environment, name);
  const found = [
    ['set', namedValue(set, name)],
    ['file', namedValue(file, name)],
    ['environment', inherited],
    ['default', preset],
  ] as const;
  for (const [origin, value] of found) if (value !== undefined) return { value, origin };
  return undefined;
}

/** The sources with the names of placeholders as they are declared: `--set my-namespace=x` gives `MY_NAMESPACE`. */
function byDeclaredNames(declarations: readonly InputDeclaration[], sources: InputSources): InputSources {
  const declared = new Set(declarations.map(({ name }) => name));
  const asked = new Set(declarations.flatMap(({ name, placeholder }) => (placeholder ? [name] : [])));
  const canonical = (given: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(given).map(([name, value]) => {
        const variable = placeholderVariable(name);
        return [!declared.has(name) && asked.has(variable) ? variable : name, value];
      }),
    );
  return { ...sources, set: canonical(sources.set), file: canonical(sources.file) };
}

/**
 * Values by the variables that blocks find them in; a placeholder's is not that of its name. What is given over an
 * export is there from the beginning, and under a name of its own for where it is exported.
 */
export function inputVariables(
  declarations: readonly InputDeclaration[],
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  const declared = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const { placeholder, over } = declared.get(name) ?? {};
      const own = [placeholder?.variable ?? name, value] as const;
      return over === undefined ? [own] : [own, [overrideVariable(name), value] as const];
    }),
  );
}

/** A sentence for each given name that no input has, with the closest one that there is. */
export function unknownInputs(
  declarations: readonly InputDeclaration[],
  written: Pick<InputSources, 'set' | 'file'>,
): readonly string[] {
  const sources = byDeclaredNames(declarations, { ...written, environment: {} });
  const known = declarations.map((declaration) => declaration.name);
  const named = [
    ...Object.keys(sources.set).map((name) => ['--set', name] as const),
    ...Object.keys(sources.file).map((name) => ['--inputs', name] as const),
  ];
  return named.flatMap(([option, name]) => {
    if (known.includes(name)) return [];
    const closest = closestName(name, known);
    const hint = closest === undefined ? '' : `; did you mean \`${closest}\`?`;
    return [`${option}: the runbook has no input \`${name}\`${hint}`];
  });
}

/** The value as the blocks will see it, or why it may not be used. The value of a secret is never quoted. */
export function checkInput(declaration: InputDeclaration, given: string): Result<string, string> {
  const { name, type, choices, pattern, secret } = declaration;
  const got = given === '' ? 'nothing' : secret ? 'the secret given' : `\`${given}\``;
  const wrong = (expected: string) => fail(`input \`${name}\`: expected ${expected}; got ${got}`);
  if (declaration.required && given === '') return fail(`input \`${name}\` is required`);
  const notGiven = whyNotGiven(name, given);
  if (notGiven !== undefined) return fail(`input \`${name}\`: its value ${notGiven}`);
  const notMasked = secret ? whyNotMasked(given) : undefined;
  if (notMasked !== undefined) return fail(`secret \`${name}\`: its value ${notMasked}`);
  for (const rule of declaration.rules ?? [])
    if (rule !== 'any' && !meetsRule(rule, given)) return wrong(ruleWords[rule]);
  if (type === 'number' && !isNumber(given)) return wrong('a number');
  if (type === 'boolean') {
    if (/^(true|yes|y|on|1)$/i.test(given)) return ok('true');
    if (/^(false|no|n|off|0)$/i.test(given)) return ok('false');
    return wrong('yes or no');
  }
  if (type === 'duration' && parseDuration(given) === undefined)
    return wrong('a duration such as `30s` or `1h30m`');
  if (choices) {
    const parts = type === 'multiple' ? given.split(',').map((part) => part.trim()) : [given];
    if (!parts.every((part) => choices.includes(part))) {
      return wrong(
        `${type === 'multiple' ? 'any' : 'one'} of ${choices.map((choice) => `\`${choice}\``).join(', ')}`,
      );
    }
    return ok(parts.join(','));
  }
  if (pattern !== undefined) {
    const matches = boundedMatch(`^(?:${pattern})$`, 'u', given);
    if (matches === undefined) return fail(`input \`${name}\`: its value and /${pattern}/ ${tooSlowWords}`);
    if (!matches) return wrong(declaration.message ?? `a match of /${pattern}/`);
  }
  return ok(given);
}
