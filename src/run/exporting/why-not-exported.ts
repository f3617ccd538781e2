// Owns what of a run cannot be said by a shell script alone.
import { languageOf } from '../../languages/languages.ts';
import { toExtendedPattern } from '../../languages/patterns/to-extended-pattern.ts';
import { fillPlaceholders } from '../../languages/placeholders/fill-placeholders.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import type { BlockItem, Plan, PlanItem } from '../plan.ts';
import { toComparison } from './to-comparison.ts';

/** What stands in the way, and what can be done about it. */
export interface NotExported {
  readonly what: string;
  readonly help: string;
}

const byHand = '`--partial` leaves it to a person, by its name';

/** Why an item cannot be in a script; undefined where it can. */
export function whyNotExported(item: PlanItem, plan: Plan): NotExported | undefined {
  const open = item.doubts?.find(({ accepted }) => !accepted);
  if (open !== undefined)
    return { what: `it is doubtful (\`${open.code}\`)`, help: 'settle it in the page, or accept it there' };
  if (item.branches?.some(({ accepted }) => !accepted))
    return { what: 'it is one of several ways', help: 'a script takes no choice; write a page for each way' };
  if (item.approve !== undefined)
    return { what: 'it waits for an approval, which needs a run', help: byHand };
  if (item.kind === 'runbook' || item.within !== undefined)
    return { what: 'it is a link to another page', help: 'export that page' };
  if (item.kind === 'manual' && item.ask !== undefined)
    return { what: 'it asks for a value', help: 'declare an input' };
  if (item.kind !== 'block')
    return item.asking === undefined
      ? undefined
      : { what: 'it is for a person and has a condition', help: byHand };
  const what = whatOfBlock(item, plan);
  return what === undefined ? undefined : { what, help: byHand };
}

/** Why an input cannot be one of a script; undefined where it can. */
export function whyNotInput(input: InputDeclaration): NotExported | undefined {
  const help = 'give it a plain default, or make the page without it';
  if (input.defaultFrom !== undefined) return { what: 'its default is what a command prints', help };
  if (input.choicesFrom !== undefined) return { what: 'its choices are what a command prints', help };
  if (input.when !== undefined) return { what: 'it has a condition', help };
  if (input.secret !== undefined && !isOfEnvironment(input.secret))
    return { what: 'its secret is read from elsewhere', help: 'a script reads secrets from its environment' };
  if (input.pattern !== undefined && toExtendedPattern(`^(${input.pattern})$`) === undefined)
    return { what: `bash has no pattern that means /${input.pattern}/`, help: 'write it in simpler terms' };
  if (/^(?:multiple|duration)$/.test(input.type))
    return { what: `a script knows no input of the type ${input.type}`, help: 'make it a string' };
  return undefined;
}

/** What a script does not look at in the value of an input that it cannot make, which somebody gives. */
export function whatIsNotChecked({
  choicesFrom,
  type,
  choices,
  pattern,
}: InputDeclaration): string | undefined {
  if (choicesFrom !== undefined) return 'that it is one of the choices, which a command prints';
  if (type === 'duration') return 'that it is a duration';
  if (type === 'multiple' && choices !== undefined) return 'that its parts are among the choices';
  if (choices === undefined && pattern !== undefined && toExtendedPattern(`^(${pattern})$`) === undefined)
    return `that it is a match of /${pattern}/`;
  return undefined;
}

function isOfEnvironment(secret: NonNullable<InputDeclaration['secret']>): boolean {
  return !('file' in secret) && !('command' in secret);
}

/** Programs that run the other languages of a script, by their canonical names. */
export const exportedPrograms: Readonly<Record<string, string>> = {
  python: 'python3',
  ruby: 'ruby',
  perl: 'perl',
};

function whatOfBlock(item: BlockItem, plan: Plan): string | undefined {
  if (item.hosts.length > 0 || item.hostsFrom !== undefined) return 'it runs on other hosts';
  if (item.user !== undefined) return 'it runs as another user';
  if (item.each !== undefined) return 'it runs for each item of a list';
  if (item.interactive) return 'it is interactive';
  if (item.background) return 'it goes on in the background';
  if (item.sends !== undefined) return 'it is a message';
  if (item.bindings !== undefined || item.startIn !== undefined) return 'it is of another page';
  if (item.writes !== undefined && item.restores === undefined) return whatOfFile(item);
  if (item.restores !== undefined) return undefined;
  return whatOfLanguage(item, plan) ?? whatOfJudgement(item);
}

function whatOfFile({ writes, placeholders }: BlockItem): string | undefined {
  if (writes?.place !== undefined) return 'it changes a part of a file';
  if (writes?.owner !== undefined) return 'it gives a file to another owner';
  if (/[`\\"]|\$\(|^~/.test(writes?.path ?? '')) return 'the path of its file is more than a name';
  return Object.keys(placeholders ?? {}).length > 0 ? 'its text holds placeholders' : undefined;
}

function whatOfLanguage(item: BlockItem, plan: Plan): string | undefined {
  const language = languageOf(item.language);
  const own = plan.interpreters[item.language];
  if (own !== undefined) return `\`${item.language}\` is a language of the page's own`;
  if (language?.family !== 'shell')
    return exportedPrograms[language?.id ?? ''] === undefined ? `it is \`${item.language}\`` : undefined;
  const shell = /^(?:bash|zsh|dash|fish|ksh)$/.test(item.language) ? item.language : plan.shell;
  if (shell !== 'bash') return `it is for \`${shell}\`, and the script is one of bash`;
  const { code } = item;
  if (/(?:^|[\s;&|(])trap\s/.test(code)) return 'it sets a trap';
  if (/(?:^|[\s;&|(])set\s+(?:--(?:\s|$)|[-+]\w*e|[-+]o\s+(?:errexit|pipefail))/.test(code))
    return 'it sets what later blocks would find: arguments, or how they fail';
  if (/RUNSHEET_/.test(code)) return 'it speaks with the run';
  return filledCode(item) === undefined ? 'its placeholders need rules that only a run has' : undefined;
}

function whatOfJudgement({ expect, captures = [] }: BlockItem): string | undefined {
  for (const one of expect) {
    if (one.type === 'number') {
      if (toComparison(one.comparison) === undefined) return `its output is judged by \`${one.comparison}\``;
      continue;
    }
    if (one.type !== 'text' && one.type !== 'regex') return `its output is judged by \`${one.type}\``;
    if (one.type === 'regex' && toExtendedPattern(one.source, one.flags, 'none') === undefined)
      return `bash has no pattern that means /${one.source}/${one.flags}`;
  }
  for (const { part } of captures) {
    if (part?.type === 'json' && part.path.some((key) => /[\n\0]/.test(String(key))))
      return 'a name in the JSON document that it captures has two lines';
    if (part?.type === 'pattern' && toExtendedPattern(part.source, part.flags) === undefined)
      return `bash has no pattern that means /${part.source}/${part.flags}`;
  }
  return undefined;
}

/** The code with its placeholders as variables; undefined where a value may not be anything there. */
export function filledCode({ code, language, placeholders = {} }: BlockItem): string | undefined {
  if (Object.keys(placeholders).length === 0) return code;
  const filled = fillPlaceholders(
    code,
    { label: language, shell: 'bash', interpreters: {} },
    ({ variable }) => placeholders[variable] ?? variable,
  );
  if (filled.problems.length > 0 || filled.filled.some(({ rule }) => rule !== 'any')) return undefined;
  return filled.code;
}
