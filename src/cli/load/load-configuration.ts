// Owns the configuration that holds for a runbook, read from all its files.
import { dirname, join, resolve } from 'node:path';
import {
  type ConfigurationFile,
  findConfigurationFiles,
} from '../../engine/disk/find-configuration-files.ts';
import { readRunbookFile } from '../../engine/disk/read-runbook-file.ts';
import { homeFolder } from '../../engine/files/home-folder.ts';
import {
  type CheckSettings,
  type Configuration,
  emptyConfiguration,
  overlay,
} from '../../runbook/front-matter/configuration.ts';
import { readConfiguration } from '../../runbook/front-matter/read-configuration.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { decodeSource, type SourceFile } from '../../text/source-file.ts';

/** The configuration that holds for a runbook, or why there is none. */
export interface LoadedConfiguration {
  readonly configuration: Configuration;
  /** The first file that something is wrong with, and what; then nothing of the configuration is used. */
  readonly problem?: { readonly source: SourceFile; readonly diagnostics: readonly Diagnostic[] };
}

/** Many runbooks of one folder share their files, which are read once. */
const known = new Map<string, ReturnType<typeof readFile>>();

/** Reads every file anew from here on: one of them may have been written since. */
export function forgetConfiguration(): void {
  known.clear();
}

/** Reads the user's and the folder's configuration; the folder's is laid over the user's. */
export function loadConfiguration(runbook: string): LoadedConfiguration {
  let configuration = emptyConfiguration;
  for (const file of findConfigurationFiles(runbook, process.env, homeFolder())) {
    const read = known.get(file.path) ?? readFile(file);
    known.set(file.path, read);
    if (read.diagnostics.length > 0) return { configuration: emptyConfiguration, problem: read };
    configuration = overlay(configuration, read.configuration);
  }
  return { configuration };
}

function readFile({ path, refusal }: ConfigurationFile) {
  const empty = { source: decodeSource(path, new Uint8Array()).source, configuration: emptyConfiguration };
  if (refusal) return { ...empty, diagnostics: [refusal] };
  const file = readRunbookFile(path);
  if (!file.ok) return { ...empty, diagnostics: [file.error] };
  const { source, diagnostics } = decodeSource(path, file.value.bytes);
  if (diagnostics.length > 0) return { ...empty, source, diagnostics };
  const read = readConfiguration(source);
  return {
    source,
    diagnostics: read.diagnostics,
    configuration: fromFolder(read.configuration, dirname(path), path),
  };
}

/** A relative path of a program starts at the file that names it; a bare name is looked for on the search path. */
function fromFolder(configuration: Configuration, folder: string, file: string): Configuration {
  const placed = ([command = '', ...rest]: readonly string[]): readonly string[] => {
    const isRelativePath = command.includes('/') && !command.startsWith('/');
    return [isRelativePath ? join(folder, command) : command, ...rest];
  };
  const { interpreters, channels, ssh, runAs, templates, sign, check } = configuration;
  const { key, allowedSigners } = sign ?? {};
  return {
    ...configuration,
    ...(ssh && { ssh: placed(ssh) }),
    ...(runAs && { runAs: placed(runAs) }),
    ...(templates && { templates: templates.map((path) => pathIn(folder, path)) }),
    ...(check && { check: placedCheck(check, folder, file) }),
    ...(sign && {
      sign: {
        ...(key !== undefined && { key: pathIn(folder, key) }),
        ...(allowedSigners !== undefined && { allowedSigners: pathIn(folder, allowedSigners) }),
      },
    }),
    interpreters: Object.fromEntries(
      Object.entries(interpreters).map(([label, argv]) => [label, placed(argv)]),
    ),
    channels: Object.fromEntries(
      Object.entries(channels).map(([name, channel]) => [
        name,
        channel.type === 'command' ? { ...channel, command: placed(channel.command) } : channel,
      ]),
    ),
  };
}

function placedCheck(check: CheckSettings, folder: string, file: string): CheckSettings {
  return {
    ...check,
    exclude: check.exclude.map(({ patterns }) => ({ folder, patterns })),
    files: Object.fromEntries(Object.keys(check.rules).map((code) => [code, file])),
  };
}

/** A path of a file starts at the file that names it; `~` is the home. */
function pathIn(folder: string, path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homeFolder(), path.slice(1)) : resolve(folder, path);
}
