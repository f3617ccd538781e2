// Owns reading the cases of files of tests from the disk.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { errorMessage } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { parseTestFile } from '../../runbook/cases/parse-test-file.ts';
import { decodeSource } from '../../text/source-file.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { PlacedCase } from './cases/run-case.ts';
import type { TestFilePlace } from './find-test-files.ts';

/** The cases of one runbook. */
export interface Suite extends TestFilePlace {
  readonly cases: readonly PlacedCase[];
}

/** Reads all files; where something is wrong in one, says so and gives the exit code. */
export function loadCases(
  places: readonly TestFilePlace[],
  filter: string | undefined,
): Result<readonly Suite[], number> {
  const suites: Suite[] = [];
  let code: number | undefined;
  for (const place of places) {
    const refusal = readSuite(place);
    if (!refusal.ok) {
      code = refuse(refusal.error);
      continue;
    }
    const isWanted = ({ test }: PlacedCase): boolean =>
      filter === undefined || test.name.includes(filter) || place.page.includes(filter);
    suites.push({ ...place, cases: refusal.value.filter(isWanted) });
  }
  return code === undefined ? ok(suites) : fail(code);
}

function readSuite({ testFile, page }: TestFilePlace): Result<readonly PlacedCase[], Refusal> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(testFile);
  } catch (error) {
    return fail({ message: `\`${testFile}\` cannot be read: ${errorMessage(error, testFile)}` });
  }
  const { source, diagnostics } = decodeSource(testFile, bytes);
  const parsed = diagnostics.length > 0 ? { cases: [], diagnostics } : parseTestFile(source);
  if (parsed.diagnostics.length > 0) return fail({ diagnostics: parsed.diagnostics, source });
  return ok(parsed.cases.map((test) => ({ page: resolve(page), testFile: resolve(testFile), test })));
}
