// Owns the table of runs at a document's end: its rows, its bound, and reading it back.
import type { RunId } from '../../basics/address.ts';
import { runId } from '../../basics/address.ts';
import { formatDuration, formatMoment } from './format-duration.ts';
import { inlineCode, inlineText } from './inline-text.ts';
import type { Person } from './result-view.ts';

/** One run as its document remembers it. */
export interface LogEntry {
  readonly run: RunId;
  /** When it started, ISO 8601 in UTC. */
  readonly at: string;
  readonly by: Person;
  /** Absent while the run is open. */
  readonly outcome: string;
  readonly durationMs?: number;
  /** Never secrets. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Commit, or digest where there is none, of the runbook that was run; shown by its first 12 characters. */
  readonly version: string;
  /** The section that was run; absent for the whole page. */
  readonly section?: string;
}

/** A row of the table. Rows of former runs are kept as they stand, so that no rule of today rewrites them. */
export interface LogRow {
  readonly run: RunId;
  readonly line: string;
}

export interface RunLog {
  /** Newest first. */
  readonly rows: readonly LogRow[];
  /** Lines that somebody wrote below the table. */
  readonly remarks: readonly string[];
}

/** Runs that a document keeps; the journals have the others. */
export const runLogLimit = 20;

const head = [
  '## Run log',
  '',
  '| Started | By | Outcome | Duration | Inputs | Runbook | Run |',
  '| --- | --- | --- | --- | --- | --- | --- |',
];

/** Writes one run as a row. */
export function logRow(entry: LogEntry): LogRow {
  const inputs = Object.entries(entry.inputs).map(([name, value]) => inlineCode(`${name}=${value}`));
  const cells = [
    formatMoment(entry.at),
    inlineText(entry.by.host === '' ? entry.by.user : `${entry.by.user}@${entry.by.host}`),
    inlineText(entry.outcome),
    entry.durationMs === undefined ? '' : formatDuration(entry.durationMs),
    inputs.join(', '),
    [
      inlineCode(entry.version.slice(0, 12)),
      ...(entry.section === undefined ? [] : [inlineCode(`#${entry.section}`)]),
    ].join(' '),
    inlineCode(entry.run),
  ];
  return { run: entry.run, line: `| ${cells.join(' | ')} |` };
}

/** Adds a run, or replaces its former row; newest first by start, bounded. */
export function addToRunLog(log: RunLog, row: LogRow): RunLog {
  const former = log.rows.findIndex((other) => other.run === row.run);
  const rows = [...log.rows];
  if (former !== -1) rows[former] = row;
  else {
    // Run ids begin with the time of the start, so that their order is that of the runs.
    const older = rows.findIndex((other) => other.run < row.run);
    rows.splice(older === -1 ? rows.length : older, 0, row);
  }
  return { rows: rows.slice(0, runLogLimit), remarks: log.remarks };
}

/** The lines between the markers of the log region. */
export function renderRunLog(log: RunLog): string[] {
  const lines = [...head, ...log.rows.map((row) => row.line)];
  return log.remarks.length === 0 ? lines : [...lines, '', ...log.remarks];
}

/** Reads the lines between the markers back; what is no row of a run is kept as a remark. */
export function parseRunLog(lines: readonly string[]): RunLog {
  const rows: LogRow[] = [];
  const remarks: string[] = [];
  for (const line of lines) {
    const text = line.trim();
    const run = runOfRow(text);
    if (run !== undefined) rows.push({ run, line: text });
    else if (!head.includes(text) || text === '') remarks.push(line.trimEnd());
  }
  while (remarks.at(-1) === '') remarks.pop();
  while (remarks[0] === '') remarks.shift();
  return { rows, remarks };
}

/** The run of a row is its last cell. */
function runOfRow(line: string): RunId | undefined {
  const found = /^\|.*\|\s*`?([^\s|`]+)`?\s*\|$/u.exec(line);
  if (found?.[1] === undefined || !/^\d{8}-/u.test(found[1])) return undefined;
  return runId(found[1]);
}
