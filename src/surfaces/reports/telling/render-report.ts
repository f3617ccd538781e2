// Owns which form a report has.
import { renderHtmlPage } from '../page/render-html-page.ts';
import { renderMarkdownPage } from '../page/render-markdown-page.ts';
import { renderJunit } from './render-junit.ts';
import type { ReportFormat } from './report-formats.ts';
import { type ReportedRun, reportOf, stepSummaryOf } from './report-of.ts';

/** The report as the text of a file. */
export function renderReport(format: ReportFormat, run: ReportedRun): string {
  switch (format) {
    case 'markdown':
      return renderMarkdownPage(reportOf(run));
    case 'html':
      return renderHtmlPage(reportOf(run));
    case 'step-summary':
      return renderMarkdownPage(stepSummaryOf(run));
    case 'junit':
      return renderJunit(run);
  }
}
