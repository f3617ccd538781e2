// Owns how a result reads in a document, as lines of Markdown.

import { formatDuration, formatMoment } from './format-duration.ts';
import { inlineCode, inlineText, inlineWords } from './inline-text.ts';
import type { OutputExcerpt } from './output-excerpt.ts';
import { alteredWords, excerptLimits, excerptLines } from './output-excerpt.ts';
import { neutraliseMarkers } from './result-marker.ts';
import type {
  HostView,
  HostViewStatus,
  LinkedResult,
  Person,
  ResultDetail,
  ResultStatus,
  ResultView,
} from './result-view.ts';
import { approvalWords } from './result-view.ts';
import { screenLines } from './screen-lines.ts';

const statusWords: Readonly<Record<ResultStatus, string>> = {
  running: '▶ **running**',
  waiting: '◌ **not finished**',
  passed: '✔ **passed**',
  found: '○ **looked**',
  failed: '✘ **failed**',
  skipped: '↷ **skipped**',
  'already-done': '✔ **already done**',
  'marked-done': '✔ **marked done by hand**',
  done: '✔ **done**',
  'in-doubt': '◌ **in doubt**',
};

/** Hosts beyond this are counted, not listed one by one. */
const hostLimit = 50;

/** Steps of a linked runbook beyond this are counted. */
const linkedLimit = 100;

/** The output of so many failures of a linked runbook is shown, the last ones. */
const linkedOutputLimit = 4;

/**
 * The lines between the markers of a region, without container prefix and newlines. Whatever the output or a
 * person's text holds, the lines are one block quote and fenced blocks closed again, and no line is a marker.
 * `above` is the code that the region stands below; what ran is shown where that is another text, or nothing at all.
 */
export function renderResult(view: ResultView, above?: string): string[] {
  const ran = view.ran?.code === above ? undefined : view.ran;
  const isOther = ran !== undefined && above !== undefined && ran.edited === undefined;
  const lines = quote(renderHeader(view, isOther ? ['ran another text'] : []), [
    ...renderPeopleAndHistory(view),
    ...renderHostLines(view.hosts ?? []),
    ...renderLinkedLines(view.linked ?? []),
  ]);
  if (ran !== undefined) {
    const edited = 'The command as it was run, edited by the operator:';
    const changed = 'The text above has changed since; this is the command that ran:';
    lines.push('', ran.edited ? edited : isOther ? changed : 'The command that ran:', '');
    lines.push(...fenced(screenLines(ran.code).map(neutraliseMarkers)));
  }
  if (view.difference !== undefined) {
    lines.push('', 'What was expected (`-`) and what was printed (`+`):', '');
    lines.push(...fenced(screenLines(view.difference).map(neutraliseMarkers), 'diff'));
  }
  lines.push(...renderOutput(view.output));
  for (const host of (view.hosts ?? []).slice(0, hostLimit)) {
    const output = renderOutput(host.output, 1 / Math.max(1, Math.min(view.hosts?.length ?? 1, 8)));
    if (output.length > 0) lines.push('', `Output of ${inlineCode(host.host)}:`, ...output);
  }
  const failed = (view.linked ?? []).filter(({ output }) => output !== undefined).slice(-linkedOutputLimit);
  for (const { address, output } of failed)
    lines.push('', `Output of ${inlineCode(address)}:`, ...renderOutput(output, 1 / failed.length));
  return lines;
}

function renderHeader(view: ResultView, remarks: readonly string[]): string {
  const time = formatMoment(view.at);
  const spent = view.durationMs === undefined ? '' : ` in ${formatDuration(view.durationMs)}`;
  const since = view.status === 'running' ? ` since ${time}` : '';
  const facts = [`${headWords(view)}${spent}${since}`];
  if (view.reason !== undefined) facts.push(inlineWords(view.reason));
  else if (view.status !== 'found' && view.exitCode !== undefined && view.exitCode !== null)
    facts.push(`exit ${view.exitCode}`);
  facts.push(...remarks);
  if (since === '') facts.push(time);
  if (view.by !== undefined) facts.push(renderPerson(view.by));
  return facts.join(' · ');
}

/** The exit code of what looked is what it found; without one, some of its hosts found something. */
function headWords({ status, exitCode }: Pick<ResultView, 'status' | 'exitCode'>): string {
  if (status !== 'found') return statusWords[status];
  return exitCode ? `○ **exit ${exitCode}**` : statusWords.found;
}

function renderPeopleAndHistory(view: ResultView): string[] {
  const lines: string[] = [];
  if (view.note !== undefined && view.note !== '') lines.push(`note: ${inlineText(view.note)}`);
  for (const entry of view.checklist ?? []) {
    // It stays as it stands in the page, and nobody in this run has said so.
    const before = entry.ticked ? ' · ticked in the page before the run' : '';
    const who = entry.by === undefined ? before : ` · ${renderPerson(entry.by)}`;
    const when = entry.at === undefined ? '' : ` · ${formatMoment(entry.at)}`;
    lines.push(`${entry.ticked ? '✔' : '◌'} ${inlineText(entry.text)}${who}${when}`);
  }
  lines.push(...(view.details ?? []).map(renderDetail));
  for (const [name, value] of Object.entries(view.captured ?? {})) {
    lines.push(`captured ${inlineCode(name)} = ${inlineCode(value)}`);
  }
  lines.push(...(view.warnings ?? []).map((warning) => `warning: ${inlineText(warning)}`));
  return lines;
}

