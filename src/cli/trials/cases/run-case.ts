// Owns one run of one case: its folder, its process, and what is found when it has ended.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '../../../basics/coded-error.ts';
import type { TestCase } from '../../../runbook/cases/parse-test-file.ts';
import type { CaseRecord } from '../../../surfaces/scripted/case-record.ts';
import { type CaseFolder, makeCaseFolder, placedIn, stubbedCommands } from './case-folder.ts';
import type { CaseRequest, CaseResult, Fault } from './case-request.ts';
import type { Slots } from './slots.ts';
import { startCase } from './start-case.ts';

/** A case of a page, as it stands in its file. */
export interface PlacedCase {
  /** Absolute paths. */
  readonly page: string;
  readonly testFile: string;
  readonly test: TestCase;
}

/** What is found of a run that has ended, while its folder is still there. */
export interface FoundRun {
  readonly record: CaseRecord;
  readonly calls: readonly string[];
  /** Calls that no stub answers. */
  readonly refused: readonly string[];
  readonly folder: CaseFolder;
}

/** A run of a case, looked at; or why there was none. */
export type CaseRun<Value> =
  | { readonly ok: true; readonly value: Value; readonly record: CaseRecord }
  | { readonly ok: false; readonly why: readonly string[]; readonly interrupted?: true };

/** What is done before a run, and with what is found of it, while its folder is there. */
interface Looks<Value> {
  readonly before?: (folder: CaseFolder) => Promise<void>;
  readonly after: (found: FoundRun) => Promise<Value>;
}

/** What a run of a case needs beside it. */
export interface CaseOptions {
  readonly signal: AbortSignal;
  readonly slots: Slots;
}

/** Runs a case in a folder of its own when there is room for it, has it looked at, and takes the folder away. */
export function runCase<Value>(
  placed: PlacedCase,
  options: CaseOptions & { readonly fault?: Fault },
  looks: Looks<Value>,
): Promise<CaseRun<Value>> {
  return options.slots.run(() => runAlone(placed, options, looks));
}

async function runAlone<Value>(
  { page, testFile, test }: PlacedCase,
  { signal, fault }: Omit<CaseOptions, 'slots'> & { readonly fault?: Fault },
  { before, after }: Looks<Value>,
): Promise<CaseRun<Value>> {
  if (signal.aborted) return { ok: false, why: ['interrupted'], interrupted: true };
  let folder: CaseFolder;
  try {
    folder = await makeCaseFolder(test, testFile);
  } catch (error) {
    return { ok: false, why: [`its folder cannot be made: ${errorMessage(error)}`] };
  }
  try {
    await before?.(folder);
    const request = requestOf({ page, testFile, test }, folder, fault);
    const file = join(folder.path, 'case.json');
    await writeFile(file, JSON.stringify(request));
    const { ended, messages } = await startCase(['test-case', file], {
      // What the tool itself needs is the system's; blocks are given the folder of the case.
      env: { ...folder.env, PATH: process.env.PATH ?? '' },
      cwd: folder.work,
      timeoutMs: test.timeoutMs,
      signal,
    });
    if (ended === 'interrupt') return { ok: false, why: ['interrupted'], interrupted: true };
    if (ended === 'timeout') return { ok: false, why: [`it did not end within ${test.timeoutMs / 1000} s`] };
    const text = await readFile(request.result, 'utf8').catch(() => undefined);
    const told = messages.replaceAll(folder.work, '{folder}').trimEnd();
    if (text === undefined) return { ok: false, why: ['it could not be begun:', ...told.split('\n')] };
    const result = JSON.parse(
      text.replaceAll(JSON.stringify(folder.work).slice(1, -1), '{folder}'),
    ) as CaseResult;
    // A run that broke off has said so for people, and in no event.
    if (result.type === 'ran' && result.record.message === '')
      return { ok: false, why: ['the run was interrupted:', ...told.split('\n')] };
    if (result.type === 'refused') return { ok: false, why: result.reasons.map((why) => `not run: ${why}`) };
    const inWords = (calls: readonly string[]) =>
      calls.map((call) => call.replaceAll(folder.work, '{folder}'));
    const [calls, refused] = [inWords(await folder.calls()), inWords(await folder.refused())];
    const { record } = result;
    return { ok: true, record, value: await after({ record, calls, refused, folder }) };
  } finally {
    await folder.remove();
  }
}

function requestOf({ page, test }: PlacedCase, folder: CaseFolder, fault: Fault | undefined): CaseRequest {
  return {
    page,
    ...(test.section !== undefined && { section: test.section }),
    steps: test.steps,
    inputs: placedIn(folder.work, test.inputs),
    choose: test.choose,
    accept: test.accept,
    irreversible: test.irreversible,
    answers: placedIn(folder.work, test.answers),
    ...(test.onFailure !== undefined && { onFailure: test.onFailure }),
    ...(fault && { fault }),
    work: folder.work,
    bin: folder.env.PATH ?? '',
    stateDir: join(folder.path, 'state'),
    result: join(folder.path, 'result.json'),
    stubs: [...stubbedCommands(test)],
    hosts: Object.keys(test.hosts),
    ssh: folder.ssh,
    allowed: folder.allowed,
    allowLanguages: test.allowLanguages,
    singleUser: test.singleUser,
  };
}
