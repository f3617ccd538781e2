// Owns which forms a report has; the command line names them before anything of a report is loaded.

/** A page for people, for the page of a job on a code host, or XML for what shows results of tests. */
export const reportFormats = ['markdown', 'html', 'step-summary', 'junit'] as const;

export type ReportFormat = (typeof reportFormats)[number];
