// Owns reading YAML front matter with places for what is wrong.
import { whyNotGiven } from '../../basics/why-not-given.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Span } from '../../text/span.ts';
import { parseDuration } from '../parse-duration.ts';
import type { ApprovalGroup, FrontMatter, InputDeclaration } from '../runbook.ts';
import { readTelling } from './channels/read-telling.ts';
import { checkDefault } from './check-default.ts';
import { findUnknownKeys } from './complaints/find-unknown-keys.ts';
import { lostToTag } from './complaints/lost-to-tag.ts';
import { unusableValues } from './complaints/unusable-values.ts';
import { checkConcurrency, toConcurrency } from './concurrency.ts';
import { emptyFrontMatter } from './empty-front-matter.ts';
import type { FrontMatterInput } from './front-matter-schema.ts';
import { checkFrontMatter, frontMatterKeys } from './front-matter-schema.ts';
import type { Handler } from './handler.ts';
import type { FindPlace } from './read-yaml.ts';
import { readYaml } from './read-yaml.ts';
import type { SecretSource } from './secret-source.ts';
import { parseEventPath } from './triggers/event-path.ts';
import { parseRate } from './triggers/parse-rate.ts';
import { readTriggers } from './triggers/read-triggers.ts';
import type { Upkeep } from './upkeep.ts';

/** The line of the page before the first one of the code that is written as the value there. */
type LineAt = (place: Span) => number;

export interface FrontMatterReading {
  readonly frontMatter: FrontMatter;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the YAML between the fences. `toByteOffset` takes UTF-16 offsets of `yaml` to bytes of the file. Where
 * something is wrong, nothing of the front matter is used: half of a guard is none. With `skim` what is only to be
 * told of what is used is not looked for.
 */
export function readFrontMatter(
  yaml: string,
  toByteOffset: (offset: number) => number,
  skim = false,
): FrontMatterReading {
  const written = readYaml(yaml, toByteOffset, { what: 'front matter', code: 'front-matter-yaml' });
  if (!written.ok) return { frontMatter: emptyFrontMatter, diagnostics: [written.diagnostic] };
  const { data, find, isWrittenNull, isCutOff } = written;
  const lost = written.tagged
    .filter(({ under }) => frontMatterKeys.includes(under))
    .map((value) => lostToTag(value, 'front-matter-value'));
  const checked = checkFrontMatter(data);
  const misspelt = findUnknownKeys(data, find, isCutOff);
  const { triggers, diagnostics: wrongTriggers } = readOn(data, find);
  if (!checked.ok || wrongTriggers.length > 0 || lost.length > 0) {
    const issues = (checked.ok ? [] : checked.issues)
      // Its reader says more of what is wrong, and where.
      .filter(({ path }) => path[0] !== 'on' || wrongTriggers.length === 0)
      .map(
        ({ path, isKey, expected }): Diagnostic => ({
          code: 'front-matter-value',
          severity: 'error',
          message: `\`${path.length === 0 ? 'front matter' : path.join('.')}\` expects ${expected}`,
          span: find(path, isKey),
        }),
      );
    return {
      frontMatter: emptyFrontMatter,
      diagnostics: [...misspelt, ...lost, ...wrongTriggers, ...issues],
    };
  }
  const read = toFrontMatter(checked.value, find, lineBefore(yaml, toByteOffset));
  const frontMatter = { ...read, ...(triggers.length > 0 && { triggers }) };
  if (skim) return { frontMatter, diagnostics: [] };
  const doubtful = frontMatter.inputs.flatMap(({ name }): readonly Diagnostic[] => {
    const path = ['inputs', name, 'default'];
    return isWrittenNull(path) ? [{ ...nothingWritten(path), span: find(path, false) }] : [];
  });
  return {
    frontMatter,
    diagnostics: [
      ...[...misspelt, ...doubtful],
      ...[...checkDefaults(frontMatter, find), ...checkEnv(frontMatter, find)],
      ...[...checkConcurrency(frontMatter, find), ...unusableValues(frontMatter, find)],
    ],
  };
}

function readOn(data: unknown, find: FindPlace): ReturnType<typeof readTriggers> {
  const on = isRecord(data) ? data.on : undefined;
  return on === undefined ? { triggers: [], diagnostics: [] } : readTriggers(on, find);
}

/** `default: ~` may be meant as the home, and is nothing to YAML: nobody guesses which. */
function nothingWritten(path: readonly string[]) {
  return {
    code: 'front-matter-value',
    severity: 'error' as const,
    message: `\`${path.join('.')}\` expects a text; \`null\` and \`~\` are nothing in YAML`,
    help: 'put it in quotes where the text is meant, and take the line out where nothing is',
  };
}

/** The front matter begins in the first line of the page, with its fence. */
function lineBefore(yaml: string, toByteOffset: (offset: number) => number): LineAt {
  return ({ start }) => {
    let offset = 0;
    let line = 1;
    for (
      let end = yaml.indexOf('\n');
      end !== -1 && toByteOffset(end) < start;
      end = yaml.indexOf('\n', offset)
    ) {
      line++;
      offset = end + 1;
    }
    while (toByteOffset(offset) < start) offset++;
    // Of a block of lines the code begins below its indicator.
    return /^[|>]/.test(yaml.slice(offset)) ? line + 1 : line;
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapHandlers(
  handlers: NonNullable<FrontMatterInput['handlers']>,
  find: FindPlace,
  lineAt: LineAt,
): Readonly<Record<string, Handler>> {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, given]): [string, Handler] => {
      const path = ['handlers', name];
      if (typeof given === 'string') return [name, { run: given, line: lineAt(find(path, false)) }];
      const { run, check, user, timeout, risk } = given;
      const timeoutMs = timeout === undefined ? undefined : parseDuration(timeout);
      return [
        name,
        {
          run,
          line: lineAt(find([...path, 'run'], false)),
          ...(check !== undefined && { check }),
          ...(user !== undefined && { user }),
          ...(timeoutMs !== undefined && { timeoutMs }),
          ...(risk !== undefined && { risk }),
        },
      ];
    }),
  );
}

