// Owns reading the file of a runbook's tests: its cases, each with what the file says of all of them.

import { closestName } from '../../text/closest-name.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { lostToTag } from '../front-matter/complaints/lost-to-tag.ts';
import { checkAgainst, type SchemaIssue } from '../front-matter/front-matter-schema.ts';
import { readYaml } from '../front-matter/read-yaml.ts';
import { parseDuration } from '../parse-duration.ts';
import { findWrongNames } from './find-wrong-names.ts';
import {
  caseKeys,
  expectationKeys,
  type TestFileInput,
  testFileKeys,
  testFileSchema,
} from './test-file-schema.ts';

type CaseInput = TestFileInput['cases'][number];

/** What a command that is not run answers instead. */
export type StubReply = NonNullable<NonNullable<CaseInput['stubs']>[string]>[number];

/** A host of a case, answered for by a shell on this machine. */
export interface StubbedHost {
  /** Replies by command that come before those of the case. */
  readonly stubs: Readonly<Record<string, readonly StubReply[]>>;
  /** True where no connection to it can be made. */
  readonly down: boolean;
}

/** What is to have become of a case. */
export type CaseExpectation = NonNullable<CaseInput['expect']>;

/** One test of a runbook. */
export interface TestCase {
  readonly name: string;
  /** One-based line of the file that it begins at. */
  readonly line: number;
  readonly inputs: Readonly<Record<string, string>>;
  readonly choose: Readonly<Record<string, string>>;
  readonly accept: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Replies by command; the first that fits a call is given. */
  readonly stubs: Readonly<Record<string, readonly StubReply[]>>;
  /** By name. */
  readonly hosts: Readonly<Record<string, StubbedHost>>;
  readonly allow: readonly string[];
  readonly allowLanguages: readonly string[];
  /** Relative to the file; absent for an empty folder. */
  readonly fixtures?: string;
  readonly answers: Readonly<Record<string, string>>;
  readonly onFailure?: 'stop' | 'continue' | 'rollback';
  /** Steps whose change stays, as everybody knows. */
  readonly irreversible: readonly string[];
  /** Blocks of other users run as the account of the test, and share its state. */
  readonly singleUser: boolean;
  /** Paths in the folder, with all below them, whose state is not looked at. */
  readonly ignore: readonly string[];
  /** A command that tells the state that the folder does not hold. */
  readonly probe?: string;
  readonly timeoutMs: number;
  readonly section?: string;
  readonly steps: readonly string[];
  /** False where the case is left out of `--fail-each`. */
  readonly failEach: boolean;
  readonly expect: CaseExpectation;
}

const usualTimeoutMs = 60_000;

/** The cases of a file with everything that is wrong with it; where something is, there are none. */
export function parseTestFile({ text, toByteOffset, lines }: SourceFile): {
  readonly cases: readonly TestCase[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const read = readYaml(text, toByteOffset, { what: 'tests', code: 'test-file' });
  if (!read.ok) return { cases: [], diagnostics: [read.diagnostic] };
  const lost = read.tagged.map((value) => lostToTag(value, 'test-file'));
  if (lost.length > 0) return { cases: [], diagnostics: lost };
  const checked = checkAgainst(testFileSchema, read.data);
  if (!checked.ok)
    return {
      cases: [],
      diagnostics: checked.issues.map(
        (issue): Diagnostic => ({
          ...{ code: 'test-file', severity: 'error', ...saidOf(issue) },
          span: read.find(issue.path, issue.isKey),
        }),
      ),
    };
  const wrong = findWrongNames(checked.value).map(
    ({ path, ...said }): Diagnostic => ({
      code: 'test-file',
      severity: 'error',
      ...said,
      span: read.find(path, false),
    }),
  );
  if (wrong.length > 0) return { cases: [], diagnostics: wrong };
  const { cases, ...shared } = checked.value;
  const twice = cases.flatMap(({ name }, index): Diagnostic[] => {
    if (cases.findIndex((other) => other.name === name) === index) return [];
    const span = read.find(['cases', index, 'name'], false);
    return [{ code: 'test-file', severity: 'error', message: `two cases are called \`${name}\``, span }];
  });
  if (twice.length > 0) return { cases: [], diagnostics: twice };
  return {
    cases: cases.map((one, index) => ({
      ...toCase(one, shared),
      line: lines.placeOf(read.find(['cases', index], false).start).line,
    })),
    diagnostics: [],
  };
}

function saidOf({ path, key, expected }: SchemaIssue): Pick<Diagnostic, 'message' | 'label'> {
  const name = String(path.at(-1) ?? '');
  if (key === 'missing') return { message: `\`${path.join('.')}\` is missing` };
  if (key === undefined)
    return { message: `\`${path.length === 0 ? 'tests' : path.join('.')}\` expects ${expected}` };
  const meant = closestName(name, keysBeside(path));
  return {
    message: `\`${name}\` is not a key of a test`,
    ...(meant !== undefined && { label: `did you mean \`${meant}\`?` }),
  };
}

/** The keys that may stand where an unknown one does. */
function keysBeside([top, , inner, ...deeper]: SchemaIssue['path']): readonly string[] {
  if (top !== 'cases') return testFileKeys;
  if (inner === 'expect' && deeper.length > 0) return expectationKeys;
  return deeper.length === 0 ? caseKeys : [];
}

/** The case's own word goes before that of its file; mappings and lists add up. */
function toCase(one: CaseInput, all: Omit<TestFileInput, 'cases'>): Omit<TestCase, 'line'> {
  const fixtures = one.fixtures ?? all.fixtures;
  const onFailure = one['on-failure'] ?? all['on-failure'];
  const probe = one.probe ?? all.probe;
  const timeout = one.timeout ?? all.timeout;
  return {
    name: one.name,
    inputs: { ...all.inputs, ...one.inputs },
    choose: { ...all.choose, ...one.choose },
    accept: [...(all.accept ?? []), ...(one.accept ?? [])],
    env: { ...all.env, ...one.env },
    stubs: repliesOf({ ...all.stubs, ...one.stubs }),
    hosts: Object.fromEntries(
      Object.entries({ ...all.hosts, ...one.hosts }).map(([name, host]) => [
        name,
        { stubs: repliesOf(host?.stubs ?? {}), down: host?.down ?? false },
      ]),
    ),
    allow: [...(all.allow ?? []), ...(one.allow ?? [])],
    allowLanguages: [...(all['allow-languages'] ?? []), ...(one['allow-languages'] ?? [])],
    ...(fixtures !== undefined && { fixtures }),
    answers: { ...all.answers, ...one.answers },
    ...(onFailure !== undefined && { onFailure }),
    irreversible: [...(all.irreversible ?? []), ...(one.irreversible ?? [])],
    singleUser: one['single-user'] ?? all['single-user'] ?? false,
    ignore: [...(all.ignore ?? []), ...(one.ignore ?? [])],
    ...(probe !== undefined && { probe }),
    timeoutMs: (timeout === undefined ? undefined : parseDuration(timeout)) ?? usualTimeoutMs,
    ...(one.section !== undefined && { section: one.section }),
    steps: one.step ?? [],
    failEach: one['fail-each'] ?? true,
    expect: one.expect ?? {},
  };
}

function repliesOf(stubs: NonNullable<CaseInput['stubs']>): TestCase['stubs'] {
  return Object.fromEntries(Object.entries(stubs).map(([name, replies]) => [name, replies ?? [{}]]));
}
