// Owns what front matter may hold, as one schema.

import * as v from 'valibot';
import { isUserName } from '../../basics/is-user-name.ts';
import { type DoubtCode, doubtCodes } from '../doubts/doubt-kinds.ts';
import { logChoices, sectionKinds } from '../runbook.ts';
import { channelSchema } from './channels/channel-schema.ts';
import { tellingEntries } from './channels/telling-entries.ts';
import { isRegex } from './check-default.ts';
import { escapeNames, restoreName, restoreNames } from './escape-names.ts';
import { fromEvent, triggerEntries } from './triggers/trigger-entries.ts';
import { writtenValues } from './written-values.ts';

const { command, date, duration, flag, number, text, texts } = writtenValues;

const userText = 'the name of an account';
const runAsText = 'a command with `{user}` in it, such as `[sudo, -n, -u, "{user}"]`';
const pattern = v.pipe(v.string('a regular expression'), v.check(isRegex, 'a valid regular expression'));
const count = v.pipe(
  number('a whole number'),
  v.integer('a whole number'),
  v.minValue(1, 'a number from 1 on'),
);
const variable = v.pipe(
  v.string('a variable name such as `PGHOST`'),
  v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a variable name such as `PGHOST`'),
);

const secret = v.union(
  [
    flag(),
    v.strictObject({ command: v.string() }),
    v.strictObject({ env: v.string() }),
    v.strictObject({ file: v.string() }),
  ],
  '`true`, or one of `command:`, `env:`, `file:`',
);

const choices = v.union([texts, v.strictObject({ command: v.string() })], 'a list of choices, or `command:`');

const concurrencyText =
  '`forbid`, `allow`, or a mapping such as `{ key: $HOST, limit: 1, when-full: queue }`';
const concurrency = v.union(
  [
    v.picklist(['forbid', 'allow']),
    v.strictObject({
      key: v.optional(text),
      limit: v.optional(count),
      'when-full': v.optional(v.picklist(['queue', 'coalesce', 'refuse'])),
      wait: v.optional(duration),
    }),
  ],
  concurrencyText,
);

const inputMapping = 'a mapping such as `{ default: localhost }`';
const inputEntries = v.looseObject(
  {
    description: v.optional(text),
    type: v.optional(
      v.picklist(
        ['string', 'number', 'boolean', 'choice', 'multiple', 'path', 'duration'],
        'one of `string`, `number`, `boolean`, `choice`, `multiple`, `path`, `duration`',
      ),
    ),
    default: v.optional(
      v.nullable(
        v.union([text, v.array(text), v.strictObject({ command: v.string() })], 'a text, or `command:`'),
      ),
    ),
    when: v.optional(v.string('a shell condition')),
    required: v.optional(flag('`true` or `false`')),
    pattern: v.optional(pattern),
    message: v.optional(text),
    choices: v.optional(choices),
    secret: v.optional(secret),
    from: fromEvent,
  },
  inputMapping,
);

const input = v.nullable(inputEntries);

/** What mappings of names look like, where something else stands. */
const mappingForms = {
  inputs: 'a mapping of names such as `{ REGION: { default: eu-1 } }`',
  approvals: 'a mapping of groups such as `{ dba: { people: [ada, grace] } }`',
  env: 'a mapping of variables such as `{ REGION: eu-1 }`',
  hosts: 'a mapping of groups such as `{ web: [web1, web2] }`',
};

