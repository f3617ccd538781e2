// Owns comparing what became of a case with what it expects.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderDifference } from '../../run/expectations/render-difference.ts';
import type { CaseExpectation, TestCase } from '../../runbook/cases/parse-test-file.ts';
import { readTestPattern } from '../../runbook/cases/read-test-pattern.ts';
import type { FoundRun } from './cases/run-case.ts';

/** Everything that is not as expected, in lines; none where all is. */
export async function judgeCase(test: TestCase, found: FoundRun): Promise<readonly string[]> {
  const { expect } = test;
  const { record, refused, calls, folder } = found;
  const outcome = expect.outcome ?? 'succeeded';
  const problems = [
    ...refused.map((call) => `no stub fits this call: ${call}`),
    ...record.failures.flatMap(unknownCommands),
    ...record.unanswered.map((question) => `no answer is given: ${question}`),
    ...Object.keys(test.answers)
      .filter((key) => key !== 'clean-up' && !record.answered.includes(key))
      .map((key) => `the answer \`${key}\` was not asked for`),
    ...(outcome === record.outcome
      ? []
      : [`outcome: expected ${outcome}, was ${record.outcome} (${record.message})`]),
    ...compareLists('order', expect.order, record.order),
    ...compareCalls(expect.calls, calls),
    ...compareCaptured(expect.captured, record.captured),
    ...(expect.output ?? []).flatMap((text) =>
      holds(record.output, text) ? [] : [`output: \`${text}\` is not in it`],
    ),
    ...(await compareFiles(expect.files, folder.work)),
  ];
  if (problems.length === 0) return [];
  const isExpected = outcome !== 'succeeded' && outcome === record.outcome;
  return [...problems, ...(isExpected ? [] : record.failures.flatMap(failureLines))];
}

/** Nothing else may hide that a command is missing: a case that expects a failure would take this one for it. */
function unknownCommands({
  address,
  why,
  output,
}: FoundRun['record']['failures'][number]): readonly string[] {
  if (/neither stubbed nor allowed|outside of its folder|has set `PATH`/.test(why))
    return [`\`${address}\`: ${why.replace('could not be started: ', '')}`];
  const found = output.flatMap((line) => {
    const name = /(?:^|: )([^\s:]+): (?:command )?not found$|command not found: (\S+)$/.exec(line);
    return name === null ? [] : [name[1] ?? name[2] ?? ''];
  });
  return found.map((name) => `\`${address}\`: \`${name}\` is neither stubbed nor allowed`);
}

/** As a unified difference marks them, under what is compared; blanks at the ends of lines are shown as what they are. */
function differenceLines(expected: string, actual: string): readonly string[] {
  const difference = renderDifference(withEnds(expected), withEnds(actual));
  const shown = /^[-+]/m.test(difference) ? difference : plainDifference(expected, actual);
  return shown.split('\n').map((line) => `    ${line}`);
}

function withEnds(text: string): string {
  const marks: Readonly<Record<string, string>> = { ' ': '␠', '\t': '␉', '\r': '␍' };
  return text.replace(/[ \t\r]+$/gm, (blanks) => [...blanks].map((blank) => marks[blank]).join(''));
}

/** What is no difference where outputs are compared: empty lines at the ends, and lines of `...`. */
function plainDifference(expected: string, actual: string): string {
  const [wanted, found] = [expected.split('\n'), actual.split('\n')];
  const at = wanted.findIndex((line, index) => line !== found[index]);
  const first = at === -1 ? wanted.length : at;
  const line = (text: string | undefined): string => (text === undefined ? 'nothing' : JSON.stringify(text));
  return `line ${first + 1}\n-${line(wanted[first])}\n+${line(found[first])}`;
}

/** What failed in the run, with the last lines of its output. */
function failureLines({ address, why, output }: FoundRun['record']['failures'][number]): readonly string[] {
  return [`\`${address}\` failed: ${why}`, ...output.map((line) => `  | ${line}`)];
}

function compareLists(
  what: string,
  expected: readonly string[] | undefined,
  actual: readonly string[],
): readonly string[] {
  if (expected === undefined || JSON.stringify(expected) === JSON.stringify(actual)) return [];
  return [`${what}:`, ...differenceLines(expected.join('\n'), actual.join('\n'))];
}

/** They are to come in this order, with others between them; `!` before one says that it is not to come at all. */
function compareCalls(expected: CaseExpectation['calls'], calls: readonly string[]): readonly string[] {
  if (expected === undefined) return [];
  const unwanted = expected
    .filter((call) => call.startsWith('!'))
    .map((call) => call.slice(1).trim())
    .filter((pattern) => calls.some((call) => fits(call, pattern)));
  const wanted = expected.filter((call) => !call.startsWith('!'));
  let at = 0;
  const missing = wanted.find((pattern) => {
    const next = calls.findIndex((call, index) => index >= at && fits(call, pattern));
    at = next + 1;
    return next === -1;
  });
  if (missing === undefined && unwanted.length === 0) return [];
  return [
    ...unwanted.map((call) => `calls: \`${call}\` was called`),
    ...(missing === undefined ? [] : [`calls: \`${missing}\` is missing in`]),
    ...(missing === undefined ? [] : calls.map((call) => `    ${call}`)),
  ];
}

/** `/…/` is a regular expression as in a stub, `*` and `?` stand for other text. */
function fits(text: string, pattern: string): boolean {
  const regex = regexOf(pattern, 's');
  if (regex !== undefined) return regex.test(text);
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

function holds(output: string, text: string): boolean {
  return regexOf(text, 'm')?.test(output) ?? output.includes(text);
}

/** What cannot be read was refused with the file. */
function regexOf(pattern: string, flags: string): RegExp | undefined {
  const read = readTestPattern(pattern);
  return read === undefined || 'wrong' in read ? undefined : new RegExp(read.pattern.source, flags);
}

function compareCaptured(
  expected: CaseExpectation['captured'],
  captured: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(expected ?? {}).flatMap(([name, value]) => {
    if (!Object.hasOwn(captured, name)) return [`captured: \`${name}\` was not set`];
    const actual = captured[name] ?? '';
    return actual === value ? [] : [`captured ${name}:`, ...differenceLines(value, actual)];
  });
}

/** A newline at the end more or less is none; a file that is to hold nothing at all is not to be there. */
async function compareFiles(expected: CaseExpectation['files'], work: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const [name, content] of Object.entries(expected ?? {})) {
    const actual = await readFile(join(work, name), 'utf8').catch(() => undefined);
    if (content === null && actual !== undefined) lines.push(`files: \`${name}\` is there`);
    if (content === null) continue;
    if (actual === undefined) lines.push(`files: \`${name}\` is not there`);
    else if (actual.replaceAll(work, '{folder}').replace(/\n$/, '') !== content.replace(/\n$/, ''))
      lines.push(`files ${name}:`, ...differenceLines(content, actual.replaceAll(work, '{folder}')));
  }
  return lines;
}