function toFrontMatter(read: FrontMatterInput, find: FindPlace, lineAt: LineAt): FrontMatter {
  const { title, description, owner, severity, shell, cwd, user, errexit, log, concurrency } = read;
  const estimateMs = read.estimate === undefined ? undefined : parseDuration(read.estimate);
  const byHand = read['manual-estimate'];
  const manualEstimateMs = byHand === undefined ? undefined : parseDuration(byHand);
  const rate = read.rate === undefined ? undefined : parseRate(read.rate);
  const runOn = read['run-on'];
  return {
    ...(present(title) && { title }),
    ...(present(description) && { description }),
    ...(present(owner) && { owner }),
    ...(present(severity) && { severity }),
    ...(present(read.service) && { services: read.service }),
    ...readUpkeep(read, find),
    ...(read.responders && { responders: read.responders }),
    ...(manualEstimateMs !== undefined && { manualEstimateMs }),
    tags: read.tags ?? [],
    ...(estimateMs !== undefined && { estimateMs }),
    ...(shell !== undefined && { shell }),
    ...(cwd !== undefined && { cwd }),
    ...(user !== undefined && { user }),
    ...(errexit !== undefined && { errexit }),
    env: read.env ?? {},
    inputs: Object.entries(read.inputs ?? {}).map(([name, input]) =>
      toInput(name, input, find(['inputs', name], true)),
    ),
    outputs: read.outputs ?? [],
    hosts: read.hosts ?? {},
    ...(read.handlers && { handlers: mapHandlers(read.handlers, find, lineAt) }),
    ...(log !== undefined && { log }),
    ...(concurrency !== undefined && { concurrency: toConcurrency(concurrency) }),
    ...(rate && { rate }),
    ...(runOn !== undefined && { runOn }),
    approvals: Object.fromEntries(
      Object.entries(read.approvals ?? {}).map(([name, approval]) => [name, toApproval(approval)]),
    ),
    ...readTelling(read, find),
    ...(read.template && { template: toTemplate(read.template, find) }),
    ...(read.accept !== undefined && { accept: read.accept }),
    sections: withoutAbsent(read.sections ?? {}),
    interpreters: byLabel(read.interpreters ?? {}),
  };
}

function readUpkeep(
  { 'review-after': day, 'prove-every': every }: FrontMatterInput,
  find: FindPlace,
): Upkeep {
  const ms = every === undefined ? undefined : parseDuration(every);
  return {
    ...(day !== undefined && { reviewAfter: { day, span: find(['review-after'], false) } }),
    ...(every !== undefined &&
      ms !== undefined && { proveEvery: { ms, written: every, span: find(['prove-every'], false) } }),
  };
}

/** Labels of code blocks are compared without case. */
export function byLabel(
  interpreters: Readonly<Record<string, readonly string[]>>,
): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(interpreters).map(([label, argv]) => [label.toLowerCase(), argv]));
}

