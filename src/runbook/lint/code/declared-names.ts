// Owns which variables a page gives values by its front matter and its attributes.
import type { Runbook } from '../../runbook.ts';
import { allBlocks, allSteps } from '../lint-rule.ts';

/** Inputs, outputs, `env`, captured and asked values, and items of loops; what commands assign is none of them. */
export function declaredNames(runbook: Runbook): ReadonlySet<string> {
  const names = known.get(runbook) ?? findNames(runbook);
  known.set(runbook, names);
  return names;
}

const known = new WeakMap<Runbook, ReadonlySet<string>>();

function findNames(runbook: Runbook): ReadonlySet<string> {
  const { env, inputs, outputs } = runbook.frontMatter;
  const attributes = [...allSteps(runbook), ...allBlocks(runbook).map(({ block }) => block)].map(
    (one) => one.attributes,
  );
  return new Set([
    ...inputs.map(({ name }) => name),
    ...Object.keys(env),
    ...outputs,
    ...attributes.flatMap((one) => [
      ...(one.captures ?? []).map(({ name }) => name),
      ...Object.keys(one.env ?? {}),
      ...[one.each, one.ask].flatMap((name) => name ?? []),
    ]),
  ]);
}
