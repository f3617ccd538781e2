// Owns `--report format=file`: which formats there are and where a report goes.
import { appendFileSync, writeFileSync } from 'node:fs';
import { errorMessage } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { RunState } from '../../run/state.ts';
import type { EarlierTimes } from '../../run/surface.ts';
import { type ReportFormat, reportFormats } from '../../surfaces/reports/telling/report-formats.ts';
import { closestName } from '../../text/closest-name.ts';
import { complain } from '../report-diagnostics.ts';
import { StoredOutputs } from './stored-outputs.ts';

/** Where GitHub's runners, and those made like them, say that the summary of a step goes. */
const stepSummaryVariable = 'GITHUB_STEP_SUMMARY';

/** One `--report`: its format, and the path that it is written to. */
export interface ReportRequest {
  readonly format: ReportFormat;
  readonly file: string;
}

/** The reports asked for, or what is wrong with the asking. */
export function parseReports(
  asked: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Result<readonly ReportRequest[], string> {
  const requests: ReportRequest[] = [];
  for (const text of asked) {
    const at = text.indexOf('=');
    const name = at === -1 ? text : text.slice(0, at);
    const format = reportFormats.find((known) => known === name);
    if (!format) {
      const closest = closestName(name, reportFormats);
      return fail(
        `--report: there is no format \`${name}\`${closest ? `; did you mean \`${closest}\`?` : ''} (formats: ${reportFormats.join(', ')})`,
      );
    }
    const summary = at === -1 && format === 'step-summary' ? env[stepSummaryVariable] : undefined;
    const file = summary ?? (at === -1 ? '' : text.slice(at + 1));
    if (file === '')
      return fail(
        format === 'step-summary' && at === -1
          ? `--report: \`${stepSummaryVariable}\` is not set; expected step-summary=FILE`
          : `--report: expected ${format}=FILE; got \`${text}\``,
      );
    requests.push({ format, file });
  }
  return ok(requests);
}

/** Writes each report; one that cannot be written is said and changes nothing about the run. */
export async function writeReports(
  requests: readonly ReportRequest[],
  state: RunState,
  folder: RunFolder,
  readEarlier: () => Promise<EarlierTimes>,
): Promise<void> {
  if (requests.length === 0) return;
  const { renderReport } = await import('../../surfaces/reports/telling/render-report.ts');
  const history = readJournal(folder.journal).events;
  const outputs = new StoredOutputs(folder.path, history);
  const run = {
    state,
    history,
    earlier: await readEarlier(),
    read: (output: Parameters<StoredOutputs['excerpt']>[0]) =>
      outputs.excerpt(output, `runsheet show ${folder.id}`),
  };
  for (const { format, file } of requests) {
    try {
      // Other steps of the job have theirs in the same file.
      if (format === 'step-summary') appendFileSync(file, renderReport(format, run));
      else writeFileSync(file, renderReport(format, run));
    } catch (error) {
      complain(`cannot write the report \`${file}\`: ${errorMessage(error, file)}`);
    }
  }
}
