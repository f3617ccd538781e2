// Owns the question, asked before a run, whether everything its blocks need is installed.
import type { Address } from '../../basics/address.ts';
import { languageOf } from '../../languages/languages.ts';
import { databaseVariables } from '../../languages/sql/sql-connection.ts';
import type { PlanItem } from '../../run/plan.ts';
import { closestName } from '../../text/closest-name.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import {
  findLanguage,
  findShell,
  knownLabels,
  type LanguageFinding,
  type LanguageSettings,
} from './find-language.ts';

/** A diagnostic of a block that cannot run here; its place is a line, for a plan has no byte positions. */
export interface InterpreterDiagnostic extends Diagnostic {
  readonly code: 'missing-interpreter' | 'unknown-interpreter';
  readonly address: Address;
  /** One-based line of the runbook. */
  readonly line: number;
}

/** What cannot be run on this machine, one diagnostic for each label and command, at its first block. */
export function findMissingInterpreters(
  items: readonly PlanItem[],
  settings: LanguageSettings,
): InterpreterDiagnostic[] {
  const found = new Map<string, InterpreterDiagnostic>();
  const find = rememberLanguages(settings);
  for (const item of items) {
    // A file is written with what every machine has, and a message is sent by the tool itself.
    if (item.kind !== 'block' || item.writes !== undefined || item.sends !== undefined) continue;
    const place = { severity: 'error', address: item.address, line: item.line } as const;
    if (item.hosts.length > 0 || item.hostsFrom !== undefined || item.user !== undefined) {
      // What a host or an account has is known there; only the list of hosts is made here.
      const shell = item.hostsFrom === undefined ? undefined : findShell(settings.shell, settings);
      if (shell?.type === 'missing') addMissing(found, 'hosts-from', shell, place);
      continue;
    }
    const language = find(item.language, item.code);
    if (language.type === 'unknown') {
      const label = item.language;
      const known = [...knownLabels(), ...Object.keys(settings.interpreters)];
      const closest = closestName(label, known);
      if (!found.has(label))
        found.set(label, {
          code: 'unknown-interpreter',
          message: `\`${label}\` is not a language that blocks can be run in`,
          ...(closest === undefined ? {} : { label: `did you mean \`${closest}\`?` }),
          help: 'name its interpreter in the front matter, `interpreters: { LABEL: [command, argument] }`',
          ...place,
        });
    } else if (language.type === 'missing') addMissing(found, item.language, language, place);
    else if (language.type === 'undecided' && !mayBeSaid(items, item, settings) && !found.has(item.language))
      found.set(item.language, { code: 'missing-interpreter', message: language.message, ...place });
    if (item.when === undefined && item.check === undefined) continue;
    const shell = findShell(settings.shell, settings);
    if (shell.type === 'missing') addMissing(found, 'when` and `check', shell, place);
  }
  return [...found.values()];
}

/** Whether a block before may set what says which database is meant, or an input of the run does. */
function mayBeSaid(
  items: readonly PlanItem[],
  item: PlanItem,
  { inputs = [] }: Pick<LanguageSettings, 'inputs'>,
): boolean {
  const before = items.slice(0, items.indexOf(item));
  const said = [...before, item].flatMap((one) => {
    if (one.kind === 'runbook') return Object.keys(one.inputs);
    return one.kind === 'block' ? [one.code, JSON.stringify([one.env, one.bindings, one.captures])] : [];
  });
  return databaseVariables.some((name) => inputs.includes(name) || said.some((text) => text.includes(name)));
}

/**
 * Looks each label up once: a runbook of a thousand shell blocks searches the path for one shell. Interpreters may
 * be chosen by what the code says, or by its first line, so they are looked up for each block.
 */
function rememberLanguages(settings: LanguageSettings): (label: string, code: string) => LanguageFinding {
  const known = new Map<string, LanguageFinding>();
  return (label, code) => {
    const { family } = languageOf(label) ?? {};
    if (family === 'interpreter' || code.startsWith('#!')) return findLanguage(label, code, settings);
    const finding = known.get(label) ?? findLanguage(label, code, settings);
    known.set(label, finding);
    return finding;
  };
}

function addMissing(
  found: Map<string, InterpreterDiagnostic>,
  label: string,
  language: { readonly commands: readonly string[]; readonly help: string },
  place: Pick<InterpreterDiagnostic, 'severity' | 'address' | 'line'>,
): void {
  const commands = language.commands.map((command) => `\`${command}\``).join(' or ');
  const key = `missing ${commands}`;
  if (found.has(key)) return;
  found.set(key, {
    code: 'missing-interpreter',
    message: `\`${label}\` blocks need ${commands}, which is not installed`,
    help: language.help,
    ...place,
  });
}
