// Owns the code that is really run: that of the block with its placeholders, and what is given over exports, as variables.
import { namedValue } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { overrideExports } from '../../languages/find-exports.ts';
import { fillPlaceholders } from '../../languages/placeholders/fill-placeholders.ts';
import { fillText } from '../../languages/placeholders/fill-text.ts';
import { meetsRule, ruleWords } from '../../languages/placeholders/filling.ts';
import { findDialect } from '../../languages/sql/sql-connection.ts';
import type { ExecutionRequest } from '../../run/executor.ts';
import type { BlockItem } from '../../run/plan.ts';
import type { LanguageSettings } from '../interpreters/find-language.ts';

/** The text of a file with all its values. */
function fillFile(
  item: BlockItem,
  code: string,
  settings: Pick<LanguageSettings, 'env'>,
): Result<string, string> {
  const { placeholders = {}, fills = [] } = item;
  if (fills.length === 0 && Object.keys(placeholders).length === 0) return ok(code);
  return fillText(code, {
    fills,
    variableOf: ({ variable }) => namedValue(placeholders, variable),
    values: settings.env ?? {},
  });
}

/**
 * What is run for a request. It fails in words where what another block should have set is not set, where a
 * placeholder has no value, where its value cannot stand in
 * its place, or where nothing can be put there: what an operator edits was not looked at before.
 */
export function fillCode(
  { item, code, purpose, needs = [] }: ExecutionRequest,
  settings: Pick<LanguageSettings, 'shell' | 'interpreters' | 'env'>,
): Result<string, string> {
  const { shell, interpreters } = settings;
  const environment = needs.length > 0 ? settings.env : {};
  const unmet = needs.find(({ name, isOfOtherUse }) => isOfOtherUse || !Object.hasOwn(environment, name));
  if (unmet) return fail(`\`$${unmet.name}\` is not set: ${unmet.why}`);
  if (item.writes !== undefined && purpose === 'block') return fillFile(item, code, settings);
  const label = purpose === 'condition' ? 'sh' : item.language;
  const dialect = label === 'sql' ? findDialect(settings.env) : undefined;
  const language = { label, shell, interpreters, ...(dialect?.ok && { dialect: dialect.value }) };
  const given = purpose === 'condition' ? code : overrideExports(code, item.overrides ?? []);
  const variableOf = ({ variable }: { readonly variable: string }): string =>
    namedValue(item.placeholders ?? {}, variable) ?? variable;
  const { code: filled, filled: places, problems } = fillPlaceholders(given, language, variableOf);
  if (places.length + problems.length === 0) return ok(filled);
  const { env } = settings;
  const [problem] = problems;
  if (problem) return fail(`\`${problem.placeholder.text}\` ${problem.why}; ${problem.help}`);
  for (const { placeholder, rule } of places) {
    const variable = variableOf(placeholder);
    const value = namedValue(env, variable);
    if (value === undefined) return fail(`\`${placeholder.text}\` has no value: \`$${variable}\` is not set`);
    if (rule !== 'any' && !meetsRule(rule, value))
      return fail(`the value of \`${placeholder.text}\` cannot be used there; expected ${ruleWords[rule]}`);
  }
  return ok(filled);
}
