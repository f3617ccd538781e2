// Owns writing a plan as a bash script that needs nothing but bash.

import { meansNo } from '../../languages/commands/judging/means-no.ts';
import { languageOf } from '../../languages/languages.ts';
import { toExtendedPattern } from '../../languages/patterns/to-extended-pattern.ts';
import { shellQuote } from '../../languages/shell/shell-quote.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { visibleLines, visibleText } from '../../text/visible-text.ts';
import type { BlockItem, Plan, PlanItem } from '../plan.ts';
import { scriptJson } from './script-json.ts';
import { scriptRuntime } from './script-runtime.ts';
import { toComparison } from './to-comparison.ts';
import {
  exportedPrograms,
  filledCode,
  type NotExported,
  whatIsNotChecked,
  whyNotExported,
  whyNotInput,
} from './why-not-exported.ts';

/** Something of a page that is not in its script, and where it stands. */
export interface LeftToPerson extends NotExported {
  /** The address of a block, or the name of an input. */
  readonly name: string;
  /** One-based; absent for an input. */
  readonly line?: number;
}

/** A script, and what of the page is not in it. */
export interface ExportedScript {
  readonly text: string;
  readonly left: readonly LeftToPerson[];
}

/** The script of a plan; `page` is how its file is called, `digest` what it was when it was exported. */
export function exportScript(plan: Plan, { page, digest }: { page: string; digest: string }): ExportedScript {
  const items = plan.items.filter(({ onDemand }) => !onDemand);
  const inputs = plan.inputs ?? [];
  const left = [
    ...inputs.flatMap((input) => {
      const why = whyNotInput(input);
      return why === undefined ? [] : [{ ...why, name: input.name }];
    }),
    ...items.flatMap((item) => {
      const why = whyNotExported(item, plan);
      return why === undefined ? [] : [{ ...why, name: String(item.address), line: item.line }];
    }),
  ];
  const main = items.filter(({ phase }) => phase !== 'rollback');
  const undos = items.filter(({ phase }) => phase === 'rollback');
  const text = [
    '#!/usr/bin/env bash',
    `# ${oneLine(plan.title)}`,
    `# Made by \`runsheet export\` of ${oneLine(page)}, sha256:${digest}`,
    '# shellcheck disable=SC2016,SC2034,SC2154',
    'if [ -z "${BASH_VERSION-}" ] || [ "${BASH_VERSINFO[0]}" -lt 4 ]; then echo "bash 4 or newer is needed" >&2; exit 2; fi',
    help(plan, inputs),
    scriptRuntime,
    ...(items.some(capturesJson) ? [scriptJson] : []),
    start(plan),
    ...inputs.map(inputLine),
    `rs_names=${shellQuote(` ${inputs.map(({ name }) => name).join(' ')} `)}`,
    'rs_inputs_end',
    ...refusals(main),
    '',
    ...undoLines(undos, plan),
    ...main.flatMap((item) => itemLines(item, plan)),
    'rs_end',
  ].join('\n');
  return { text: `${text}\n`, left };
}

function help({ title }: Plan, inputs: readonly InputDeclaration[]): string {
  const lines = [
    oneLine(title),
    'Options: --yes (answers confirmations), --rollback (undoes what was done when something fails),',
    '  --allow-destructive, --manual pause|skip (what a person does, when nobody is there)',
    ...(inputs.length === 0 ? [] : ['Inputs, as NAME=VALUE or variables:']),
    ...inputs.map(({ name, description, default: preset, secret }) => {
      const more = [description, preset !== undefined && !secret ? `default: ${preset}` : undefined];
      return oneLine(`  ${name}  ${more.filter((one) => one !== undefined).join('; ')}`.trimEnd());
    }),
  ];
  return `rs_help() { printf '%s\\n' ${lines.map(shellQuote).join(' ')}; }`;
}

function start({ cwd, env }: Plan): string {
  const folder = cwd === undefined ? '"$rs_folder"' : startFolder(cwd);
  return [
    `rs_first=$(cd -- "$rs_folder" && cd -- ${folder} && pwd) || rs_usage 'the folder of the page is not there'`,
    `printf 'cd -- %q\\n' "$rs_first" >> "$rs_dir/state"`,
    ...Object.entries(env).map(([name, value]) => `rs_export ${name} ${shellQuote(value)}`),
  ].join('\n');
}

