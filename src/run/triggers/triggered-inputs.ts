// Owns which inputs an event gives to the run that it starts, and whether they may have those values.
import { namedValues } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { eventPathText } from '../../runbook/front-matter/triggers/event-path.ts';
import type { Trigger } from '../../runbook/front-matter/triggers/trigger.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { shorten } from '../../text/shorten.ts';
import { checkInput } from '../inputs/resolve-inputs.ts';
import { citedText } from './cited-text.ts';
import type { Evaluate } from './evaluate.ts';
import { eventText, valueAtPath } from './event-text.ts';
import type { ReceivedEvent } from './received-event.ts';

/** Values by `set:` of the rule, else by `from:` of the input; or the sentence that says why there are none. */
export function triggeredInputs(
  trigger: Pick<Trigger, 'set'>,
  declarations: readonly InputDeclaration[],
  { fields }: ReceivedEvent,
  evaluate: Evaluate,
): Result<Readonly<Record<string, string>>, string> {
  const values = namedValues<string>();
  const unknown = trigger.set.find(({ input }) => declarations.every(({ name }) => name !== input));
  if (unknown !== undefined) return fail(`the page has no input \`${unknown.input}\`, which \`set\` names`);
  for (const declaration of declarations) {
    const { name } = declaration;
    const given = givenBy(trigger, declaration, fields, evaluate);
    if (given === undefined) continue;
    if (declaration.secret) return fail(`\`${name}\` is a secret, which no event gives`);
    const checked = given.ok ? checkGiven(declaration, given.value) : given;
    if (!checked.ok) return checked;
    values[name] = checked.value;
  }
  return ok(values);
}

/** What the event gives to one input; undefined where that is left to its default, or to where a run finds it. */
function givenBy(
  { set }: Pick<Trigger, 'set'>,
  { name, fromEvent, default: preset }: InputDeclaration,
  fields: ReceivedEvent['fields'],
  evaluate: Evaluate,
): Result<string, string> | undefined {
  const expression = set.find(({ input }) => input === name)?.value;
  if (expression !== undefined) {
    const found = evaluate(expression.code, fields);
    if (!found.ok) return fail(`\`set.${name}\` ${found.error.reason}`);
    const text = eventText(found.value);
    return text.ok ? text : fail(`what \`set.${name}\` comes to ${text.error}`);
  }
  if (fromEvent === undefined) return undefined;
  const path = eventPathText(fromEvent);
  const found = valueAtPath(fields, fromEvent);
  if (found === undefined || found === null)
    return preset === undefined
      ? fail(`the event has no \`${path}\`, and input \`${name}\` has no default`)
      : undefined;
  const text = eventText(found);
  return text.ok ? text : fail(`\`${path}\` ${text.error}, and cannot be input \`${name}\``);
}

/** As for every value of a run; what nothing is said of has no control characters, line breaks among them. */
function checkGiven(declaration: InputDeclaration, given: string): Result<string, string> {
  const checked = checkInput(declaration, given);
  // What is cited of a stranger's value is short, and harmless to terminals.
  if (!checked.ok)
    return fail(given === '' ? checked.error : checked.error.replace(`\`${given}\``, () => citedText(given)));
  const { name, pattern, choices, choicesFrom } = declaration;
  const isBound = pattern !== undefined || choices !== undefined || choicesFrom !== undefined;
  const control = isBound
    ? undefined
    : /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/.exec(given)?.[0];
  if (control === undefined) return checked;
  const what = control === '\n' || control === '\r' ? 'a line break' : 'a control character';
  return fail(`input \`${shorten(name)}\`: its value holds ${what}, and no \`pattern\` says that it may`);
}
