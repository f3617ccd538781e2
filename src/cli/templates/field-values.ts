// Owns what the fields of a template are filled in with: what was given, what a person says, what the template proposes.
import { namedValue } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { checkInput } from '../../run/inputs/resolve-inputs.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { findMarks } from '../../runbook/templates/find-marks.ts';
import { closestName } from '../../text/closest-name.ts';
import { exitCode } from '../exit-code.ts';
import { complain } from '../report-diagnostics.ts';
import type { LoadedTemplate } from './find-templates.ts';

/** By the name of the field. */
export type FieldValues = ReadonlyMap<string, string>;

/**
 * The values of the fields of a template, or the exit code where there are none: a value that may not be, or a person
 * who left. A field that neither has a value nor a default has none.
 */
export async function fieldValues(
  { source, runbook }: LoadedTemplate,
  given: Readonly<Record<string, string>>,
  isAsking: boolean,
): Promise<Result<FieldValues, number>> {
  const fields = runbook.frontMatter.template?.fields ?? [];
  const names = findMarks(source.text).flatMap(({ name }) => name ?? []);
  const problems = problemsOf(given, fields, new Set([...fields.map(({ name }) => name), ...names]));
  if (problems.length > 0) {
    for (const { problem, help } of problems) complain(problem, help);
    return fail(exitCode.usage);
  }
  const open = fields.filter(({ name }) => namedValue(given, name) === undefined);
  const said = isAsking && open.length > 0 ? await ask(open) : {};
  if (said === undefined) return fail(exitCode.interrupted);
  const values = new Map<string, string>();
  for (const { name, default: preset } of fields) if (preset !== undefined) values.set(name, preset);
  for (const [name, value] of [...Object.entries(said), ...Object.entries(given)])
    if (value !== '') values.set(name, value);
  return ok(values);
}

async function ask(fields: readonly InputDeclaration[]) {
  const { askInputs } = await import('../../surfaces/prompt/ask-inputs.ts');
  return askInputs(
    fields.map((declaration) => ({ declaration })),
    { heading: 'Values for the page (Enter alone leaves a value for later):' },
  );
}

interface Problem {
  readonly problem: string;
  readonly help?: string;
}

function problemsOf(
  given: Readonly<Record<string, string>>,
  fields: readonly InputDeclaration[],
  names: ReadonlySet<string>,
): readonly Problem[] {
  return Object.entries(given).flatMap(([name, value]): readonly Problem[] => {
    if (!names.has(name)) {
      const closest = closestName(name, [...names]);
      return [
        {
          problem: `the template has no field \`${name}\`${closest === undefined ? '' : `; did you mean \`${closest}\`?`}`,
          help: names.size === 0 ? 'it has none at all' : `fields: ${[...names].sort().join(', ')}`,
        },
      ];
    }
    if (/\p{Cc}|[\u2028\u2029]/u.test(value))
      return [{ problem: `the value of \`${name}\` is more than one line` }];
    const field = fields.find((one) => one.name === name);
    const checked = field === undefined || value === '' ? undefined : checkInput(field, value);
    return checked === undefined || checked.ok ? [] : [{ problem: checked.error }];
  });
}