/** What configuration files hold as well: words of sections, programs that run languages, how shell blocks fail. */
function sharedEntries() {
  const words = `lists of words for ${sectionKinds.map((kind) => `\`${kind}\``).join(', ')}`;
  return {
    sections: v.optional(v.strictObject(sectionEntries(), words)),
    interpreters: v.optional(v.record(v.string(), command, 'a mapping of languages to commands')),
    errexit: v.optional(flag('`true` or `false`')),
    log: v.optional(v.picklist(logChoices, `one of ${logChoices.map((one) => `\`${one}\``).join(', ')}`)),
  };
}

const approvalMapping = 'a mapping such as `{ people: [ada, grace] }`';
const approval = v.looseObject(
  {
    people: v.optional(texts),
    count: v.optional(count),
    timeout: v.optional(duration),
    'on-timeout': v.optional(
      v.picklist(['deny', 'escalate', 'approve'], 'one of `deny`, `escalate`, `approve`'),
    ),
  },
  approvalMapping,
);

/** Doubts that are known and run all the same. */
const doubtWords = `any of ${doubtCodes.map((code) => `\`${code}\``).join(', ')}`;
const doubtCodeList = v.pipe(
  texts,
  v.check((codes) => codes.every((code) => (doubtCodes as readonly string[]).includes(code)), doubtWords),
  v.transform((codes) => codes as readonly DoubtCode[]),
);

const handlerName = v.pipe(
  v.string('a name such as `nginx`'),
  v.regex(/^[A-Za-z0-9][\w.-]*$/, 'a name of letters, digits, `-`, `_` and `.`'),
);
const handlerForm = 'a command, or `{ run: …, check: …, user: …, timeout: …, risk: … }`';
const handler = v.union(
  [
    text,
    v.strictObject(
      {
        run: text,
        check: v.optional(text),
        user: v.optional(v.pipe(v.string(userText), v.check(isUserName, userText))),
        timeout: v.optional(duration),
        risk: v.optional(v.picklist(['read', 'change', 'destructive'], '`read`, `change` or `destructive`')),
      },
      handlerForm,
    ),
  ],
  handlerForm,
);

const fieldName = v.pipe(
  v.string('a name such as `owner`'),
  v.regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'a name of letters, digits, `-` and `_`'),
);
const fieldForm = '`{ description: …, default: …, choices: […], pattern: …, message: … }`';
const templateForm = '`{ description: …, fields: { owner: { description: … } } }`';

/** What a page says of itself as a template: what it is for, and what is asked for when a page is made of it. */
const template = v.strictObject(
  {
    description: v.optional(text),
    fields: v.optional(
      v.record(
        fieldName,
        v.nullable(
          v.strictObject(
            {
              description: v.optional(text),
              default: v.optional(text),
              choices: v.optional(texts),
              pattern: v.optional(pattern),
              message: v.optional(text),
            },
            fieldForm,
          ),
        ),
        'a mapping of names to what is asked for',
      ),
    ),
  },
  templateForm,
);

/** Keys of ours; keys of other tools stand beside them and are left alone. */
export const frontMatterSchema = v.looseObject(
  {
    title: v.optional(v.nullable(text)),
    description: v.optional(v.nullable(text)),
    owner: v.optional(v.nullable(text)),
    severity: v.optional(v.nullable(text)),
    service: v.optional(v.nullable(texts)),
    'review-after': v.optional(date),
    'prove-every': v.optional(duration),
    responders: v.optional(v.nullable(texts)),
    'manual-estimate': v.optional(duration),
    tags: v.optional(v.nullable(texts)),
    estimate: v.optional(duration),
    shell: v.optional(v.string('the name of a shell')),
    cwd: v.optional(v.string('a folder')),
    user: v.optional(v.pipe(v.string(userText), v.check(isUserName, userText))),
    env: v.optional(v.record(variable, text, mappingForms.env)),
    inputs: v.optional(v.record(variable, input, mappingForms.inputs)),
    outputs: v.optional(v.array(variable, 'a list of variable names')),
    hosts: v.optional(v.record(v.string(), texts, mappingForms.hosts)),
    handlers: v.optional(v.record(handlerName, handler, 'a mapping of names to commands')),
    accept: v.optional(doubtCodeList),
    concurrency: v.optional(concurrency),
    approvals: v.optional(v.record(v.string(), approval, mappingForms.approvals)),
    template: v.optional(template),
    ...triggerEntries,
    ...tellingEntries,
    ...sharedEntries(),
  },
  'a mapping',
);

export type FrontMatterInput = v.InferOutput<typeof frontMatterSchema>;

export interface SchemaIssue {
  /** Keys and indices from the root. */
  readonly path: readonly (string | number)[];
  /** True when the key of the entry is wrong, not its value. */
  readonly isKey: boolean;
  /** Why, where it is not the form of the key: no such key is known, or it has to be there and is not. */
  readonly key?: 'unknown' | 'missing';
  readonly expected: string;
}

const signMapping = '`{ key: …, allowed-signers: … }`, both paths of files';

/** Keys of a configuration file; there are no others. */
const ratesText = 'a mapping of owners, or `default`, to what an hour costs';
const rateText = 'an amount and its currency, such as `90 EUR`';

const checkForm = "`{ rules: { CODE: off }, strict: true, exclude: ['old/'] }`";
const level = v.picklist(['off', 'hint', 'warning', 'error'], 'one of `off`, `hint`, `warning`, `error`');

/** What `check` makes of its findings. */
const checkSettings = v.strictObject(
  {
    rules: v.optional(
      v.record(v.string(), level, 'a mapping of codes to `off`, `hint`, `warning` or `error`'),
    ),
    strict: v.optional(flag('`true` or `false`')),
    exclude: v.optional(texts),
  },
  checkForm,
);

const configurationSchema = v.looseObject(
  {
    ...sharedEntries(),
    templates: v.optional(texts),
    check: v.optional(checkSettings),
    channels: v.optional(v.record(v.string(), channelSchema, 'a mapping of names to channels')),
    ssh: v.optional(command),
    'run-as': v.optional(
      v.pipe(
        command,
        v.check((words) => words.some((word) => word.includes('{user}')), runAsText),
      ),
    ),
    rates: v.optional(
      v.record(v.string(), v.pipe(v.string(rateText), v.regex(/^\d+(?:\.\d+)? \S+$/, rateText)), ratesText),
    ),
    'machine-rate': v.optional(v.pipe(v.string(rateText), v.regex(/^\d+(?:\.\d+)? \S+$/, rateText))),
    sign: v.optional(
      v.strictObject({ key: v.optional(text), 'allowed-signers': v.optional(text) }, signMapping),
    ),
  },
  'a mapping',
);

export type ConfigurationInput = v.InferOutput<typeof configurationSchema>;

export type SchemaCheck<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly issues: readonly SchemaIssue[] };

/** Checks the data of a front matter against the schema. */
export function checkFrontMatter(data: unknown): SchemaCheck<FrontMatterInput> {
  const lists = findLists(data);
  const checked = checkAgainst(frontMatterSchema, data);
  if (lists.length === 0) return checked;
  // What is no mapping has no keys that something could be wrong with.
  const others = (checked.ok ? [] : checked.issues).filter(
    ({ path }) => !lists.some((list) => list.path.every((key, index) => key === path[index])),
  );
  return { ok: false, issues: [...lists, ...others] };
}

/** Checks the data of a configuration file against the schema. */
export function checkConfiguration(data: unknown): SchemaCheck<ConfigurationInput> {
  return checkAgainst(configurationSchema, data);
}

/** Data against a schema, with the places of what does not fit. */
export function checkAgainst<Schema extends v.GenericSchema>(
  schema: Schema,
  data: unknown,
): SchemaCheck<v.InferOutput<Schema>> {
  // To valibot a list is an object like others.
  const isList = Array.isArray(data);
  const result = v.safeParse(schema, isList ? undefined : escapeNames(data));
  if (result.success) return { ok: true, value: restoreNames(result.output) };
  const issues = result.issues.map((issue) => {
    const path = (issue.path ?? []).map((item) =>
      typeof item.key === 'number' ? item.key : restoreName(String(item.key)),
    );
    const last = issue.path?.at(-1);
    const isKey = last?.origin === 'key';
    const isUnknown = issue.expected === 'never';
    return {
      path,
      isKey,
      ...(isKey && isUnknown && { key: 'unknown' as const }),
      ...(isKey && !isUnknown && issue.input === undefined && { key: 'missing' as const }),
      expected: issue.message,
    };
  });
  return { ok: false, issues };
}

/** valibot takes a list for an object without keys, which would make an author's mistake vanish. */
function findLists(data: unknown): readonly SchemaIssue[] {
  if (Array.isArray(data)) return [{ path: [], isKey: false, expected: 'a mapping' }];
  const entries = { inputs: inputMapping, approvals: approvalMapping };
  return Object.entries(mappingForms).flatMap(([key, expected]) => {
    const group: unknown = (data as Record<string, unknown> | null)?.[key];
    if (Array.isArray(group)) return [{ path: [key], isKey: false, expected }];
    if (typeof group !== 'object' || group === null || (key !== 'inputs' && key !== 'approvals')) return [];
    return Object.entries(group).flatMap(([name, entry]) =>
      Array.isArray(entry) ? [{ path: [key, name], isKey: false, expected: entries[key] }] : [],
    );
  });
}

/** Keys of ours at each level, for suggestions. */
export const configurationKeys: readonly string[] = Object.keys(configurationSchema.entries);
export const frontMatterKeys: readonly string[] = Object.keys(frontMatterSchema.entries);
export const inputKeys: readonly string[] = Object.keys(inputEntries.entries);
export const approvalKeys: readonly string[] = Object.keys(approval.entries);

function sectionEntries() {
  const list = v.optional(texts);
  return Object.fromEntries(sectionKinds.map((kind) => [kind, list])) as Record<
    (typeof sectionKinds)[number],
    typeof list
  >;
}
