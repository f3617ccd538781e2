// Owns the environment that the blocks of a run start with, and which of it are secrets.
import { inputVariables } from '../../run/inputs/resolve-inputs.ts';
import { KnownSecrets } from '../../run/masking/known-secrets.ts';
import type { Plan } from '../../run/plan.ts';
import { definedEnvironment } from '../defined-environment.ts';
import type { SettledInputs } from './settle-inputs.ts';

/** A run that is about to begin, or to go on. */
interface GivenRun {
  readonly plan: Plan;
  readonly inputs: SettledInputs;
}

/** The operator's environment, the tool's own variables over it, then the runbook's, then the inputs. */
export function startEnvironment(
  { plan, inputs }: GivenRun,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    ...definedEnvironment(),
    ...own,
    ...plan.env,
    ...inputVariables(plan.inputs ?? [], { ...inputs.values, ...inputs.secrets }),
  };
}

/** The declared secrets of a run, and what the names of other variables say to be one. */
export function secretsOfRun(run: GivenRun): KnownSecrets {
  const { plan, inputs } = run;
  const declared = plan.inputs ?? [];
  const open = declared.filter(({ isPublic }) => isPublic).map(({ name }) => name);
  const secrets = new KnownSecrets(inputVariables(declared, inputs.secrets), open);
  for (const [name, value] of Object.entries(startEnvironment(run, {}))) secrets.learn(name, value);
  return secrets;
}
