// Owns which inputs of a page an event gives their values, and whether anything holds those.
import type { InputDeclaration, Runbook } from '../../runbook.ts';

/** The inputs that have `from`, or that `set` of a rule names; none where no event starts a run. */
export function fedInputs({ frontMatter: { triggers = [], inputs } }: Runbook): readonly InputDeclaration[] {
  const set = new Set(triggers.flatMap((trigger) => trigger.set.map(({ input }) => input)));
  return triggers.length === 0
    ? []
    : inputs.filter(({ name, fromEvent }) => fromEvent !== undefined || set.has(name));
}

/** Whether any text at all is taken as its value; no event gives a secret. */
export function takesAnyText({ type, pattern, choices, choicesFrom, secret }: InputDeclaration): boolean {
  const isText = type === 'string' || type === 'path';
  return (
    isText &&
    secret === undefined &&
    pattern === undefined &&
    choices === undefined &&
    choicesFrom === undefined
  );
}
