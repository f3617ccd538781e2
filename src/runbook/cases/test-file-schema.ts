// Owns what the file of a runbook's tests may hold, as one schema.
import * as v from 'valibot';
import { writtenValues } from '../front-matter/written-values.ts';
import { outcomeWords } from './outcome-words.ts';

const { duration, flag, number, text, texts } = writtenValues;

const names = (what: string) => v.record(v.string(), text, what);
const code = v.pipe(
  number('an exit code from 0 to 255'),
  v.integer('an exit code from 0 to 255'),
  v.minValue(0, 'an exit code from 0 to 255'),
  v.maxValue(255, 'an exit code from 0 to 255'),
);
const times = v.pipe(
  number('a whole number from 1 on'),
  v.integer('a whole number from 1 on'),
  v.minValue(1, 'a whole number from 1 on'),
);

const reply = v.strictObject(
  {
    when: v.optional(text),
    times: v.optional(times),
    exit: v.optional(code),
    stdout: v.optional(text),
    stderr: v.optional(text),
    script: v.optional(text),
  },
  'a mapping such as `{ when: reload nginx, exit: 1 }`',
);
const stub = v.nullable(
  v.union(
    [
      v.array(reply),
      v.pipe(
        reply,
        v.transform((one) => [one]),
      ),
    ],
    'one reply, or a list of them: `{ when: …, times: …, exit: …, stdout: …, stderr: …, script: … }`',
  ),
);
const stubs = v.record(
  v.pipe(v.string(), v.regex(/^[^/\s]+$/, 'the name of a command, without a path')),
  stub,
  'a mapping of commands to replies',
);

const host = v.nullable(
  v.strictObject(
    { stubs: v.optional(stubs), down: v.optional(flag('`true` or `false`')) },
    'a mapping such as `{ stubs: { systemctl: { exit: 1 } } }`',
  ),
);
/** What ssh takes for a host, and what can be the name of a folder. */
const hostName = v.pipe(v.string(), v.regex(/^[^\s/.-][^\s/]*$/, 'the name of a host'));
const hosts = v.union(
  [
    v.pipe(
      v.array(hostName),
      v.transform(
        (all): Record<string, v.InferOutput<typeof host>> =>
          Object.fromEntries(all.map((name) => [name, null])),
      ),
    ),
    v.record(hostName, host),
  ],
  'a list of hosts, or a mapping of hosts to what they answer',
);

const expectation = v.strictObject(
  {
    outcome: v.optional(
      v.picklist(outcomeWords, `one of ${outcomeWords.map((word) => `\`${word}\``).join(', ')}`),
    ),
    order: v.optional(texts),
    captured: v.optional(names('a mapping of variables to values')),
    calls: v.optional(texts),
    files: v.optional(v.record(v.string(), v.nullable(text), 'a mapping of files to what they hold')),
    output: v.optional(texts),
  },
  'a mapping such as `{ outcome: rolled-back }`',
);

/** What holds for a case, and what all cases of a file begin with. */
const shared = {
  inputs: v.optional(names('a mapping of inputs to values')),
  choose: v.optional(names('a mapping of choices to ways')),
  accept: v.optional(texts),
  env: v.optional(names('a mapping of variables to values')),
  stubs: v.optional(stubs),
  hosts: v.optional(hosts),
  allow: v.optional(texts),
  'allow-languages': v.optional(texts),
  fixtures: v.optional(text),
  answers: v.optional(names('a mapping of steps to answers')),
  'on-failure': v.optional(
    v.picklist(['stop', 'continue', 'rollback'], 'one of `stop`, `continue`, `rollback`'),
  ),
  irreversible: v.optional(texts),
  'single-user': v.optional(flag('`true` or `false`')),
  ignore: v.optional(texts),
  probe: v.optional(text),
  timeout: v.optional(duration),
};

const testCase = v.strictObject(
  {
    name: text,
    ...shared,
    section: v.optional(text),
    step: v.optional(texts),
    'fail-each': v.optional(flag('`true` or `false`')),
    expect: v.optional(expectation),
  },
  'a mapping with a `name`',
);

/** The file as a whole. */
export const testFileSchema = v.strictObject(
  {
    ...shared,
    cases: v.pipe(v.array(testCase, 'a list of cases'), v.minLength(1, 'at least one case')),
  },
  'a mapping with `cases`',
);

/** Keys at each level, for suggestions. */
export const testFileKeys: readonly string[] = Object.keys(testFileSchema.entries);
export const caseKeys: readonly string[] = Object.keys(testCase.entries);
export const expectationKeys: readonly string[] = Object.keys(expectation.entries);

/** The file as it was read. */
export type TestFileInput = v.InferOutput<typeof testFileSchema>;
