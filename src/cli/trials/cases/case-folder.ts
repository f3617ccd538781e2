// Owns the folder that a case runs in: its fixture, its stand-ins, a home, and nothing of the operator's.
import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { findCommand } from '../../../engine/interpreters/find-command.ts';
import type { TestCase } from '../../../runbook/cases/parse-test-file.ts';
import { programsOfLanguages, readingPrograms, shellPrograms, writingPrograms } from './reading-programs.ts';
import { renderGuarded } from './render-guarded.ts';
import { renderSsh } from './render-ssh.ts';
import { renderStub } from './render-stub.ts';

/** The folder of one case; who made it removes it. */
export interface CaseFolder {
  readonly path: string;
  /** The copy of the fixture, in which blocks start. */
  readonly work: string;
  readonly env: Readonly<Record<string, string>>;
  /** The program that stands in for ssh. */
  readonly ssh: string;
  /** What may run, by name or path, beside the stand-ins. */
  readonly allowed: readonly string[];
  /** Calls of stand-ins in their order. */
  calls(): Promise<readonly string[]>;
  /** Calls that nothing answered. */
  refused(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

/** Makes the folder of a case; `testFile` is what its fixture is relative to. Rejects where that cannot be copied. */
export async function makeCaseFolder(testCase: TestCase, testFile: string): Promise<CaseFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'runsheet-test-')));
  const remove = () => rm(path, { recursive: true, force: true, maxRetries: 3 });
  try {
    return await fill(path, testCase, testFile, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

async function fill(
  path: string,
  testCase: TestCase,
  testFile: string,
  remove: () => Promise<void>,
): Promise<CaseFolder> {
  const [work, home, tmp, bin, counts] = ['work', 'home', 'tmp', 'bin', 'counts'].map((name) =>
    join(path, name),
  ) as [string, string, string, string, string];
  await Promise.all([home, tmp, bin, counts].map((folder) => mkdir(folder)));
  if (testCase.fixtures === undefined) await mkdir(work);
  else
    await cp(resolve(dirname(testFile), testCase.fixtures), work, {
      recursive: true,
      verbatimSymlinks: true,
      preserveTimestamps: true,
    });
  const machines = join(work, 'machines');
  for (const host of Object.keys(testCase.hosts)) await mkdir(join(machines, host), { recursive: true });
  const files = { calls: join(path, 'calls'), refused: join(path, 'refused'), counts };
  const ssh = join(path, 'ssh');
  const toolPath = process.env.PATH ?? '';
  const hostPlaces = {
    bash: realProgram('bash') ?? '/bin/bash',
    ...files,
    homes: machines,
    tmp,
    path: toolPath,
  };
  await writeScript(ssh, renderSsh(testCase.hosts, hostPlaces));
  const allowed = await fillPrograms(testCase, { ...files, bin, roots: [work, home, tmp] });
  const read = async (file: string): Promise<readonly string[]> => {
    const text = await readFile(file, 'utf8').catch(() => '');
    return text.split('\0').slice(0, -1);
  };
  return {
    path,
    work,
    env: {
      PATH: bin,
      HOME: home,
      TMPDIR: tmp,
      LANG: 'C.UTF-8',
      LC_ALL: 'C.UTF-8',
      TZ: 'UTC',
      TERM: 'dumb',
      NO_COLOR: '1',
      ...placedIn(work, testCase.env),
    },
    ssh,
    allowed,
    calls: () => read(files.calls),
    refused: () => read(files.refused),
    remove,
  };
}

/** Values of a case in which `{folder}` is the folder that it runs in. */
export function placedIn(work: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.replaceAll('{folder}', work)]),
  );
}

/** Fills the only folder that commands are looked for in; gives what of it really runs. */
async function fillPrograms(
  { stubs, hosts, allow, allowLanguages }: TestCase,
  places: {
    readonly bin: string;
    readonly roots: readonly string[];
    readonly calls: string;
    readonly refused: string;
    readonly counts: string;
  },
): Promise<readonly string[]> {
  const { bin, roots, refused } = places;
  const bash = realProgram('bash') ?? '/bin/bash';
  const readlink = realProgram('readlink') ?? '/usr/bin/readlink';
  const script = (name: string, text: string) => writeScript(join(bin, name), text);
  const stubbed = stubbedCommands({ stubs, hosts });
  for (const name of stubbed) {
    const ofHosts = Object.entries(hosts).map(([host, own]) => [host, own.stubs[name] ?? []] as const);
    const replies = { replies: stubs[name] ?? [], ofHosts: new Map(ofHosts) };
    await script(name, renderStub(name, replies, { ...places, bash }));
  }
  const ofLanguages = allowLanguages.flatMap((name) => programsOfLanguages[name] ?? []);
  // Blocks on hosts are given a group of their own by one of these.
  const ofHosts = Object.keys(hosts).length > 0 ? ['setsid', 'perl'] : [];
  const named = new Set([...readingPrograms, ...shellPrograms, ...allow, ...ofLanguages, ...ofHosts]);
  for (const name of named) {
    const program = name.includes('/') || stubbed.has(name) ? undefined : realProgram(name);
    if (program !== undefined) await symlink(program, join(bin, name));
  }
  for (const name of writingPrograms) {
    const program = stubbed.has(name) || named.has(name) ? undefined : realProgram(name);
    if (program !== undefined)
      await script(name, renderGuarded(name, program, { bash, readlink, roots, refused }));
  }
  return [...readingPrograms, ...writingPrograms, ...allow];
}

/** Commands that are stubbed somewhere. */
export function stubbedCommands({ stubs, hosts }: Pick<TestCase, 'stubs' | 'hosts'>): ReadonlySet<string> {
  return new Set([stubs, ...Object.values(hosts).map((host) => host.stubs)].flatMap(Object.keys));
}

function realProgram(name: string): string | undefined {
  return findCommand(name, { path: process.env.PATH ?? '', cwd: '/' });
}

async function writeScript(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  await chmod(path, 0o755);
}