/** What nobody would be there to confirm is refused before anything runs. */
function refusals(main: readonly PlanItem[]): readonly string[] {
  const asking = main.filter((item) => item.kind === 'block' && item.confirm !== undefined);
  const destroying = main.filter((item) => item.kind === 'block' && item.risk === 'destructive');
  const names = (items: readonly PlanItem[]): string => items.map(({ address }) => address).join(', ');
  return [
    ...(destroying.length === 0
      ? []
      : [
          `[ -n "$rs_destroy" ] || rs_has_terminal || rs_usage ${shellQuote(`something is destroyed (${names(destroying)}), and nobody is here to confirm it: --allow-destructive does`)}`,
        ]),
    ...(asking.length === 0
      ? []
      : [
          `[ -n "$rs_yes" ] || rs_has_terminal || rs_usage ${shellQuote(`something is asked (${names(asking)}), and nobody is here to answer: --yes does`)}`,
        ]),
  ];
}

function startFolder(cwd: string): string {
  return /^~(?=\/|$)/.test(cwd) ? `"$HOME"${shellQuote(cwd.slice(1))}` : shellQuote(cwd);
}

/** Also of what a script cannot make by itself: somebody gives it then, or nothing runs. */
function inputLine(input: InputDeclaration): string {
  const { name, secret, type, pattern, choices, placeholder } = input;
  const kind = secret === undefined ? type : 'secret';
  // Where a condition says whether there is a value at all, nothing stands for it.
  const preset = input.when === undefined ? input.default : undefined;
  const source =
    secret !== undefined && 'env' in secret && typeof secret.env === 'string' ? secret.env : name;
  const parts = [
    name,
    kind,
    preset ?? '',
    preset === undefined ? '' : '1',
    isNeeded(input, preset),
    // `<user>` is not who runs the script.
    placeholder !== undefined && secret === undefined ? '' : source,
    pattern === undefined ? '' : (toExtendedPattern(`^(${pattern})$`) ?? ''),
    choices === undefined || type === 'multiple' ? '' : `\n${choices.join('\n')}\n`,
    placeholder?.variable ?? name,
    whatIsNotChecked(input) ?? '',
  ];
  return `rs_input ${parts.map(shellQuote).join(' ')}`;
}

function isNeeded(input: InputDeclaration, preset: string | undefined): '' | '1' | 'said' {
  const { required, secret, placeholder, defaultFrom, when } = input;
  if (when !== undefined && (required || input.default !== undefined || defaultFrom !== undefined))
    return 'said';
  const isAsked =
    required ||
    secret !== undefined ||
    (placeholder !== undefined && preset === undefined) ||
    defaultFrom !== undefined;
  return isAsked ? '1' : '';
}

function undoLines(undos: readonly PlanItem[], plan: Plan): readonly string[] {
  const steps = [...new Set(undos.map(({ undoes }) => undoes))];
  const cases = steps.map((step) => {
    const lines = undos.filter(({ undoes }) => undoes === step).flatMap((item) => itemLines(item, plan));
    return [`${shellQuote(step ?? '')})`, ...lines, ';;'].join('\n');
  });
  const names = steps.map((step) => step ?? '*');
  const known = `rs_undoable=${shellQuote(` ${names.join(' ')} `)}`;
  return ['rs_undo() {', 'case $1 in', ...cases, '*) ;;', 'esac', '}', known, ''];
}

/** What says of an item what it is, and runs it. */
function itemLines(item: PlanItem, plan: Plan): readonly string[] {
  const head = [item.address, item.step, item.phase, String(item.line)].map(shellQuote).join(' ');
  const why = whyNotExported(item, plan);
  if (why !== undefined)
    return [
      `rs_item ${head}`,
      `rs_person ${shellQuote(visibleLines(`${item.address}: not in this script: ${why.what}`))} 1`,
      '',
    ];
  if (item.kind === 'manual')
    return [`rs_item ${head}`, `rs_person ${shellQuote(visibleLines(item.text))}`, ''];
  if (item.kind === 'checklist') {
    const list = item.entries.map(({ text }) => `- ${text}`).join('\n');
    return [`rs_item ${head}`, `rs_person ${shellQuote(visibleLines(list))}`, ''];
  }
  if (item.kind === 'runbook') return [];
  return [`# ${oneLine(item.stepTitle)}`, `rs_item ${head}`, ...blockLines(item), 'rs_go', ''];
}

