// Owns the form of what somebody chose of a runbook to run.

/** What `--step`, `--from`, `--until`, `--tag` chose; all empty means everything. */
export interface Selection {
  readonly steps: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly tags: readonly string[];
}
