// Owns the table of commands: what is known of each program, by its name.

import { type CommandPattern, readPatterns } from './command-pattern.ts';
import type { KnownProgram, Launch } from './known-program.ts';
import type { OptionRules } from './read-arguments.ts';
import { cloudPrograms } from './tables/cloud-programs.ts';
import { containerPrograms } from './tables/container-programs.ts';
import { databasePrograms } from './tables/database-programs.ts';
import { filePrograms } from './tables/file-programs.ts';
import { infrastructurePrograms } from './tables/infrastructure-programs.ts';
import { kubernetesPrograms } from './tables/kubernetes-programs.ts';
import { networkPrograms } from './tables/network-programs.ts';
import { packagePrograms } from './tables/package-programs.ts';
import { shellPrograms } from './tables/shell-programs.ts';
import { storagePrograms } from './tables/storage-programs.ts';
import { systemPrograms } from './tables/system-programs.ts';

/** All that is known, by kind of work. */
export const commandTable: readonly { readonly title: string; readonly programs: readonly KnownProgram[] }[] =
  [
    { title: 'Files and texts', programs: filePrograms },
    { title: 'Systems', programs: systemPrograms },
    { title: 'Disks and volumes', programs: storagePrograms },
    { title: 'Networks and servers', programs: networkPrograms },
    { title: 'Kubernetes', programs: kubernetesPrograms },
    { title: 'Containers and machines', programs: containerPrograms },
    { title: 'Clouds', programs: cloudPrograms },
    { title: 'Infrastructure', programs: infrastructurePrograms },
    { title: 'Databases, queues and backups', programs: databasePrograms },
    { title: 'Packages, builds and version control', programs: packagePrograms },
    { title: 'Shells and commands that run commands', programs: shellPrograms },
  ];

/** What is known of a program, ready to be asked. */
export interface ProgramRules {
  readonly options: OptionRules;
  /** Of these the one that says most decides; the worst comes last. */
  readonly verdicts: readonly {
    readonly effect: 'looks' | 'prepares' | 'changes' | 'destroys';
    readonly patterns: readonly CommandPattern[];
  }[];
  readonly spares: readonly CommandPattern[];
  readonly further: readonly {
    readonly effect: 'never-ends' | 'wants-terminal' | 'opens-session';
    readonly patterns: readonly CommandPattern[];
  }[];
  readonly launches: readonly Launch[];
  readonly reads: KnownProgram['reads'];
}

let entries: ReadonlyMap<string, readonly KnownProgram[]> | undefined;
const compiled = new Map<string, ProgramRules>();

/** Made when it is first asked: many calls of the tool read no commands. */
function byName(): ReadonlyMap<string, readonly KnownProgram[]> {
  if (entries !== undefined) return entries;
  const found = new Map<string, KnownProgram[]>();
  for (const { programs } of commandTable) {
    for (const program of programs) {
      for (const name of program.name.split(' ')) {
        const known = found.get(name);
        if (known === undefined) found.set(name, [program]);
        else known.push(program);
      }
    }
  }
  entries = found;
  return found;
}

/**
 * The name in the table for a program as it is written: without its folder, and for a variable such as `$KUBECTL` the
 * program that it is named for.
 */
export function programName(written: string): string {
  const variable = /^\$\{?([A-Z][A-Z0-9_]*?)(?:_(?:CMD|BIN|COMMAND|PATH|EXE))?\}?$/.exec(written)?.[1];
  const sought = /^\$\((?:which|command -v|type -p)\s+([\w.-]+)\)$/.exec(written)?.[1];
  if (sought !== undefined) return sought;
  if (variable !== undefined) return variable.toLowerCase().replaceAll('_', '-');
  if (/^\/etc\/(?:rc\.d\/)?init\.d\//.test(written)) return 'init.d';
  // `agent/node` is some path, and no program that is called `node`.
  const isOfFolder = /^(?:\/|\.{1,2}\/|~\/|\$|\w[\w/-]*bin\/|bin\/)/.test(written);
  const name = (isOfFolder ? written.slice(written.lastIndexOf('/') + 1) : written).replace(/\.exe$/i, '');
  if (name.startsWith('mkfs.')) return 'mkfs';
  // `gitlab-psql` and its kind are the program with their own settings.
  const packed = /^gitlab-(\w+)$/.exec(name)?.[1];
  return packed !== undefined && byName().has(packed) ? packed : name;
}

/** Whether something is known of the program, as it is written. */
export function isKnownProgram(written: string): boolean {
  return byName().has(programName(written));
}

/** What is known of the program of this name in the table. */
export function rulesOf(name: string): ProgramRules | undefined {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const found = byName().get(name);
  if (found === undefined) return undefined;
  const rules = compile(found);
  compiled.set(name, rules);
  return rules;
}

function compile(found: readonly KnownProgram[]): ProgramRules {
  const anyCase = found.some((program) => program.anyCase);
  const words = (texts: readonly (string | undefined)[]) =>
    new Set(texts.flatMap((text) => (text === undefined ? [] : text.split(' '))));
  const patterns = (of: (program: KnownProgram) => string | undefined) =>
    found.flatMap((program) => readPatterns(of(program), anyCase));
  const values = words(found.map((program) => program.values));
  return {
    options: {
      values,
      takesAllValues: values.has('*'),
      flags: words(found.map((program) => program.flags)),
      hasLongOptions: found.some((program) => program.hasLongOptions),
    },
    verdicts: [
      { effect: 'looks', patterns: patterns(({ looks }) => looks) },
      { effect: 'prepares', patterns: patterns(({ prepares }) => prepares) },
      { effect: 'changes', patterns: patterns(({ changes }) => changes) },
      { effect: 'destroys', patterns: patterns(({ destroys }) => destroys) },
    ],
    spares: patterns(({ spares }) => spares),
    further: [
      { effect: 'never-ends', patterns: patterns(({ neverEnds }) => neverEnds) },
      { effect: 'wants-terminal', patterns: patterns(({ wantsTerminal }) => wantsTerminal) },
      { effect: 'opens-session', patterns: patterns(({ opensSession }) => opensSession) },
    ],
    launches: found.flatMap((program) => program.launches ?? []),
    reads: found.find((program) => program.reads !== undefined)?.reads,
  };
}
