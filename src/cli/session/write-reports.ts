// Owns `--report format=file`: which formats there are and where a report goes.
import { writeFileSync } from 'node:fs';
import { errorMessage } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { RunState } from '../../run/state.ts';
import { closestName } from '../../text/closest-name.ts';
import { complain } from '../report-diagnostics.ts';

const formats = ['junit'] as const;

/** One `--report`: its format, and the path that it is written to. */
export interface ReportRequest {
  readonly format: (typeof formats)[number];
  readonly file: string;
}

/** The reports asked for, or what is wrong with the asking. */
export function parseReports(asked: readonly string[]): Result<readonly ReportRequest[], string> {
  const requests: ReportRequest[] = [];
  for (const text of asked) {
    const at = text.indexOf('=');
    const name = at === -1 ? text : text.slice(0, at);
    const format = formats.find((known) => known === name);
    if (!format) {
      const closest = closestName(name, formats);
      return fail(
        `--report: there is no format \`${name}\`${closest ? `; did you mean \`${closest}\`?` : ''} (formats: ${formats.join(', ')})`,
      );
    }
    const file = text.slice(at + 1);
    if (at === -1 || file === '') return fail(`--report: expected ${format}=FILE; got \`${text}\``);
    requests.push({ format, file });
  }
  return ok(requests);
}

/** Writes each report; one that cannot be written is said and changes nothing about the run. */
export async function writeReports(requests: readonly ReportRequest[], state: RunState): Promise<void> {
  if (requests.length === 0) return;
  const { renderJunit } = await import('../../surfaces/reports/render-junit.ts');
  for (const { file } of requests) {
    try {
      writeFileSync(file, renderJunit(state));
    } catch (error) {
      complain(`cannot write the report \`${file}\`: ${errorMessage(error)}`);
    }
  }
}