function present<Value>(value: Value | null | undefined): value is Value {
  return value !== undefined && value !== null;
}

function withoutAbsent<Value>(record: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  const kept: Record<string, Value> = {};
  for (const [key, value] of Object.entries(record)) if (value !== undefined) kept[key] = value;
  return kept;
}

type InputEntry = NonNullable<FrontMatterInput['inputs']>[string];
type ApprovalEntry = NonNullable<FrontMatterInput['approvals']>[string];

function toInput(name: string, entry: InputEntry, place: Span): InputDeclaration {
  const input = entry ?? {};
  const choices = Array.isArray(input.choices) ? input.choices : undefined;
  const choicesFrom = isRecord(input.choices) ? String(input.choices.command) : undefined;
  const hasChoices = choices !== undefined || choicesFrom !== undefined;
  const defaultFrom = isRecord(input.default) ? String(input.default.command) : undefined;
  const value = defaultFrom === undefined ? textOfDefault(input) : undefined;
  const secret = toSecret(input.secret);
  const fromEvent = input.from === undefined ? undefined : parseEventPath(input.from);
  return {
    name,
    type: input.type ?? (hasChoices ? 'choice' : 'string'),
    ...(input.description !== undefined && { description: input.description }),
    ...(present(value) && { default: value }),
    ...(defaultFrom !== undefined && { defaultFrom }),
    ...(input.when !== undefined && { when: input.when }),
    required: input.required ?? false,
    ...(input.pattern !== undefined && { pattern: input.pattern }),
    ...(input.message !== undefined && { message: input.message }),
    ...(choices !== undefined && { choices }),
    ...(choicesFrom !== undefined && { choicesFrom }),
    ...(secret !== undefined && { secret }),
    ...(fromEvent && { fromEvent }),
    ...(input.secret === false && { isPublic: true as const }),
    span: place,
  };
}

function toTemplate(
  { description, fields = {} }: NonNullable<FrontMatterInput['template']>,
  find: FindPlace,
): NonNullable<FrontMatter['template']> {
  return {
    ...(description !== undefined && { description }),
    fields: Object.entries(fields).map(([name, field]) =>
      toInput(name, field, find(['template', 'fields', name], true)),
    ),
  };
}

function textOfDefault({ type, default: value }: NonNullable<InputEntry>): string | undefined {
  // YAML has `True` and `TRUE` as well.
  if (type === 'boolean' && typeof value === 'string' && /^(?:true|false)$/i.test(value))
    return value.toLowerCase();
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(',') : undefined;
}

function toSecret(secret: NonNullable<InputEntry>['secret']): SecretSource | undefined {
  if (secret === undefined || secret === false) return undefined;
  if (secret === true) return { type: 'prompt' };
  if ('command' in secret) return { type: 'command', command: secret.command };
  if ('env' in secret) return { type: 'env', name: secret.env };
  return { type: 'file', path: secret.file };
}

function toApproval(approval: ApprovalEntry): ApprovalGroup {
  const timeoutMs = approval.timeout === undefined ? undefined : parseDuration(approval.timeout);
  return {
    people: approval.people ?? [],
    count: approval.count ?? 1,
    ...(timeoutMs !== undefined && { timeoutMs }),
    onTimeout: approval['on-timeout'] ?? 'deny',
  };
}

/** A default that its own input would refuse is a mistake of the author, found before anybody runs anything. */
function checkDefaults({ inputs, template }: FrontMatter, find: FindPlace): readonly Diagnostic[] {
  const check = (input: InputDeclaration, path: readonly string[]): readonly Diagnostic[] => {
    const refusal = checkDefault(input);
    if (refusal === undefined) return [];
    return [
      {
        code: 'front-matter-value',
        severity: 'error',
        message: `the default of \`${input.name}\` ${refusal}`,
        span: find([...path, input.name, 'default'], false),
      },
    ];
  };
  return [
    ...inputs.flatMap((input) => check(input, ['inputs'])),
    ...(template?.fields ?? []).flatMap((field) => check(field, ['template', 'fields'])),
  ];
}

/** No process can be given such a variable, so that no block could be started with it. */
function checkEnv({ env }: FrontMatter, find: FindPlace): readonly Diagnostic[] {
  return Object.entries(env).flatMap(([name, value]): readonly Diagnostic[] => {
    const why = whyNotGiven(name, value);
    if (why === undefined) return [];
    return [
      {
        code: 'front-matter-value',
        severity: 'error',
        message: `the value of \`${name}\` ${why}`,
        span: find(['env', name], false),
      },
    ];
  });
}
