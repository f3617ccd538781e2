// Owns finding the files of tests, and the runbook that each is of.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errorMessage } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { Complaint } from '../refusal.ts';

const ending = '.test.yaml';
const otherEnding = '.test.yml';
const neverEntered = /^(?:\.git|node_modules)$/;

/** A file of tests and its runbook, as they were named. */
export interface TestFilePlace {
  readonly testFile: string;
  readonly page: string;
}

/** The tests of runbooks, of folders and all below them, and files of tests themselves; each once. */
export function findTestFiles(paths: readonly string[]): Result<readonly TestFilePlace[], Complaint> {
  const found = new Map<string, TestFilePlace>();
  for (const path of paths) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return fail({ message: `\`${path}\` does not exist` });
    const isTestFile = path.endsWith(ending) || path.endsWith(otherEnding);
    const files = stats.isDirectory() ? below(path) : ok([isTestFile ? path : testFileOf(path)]);
    if (!files.ok) return files;
    for (const testFile of files.value) {
      const page = pageOf(testFile);
      const misnamed = [testFile, testFile.replace(/\.yaml$/, '.yml')].find(
        (file) => file.endsWith(otherEnding) && existsSync(file),
      );
      // Tests that nobody runs look like tests that pass.
      if (misnamed !== undefined && (misnamed === testFile || !existsSync(testFile)))
        return fail({
          message: `\`${misnamed}\` is not read: tests are in files that end in \`${ending}\``,
          help: `name it \`${misnamed.replace(/\.yml$/, '.yaml')}\``,
        });
      if (!existsSync(testFile))
        return fail({
          message: `\`${path}\` has no tests`,
          help: `they are written in \`${testFile}\`: \`cases: [{ name: runs to its end }]\` is the smallest`,
        });
      if (!existsSync(page))
        return fail({
          message: `the runbook of \`${testFile}\` is not there`,
          help: `it would be \`${page}\``,
        });
      found.set(resolve(testFile), { testFile, page });
    }
  }
  return ok([...found.values()]);
}

function testFileOf(page: string): string {
  return page.replace(/\.[^./]+$/, '') + ending;
}

function pageOf(testFile: string): string {
  return testFile.replace(/\.test\.ya?ml$/, '.md');
}

/** Files of that name which stand beside no page are another tool's. */
function isMisnamed(path: string): boolean {
  return path.endsWith(otherEnding) && existsSync(pageOf(path));
}

function below(folder: string): Result<readonly string[], Complaint> {
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) =>
      left.name < right.name ? -1 : 1,
    );
    const files: string[] = [];
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !neverEntered.test(entry.name)) {
        const inner = below(path);
        if (!inner.ok) return inner;
        files.push(...inner.value);
      } else if (entry.isFile() && (entry.name.endsWith(ending) || isMisnamed(path))) files.push(path);
    }
    return ok(files);
  } catch (error) {
    return fail({ message: `\`${folder}\` cannot be read: ${errorMessage(error, folder)}` });
  }
}
