// Owns what the blocks of a page name to be run by.
import { namedValues } from '../../basics/named-values.ts';
import { languageOf } from '../../languages/languages.ts';
import type { Runbook, Step } from '../../runbook/runbook.ts';

/** What blocks name themselves to be run by, with arguments, under the language that they have for it. */
export function interpretersOf({ steps }: Runbook): Readonly<Record<string, readonly string[]>> {
  const found = namedValues<readonly string[]>();
  const visit = (step: Step): void => {
    for (const part of step.parts) {
      if (part.type !== 'block') continue;
      const { language, attributes } = part.block;
      if (attributes.interpreter === undefined || language === undefined) continue;
      if (attributes.interpreter.length > 0 && languageOf(language) === undefined)
        found[language] = attributes.interpreter;
    }
    for (const bound of [...step.validation, ...step.rollback]) visit(bound);
  };
  for (const step of steps) visit(step);
  return found;
}
