// Owns reading the file that `--inputs` names.
import { readFileSync } from 'node:fs';
import { errorMessage } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { parseInputsFile } from '../../runbook/front-matter/parse-inputs-file.ts';

/** What the file gives, by name; nothing without one. */
export function readGivenFile(path: string | undefined): Result<Readonly<Record<string, string>>, string> {
  if (path === undefined) return ok({});
  try {
    return parseInputsFile(path, readFileSync(path, 'utf8'));
  } catch (error) {
    return fail(`--inputs: cannot read \`${path}\`: ${errorMessage(error, path)}`);
  }
}