function blockLines(item: BlockItem): readonly string[] {
  const isShell = languageOf(item.language)?.family === 'shell';
  const program = exportedPrograms[languageOf(item.language)?.id ?? ''];
  const set = (name: string, value: string | number | undefined): readonly string[] =>
    value === undefined ? [] : [`rs_${name}=${shellQuote(String(value))}`];
  const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1000);
  return [
    ...(item.restores === undefined ? codeLines(item) : set('restores', item.restores)),
    ...(isShell || program === undefined || item.writes ? [] : [`rs_run=(${program})`]),
    ...(item.errexit === false || (item.looks && item.errexit !== true) ? ["rs_strict=''"] : []),
    ...set('when', item.when),
    ...set('check', item.check),
    ...set('no', noCodes(item)),
    ...set('timeout', seconds(item.timeoutMs)),
    ...(item.retries === 0
      ? []
      : [...set('retries', item.retries), ...set('interval', seconds(item.intervalMs))]),
    ...set('longest', seconds(item.longestIntervalMs)),
    ...(item.exit.join() === '0' ? [] : set('exits', ` ${item.exit.join(' ')} `)),
    ...set('failure', item.onFailure === 'ask' ? undefined : item.onFailure),
    ...set(
      'confirm',
      item.confirm === '' ? `Run ${item.address}?` : item.confirm && visibleLines(item.confirm),
    ),
    ...(item.risk === 'change' ? [] : set('risk', item.risk)),
    ...(item.looks ? ['rs_looks=1'] : []),
    ...folderLines(item.cwd),
    ...arrayLine(
      'env',
      Object.entries(item.env).map(([name, value]) => `${name}=${value}`),
    ),
    ...set('follows', item.follows?.join(' ')),
    ...set('needs', item.needs?.map(({ name }) => name).join(' ')),
    ...arrayLine('capture', (item.captures ?? []).map(captureEntry)),
    ...arrayLine('expect', item.expect.map(expectEntry)),
    ...fileLines(item),
  ];
}

function codeLines(item: BlockItem): readonly string[] {
  const code = (filledCode(item) ?? item.code).replace(/\n$/, '');
  let mark = 'RS_CODE';
  while (code.split('\n').includes(mark)) mark += '_';
  return [`IFS= read -r -d '' rs_code <<'${mark}' || :`, code, mark, "rs_code=${rs_code%$'\\n'}"];
}

function fileLines({ writes, fills = [], restores }: BlockItem): readonly string[] {
  if (writes === undefined || restores !== undefined) return [];
  return [
    `rs_file=${shellQuote(writes.path)}`,
    ...(writes.mode === undefined ? [] : [`rs_mode=${writes.mode.toString(8).padStart(4, '0')}`]),
    ...(writes.validate === undefined ? [] : [`rs_validate=${shellQuote(writes.validate)}`]),
    ...(fills.length === 0 ? [] : [`rs_fills=${shellQuote(fills.join(' '))}`]),
  ];
}

function folderLines(cwd: string | undefined): readonly string[] {
  if (cwd === undefined) return [];
  if (cwd.startsWith('/')) return [`rs_cwd=${shellQuote(cwd)}`];
  return [/^~(?=\/|$)/.test(cwd) ? `rs_cwd=${startFolder(cwd)}` : `rs_cwd="$rs_first"/${shellQuote(cwd)}`];
}

function arrayLine(name: string, values: readonly string[]): readonly string[] {
  return values.length === 0 ? [] : [`rs_${name}=(${values.map(shellQuote).join(' ')})`];
}

function captureEntry({ name, part }: NonNullable<BlockItem['captures']>[number]): string {
  if (part === undefined) return name;
  if (part.type === 'json')
    return `${name}:json:${part.path.map((key) => `${typeof key === 'number' ? 'i' : 'k'}:${key}`).join('\n')}`;
  return `${name}=${toExtendedPattern(part.source, part.flags) ?? ''}`;
}

function capturesJson(item: PlanItem): boolean {
  return item.kind === 'block' && (item.captures ?? []).some(({ part }) => part?.type === 'json');
}

function expectEntry(one: BlockItem['expect'][number]): string {
  if (one.type === 'number') return `number:${toComparison(one.comparison) ?? ''}`;
  if (one.type !== 'text' && one.type !== 'regex') return '';
  const kind = `${one.negated ? 'not-' : ''}${one.type}${one.stream === 'stderr' ? '-err' : ''}`;
  const wanted = one.type === 'text' ? one.text : (toExtendedPattern(one.source, one.flags, 'none') ?? '');
  return `${kind}:${wanted}`;
}

/** Exit codes beside 1 by which its conditions say no. */
function noCodes({ when, check }: BlockItem): string | undefined {
  const codes = [2, 3, 32].filter((code) =>
    [when, check].some((one) => one !== undefined && meansNo(one, code)),
  );
  return codes.length === 0 ? undefined : codes.join(' ');
}

function oneLine(text: string): string {
  return visibleText(text.replace(/\s*[\r\n]+\s*/g, ' '));
}
