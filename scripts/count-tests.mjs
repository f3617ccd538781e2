// Owns the last line of a test run: how many tests passed, failed and were skipped, counted from vitest's own report.
// Ends with 1 where there is no report, or where it holds a failure.
import { readFileSync } from 'node:fs';

const [, , path = ''] = process.argv;

try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success } = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  console.log(
    `${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped`,
  );
  process.exitCode = success ? 0 : 1;
} catch (error) {
  console.error(`no report of the tests: ${error.message}`);
  console.log('0 passed, 0 failed, 0 skipped');
  process.exitCode = 1;
}