function renderDetail(detail: ResultDetail): string {
  const at = formatMoment(detail.at);
  switch (detail.type) {
    case 'attempt':
      return `attempt ${detail.attempt} failed in ${formatDuration(detail.durationMs)} · ${inlineWords(detail.reason)} · ${at}`;
    case 'accepted':
      return `accepted: ${inlineText(detail.codes.join(', '))} · ${renderActor(detail.by, detail.automatic)} · ${at}`;
    case 'confirmed':
      return `confirmed${said(detail.question)} · ${renderActor(detail.by, detail.automatic)} · ${at}`;
    case 'decided':
      return `decided: ${inlineText(detail.decision)}${said(detail.note)} · ${renderActor(detail.by, detail.automatic)} · ${at}`;
    case 'approval': {
      const who = detail.by === undefined ? '' : ` · ${renderPerson(detail.by)}`;
      return `approval ${approvalWords[detail.answer]}${said(detail.comment)}${who} · ${at}`;
    }
    case 'note':
      return `note: ${inlineText(detail.text)} · ${renderPerson(detail.by)} · ${at}`;
  }
}

function said(text: string | undefined): string {
  return text === undefined || text === '' ? '' : `: “${inlineText(text)}”`;
}

const hostWords: Readonly<Record<HostViewStatus, { readonly mark: string; readonly words: string }>> = {
  passed: { mark: '✔', words: 'passed' },
  found: { mark: '○', words: 'looked' },
  failed: { mark: '✘', words: 'failed' },
  skipped: { mark: '↷', words: 'skipped: its condition does not hold' },
  'already-done': { mark: '✔', words: 'already done' },
  done: { mark: '✔', words: 'done by hand' },
  'left-out': { mark: '↷', words: 'skipped by the operator' },
  'not-run': { mark: '◌', words: 'not run' },
  'not-needed': { mark: '↷', words: 'nothing to undo' },
  'in-doubt': { mark: '◌', words: 'in doubt' },
};

function renderHostLines(hosts: readonly HostView[]): string[] {
  const lines = hosts.slice(0, hostLimit).map((host) => {
    const { mark, words } = hostWords[host.status];
    const hasRun = host.status === 'passed' || host.status === 'found' || host.status === 'failed';
    const spent = hasRun ? ` in ${formatDuration(host.durationMs)}` : '';
    const facts = [`${mark} ${inlineCode(host.host)} ${words}${spent}`];
    if (host.reason !== undefined) facts.push(inlineWords(host.reason));
    else if (host.exitCode !== null) facts.push(`exit ${host.exitCode}`);
    return facts.join(' · ');
  });
  if (hosts.length > hostLimit) {
    const rest = hosts.slice(hostLimit);
    const counts = Object.entries(hostWords).flatMap(([status, { words }]) => {
      const count = rest.filter((host) => host.status === status).length;
      return count === 0 ? [] : [`${count} ${words}`];
    });
    lines.push(`${rest.length} more hosts: ${counts.join(', ')}`);
  }
  return lines;
}

function renderLinkedLines(linked: readonly LinkedResult[]): string[] {
  const lines = linked.slice(0, linkedLimit).map(({ address, status, durationMs, reason }) => {
    const spent = durationMs === undefined ? '' : ` in ${formatDuration(durationMs)}`;
    const why = reason === undefined ? '' : ` · ${inlineWords(reason)}`;
    return `${statusWords[status].replaceAll('*', '')} ${inlineCode(address)}${spent}${why}`;
  });
  if (linked.length > linkedLimit) lines.push(`${linked.length - linkedLimit} more`);
  return lines;
}

function renderPerson(person: Person): string {
  return inlineText(person.host === '' ? person.user : `${person.user}@${person.host}`);
}

function renderActor(person: Person, automatic: boolean): string {
  return automatic ? `${renderPerson(person)}, without asking` : renderPerson(person);
}

/** A quoted header with a list below it. */
function quote(header: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [`> ${header}`];
  return [`> ${header}`, '>', ...entries.map((entry) => `> - ${entry}`)];
}

function renderOutput(output: OutputExcerpt | undefined, share = 1): string[] {
  if (output === undefined) return [];
  if (output === 'altered') return ['', alteredWords];
  const lines = excerptLines(output, {
    ...excerptLimits,
    headLines: Math.ceil(excerptLimits.headLines * share),
    tailLines: Math.ceil(excerptLimits.tailLines * share),
    bytes: Math.ceil(excerptLimits.bytes * share),
  });
  return lines.length === 0 ? [] : ['', ...fenced(lines)];
}

/** A fence longer than any run of backticks inside, so that nothing inside can close it. */
function fenced(lines: readonly string[], label: 'text' | 'diff' = 'text'): string[] {
  let longest = 2;
  for (const line of lines) {
    for (const run of line.match(/`+/gu) ?? []) longest = Math.max(longest, run.length);
  }
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${label}`, ...lines, fence];
}
