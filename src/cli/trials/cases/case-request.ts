// Owns the form in which a case is handed to the process that runs it, and what comes back.
import type { CaseRecord } from '../../../surfaces/scripted/case-record.ts';

/** Where a block of the case fails on purpose. */
export interface Fault {
  readonly address: string;
  readonly when: 'before' | 'after';
}

/** All that the process of a case needs to know, as plain JSON. */
export interface CaseRequest {
  /** Absolute path of the runbook. */
  readonly page: string;
  readonly section?: string;
  readonly steps: readonly string[];
  readonly inputs: Readonly<Record<string, string>>;
  readonly choose: Readonly<Record<string, string>>;
  readonly accept: readonly string[];
  readonly irreversible: readonly string[];
  readonly answers: Readonly<Record<string, string>>;
  readonly onFailure?: 'stop' | 'continue' | 'rollback';
  readonly fault?: Fault;
  /** The case's own folder, in which blocks start. */
  readonly work: string;
  /** The only folder that the commands of the case are looked for in. */
  readonly bin: string;
  readonly stateDir: string;
  /** Where what came of it is written. */
  readonly result: string;
  readonly stubs: readonly string[];
  /** Names of the hosts that there are. */
  readonly hosts: readonly string[];
  /** What is called in place of ssh. */
  readonly ssh: string;
  /** Names and paths of what may really run. */
  readonly allowed: readonly string[];
  readonly allowLanguages: readonly string[];
  /** Blocks of other users run as this one. */
  readonly singleUser: boolean;
}

/** What the process of a case leaves: what became of the run, or why there was none. */
export type CaseResult =
  | { readonly type: 'ran'; readonly record: CaseRecord }
  | { readonly type: 'refused'; readonly reasons: readonly string[] };
