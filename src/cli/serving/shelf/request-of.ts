// Owns what the queue is asked for when a runbook of the library is to be run.
import { createHash } from 'node:crypto';
import { readRunbookFile } from '../../../engine/disk/read-runbook-file.ts';
import {
  defaultQueue,
  type RunbookReference,
  type RunLimit,
  type RunRequest,
} from '../../../engine/queue/run-request.ts';
import { concurrencyKey } from '../../../run/inputs/concurrency-key.ts';
import type { FrontMatter } from '../../../runbook/runbook.ts';
import { listed, quoted } from '../../../view/words/quoted.ts';
import type { Library, Shelved } from './library.ts';

/** What differs from run to run. */
export type Wanted = Pick<RunRequest, 'inputs' | 'onBehalf' | 'may' | 'whenResolved' | 'dedup'>;

/** With the limits that the page sets for all of its runs. */
export function requestOf(library: Library, shelved: Shelved, wanted: Wanted): RunRequest {
  const { path, runbook } = shelved;
  const { runOn, rate } = runbook.frontMatter;
  const limit = limitOf(runbook.frontMatter, path, wanted.inputs);
  return {
    runbook: {
      ...originOf(library),
      path,
      digest: digestOf(shelved),
    },
    ...wanted,
    ...(runOn !== undefined && { runOn }),
    ...(rate && { rate }),
    ...(limit && { concurrency: limit }),
  };
}

/** Where the runbooks of a library are from. */
export function originOf({ state }: Library): Pick<RunbookReference, 'repository' | 'commit'> {
  const { name, commit } = state;
  return { repository: name, ...(commit !== undefined && { commit }) };
}

/** Why a server whose workers take these queues leaves the runs of a page to others; undefined where it takes them. */
export function whyNotServed({ runbook }: Shelved, queues: readonly string[]): string | undefined {
  const { runOn = defaultQueue } = runbook.frontMatter;
  if (queues.includes(runOn)) return undefined;
  return `its runs are for workers of ${quoted(runOn)}, and those of this server take ${listed(queues.map(quoted))}`;
}

/** As a run at a terminal keeps it: without a word of the page, one more is refused while one goes on. */
function limitOf(
  { concurrency, inputs: declarations }: Pick<FrontMatter, 'concurrency' | 'inputs'>,
  path: string,
  inputs: Readonly<Record<string, string>>,
): RunLimit | undefined {
  if (concurrency === 'allow') return undefined;
  if (typeof concurrency !== 'object')
    return { key: path, limit: 1, whenFull: 'refuse', countsResting: concurrency === 'forbid' };
  const { key, limit, whenFull } = concurrency;
  const value = key === undefined ? '' : ` ${concurrencyKey(key, inputs, declarations)}`;
  return { key: `${path}${value}`, limit, whenFull, countsResting: false };
}

/** Of the text of a runbook, as the queue keeps it. */
export function digestOf({ runbook }: Shelved): string {
  return digestOfBytes(runbook.source.bytes);
}

/** The same of a file; undefined where it cannot be read. */
export function digestOfFile(path: string): string | undefined {
  const file = readRunbookFile(path);
  return file.ok ? digestOfBytes(file.value.bytes) : undefined;
}

const digestOfBytes = (bytes: Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
