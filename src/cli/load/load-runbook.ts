// Owns the way from a path to an understood runbook with everything that is wrong with it.
import type { KeptReadings } from '../../engine/cache/kept-readings.ts';
import { readIniBeside } from '../../engine/disk/read-ini-beside.ts';
import { type RunbookFile, readRunbookFile } from '../../engine/disk/read-runbook-file.ts';
import { isModule } from '../../run/links/module-address.ts';
import type { Configuration } from '../../runbook/front-matter/configuration.ts';
import { lintErrors } from '../../runbook/lint/lint-runbook.ts';
import { parseRunbook, withInputs } from '../../runbook/parse-runbook.ts';
import type { ParseOptions } from '../../runbook/read-document.ts';
import type { InputDeclaration, Runbook } from '../../runbook/runbook.ts';
import { type SkimmedRunbook, skimRunbook } from '../../runbook/skim-runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { decodeSource, type SourceFile } from '../../text/source-file.ts';
import { loadConfiguration } from './load-configuration.ts';

/** A runbook as it was read, with everything that is wrong with it. */
export interface LoadedRunbook {
  /** Absent when the file, or its configuration, could not be read at all. */
  readonly runbook?: Runbook;
  readonly file?: RunbookFile;
  /** What the diagnostics are about: the runbook, or a configuration file that is wrong. */
  readonly source: SourceFile;
  /** What a run refuses is among them. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads and parses a runbook, or takes it from `kept` as it was read before; never throws for anything that a file can
 * be or hold.
 */
export function loadRunbook(path: string, kept?: KeptReadings): LoadedRunbook {
  return understand(readSource(path), kept);
}

/** The same of bytes that stand in no file; what is beside it is looked for beside `path`. */
export function loadRunbookText(path: string, bytes: Uint8Array): LoadedRunbook {
  return understand(decode(path, bytes));
}

/** A page of another repository, for which the configuration of the page that is opened holds. */
export function loadModuleText(path: string, bytes: Uint8Array, opened: string): LoadedRunbook {
  return understand(decode(path, bytes, opened));
}

/** The same of a page that was found in a folder; undefined where a list leaves it out: prose alone is no runbook. */
export function loadFoundRunbook(path: string): LoadedRunbook | undefined {
  const read = readSource(path);
  const isOther = read.configuration && skimRunbook(read.source, read.configuration) === undefined;
  return isOther ? undefined : understand(read);
}

function understand(read: ReadSource, kept?: KeptReadings): LoadedRunbook {
  if (read.configuration === undefined) return read;
  const { file, source, configuration } = read;
  const { path, bytes } = source;
  const inputs = isModule(path) ? [] : readIniBeside(path, source.text);
  const settings = parseSettings(configuration);
  const readAnew = () => readPage(source, settings, inputs);
  const page = kept === undefined ? readAnew() : kept.take(bytes, [path, settings, inputs], readAnew);
  return {
    runbook: { ...page.runbook, source },
    ...(file && { file }),
    source,
    diagnostics: page.diagnostics,
  };
}

/** A page as it is kept: what holds for it, but for its source, which is there anyway. */
function readPage(source: SourceFile, settings: ParseOptions, inputs: readonly InputDeclaration[]) {
  const { runbook: written, diagnostics } = parseRunbook(source, settings);
  const runbook = { ...written, frontMatter: withInputs(written.frontMatter, inputs) };
  const { source: _, ...rest } = runbook;
  return { runbook: rest, diagnostics: [...diagnostics, ...lintErrors(runbook)] };
}

/** What of the configuration the reading of a page goes by. */
function parseSettings({ sections, interpreters, errexit, log }: Configuration): ParseOptions {
  return { sections, interpreters, ...(errexit !== undefined && { errexit }), ...(log && { log }) };
}

/** What a list says of a runbook; undefined for one that could not be read and for a page with nothing to run. */
export function loadForList(path: string): SkimmedRunbook | undefined {
  const read = readSource(path);
  return read.configuration && skimRunbook(read.source, read.configuration);
}

type ReadSource =
  | { readonly file?: RunbookFile; readonly source: SourceFile; readonly configuration: Configuration }
  | (Pick<LoadedRunbook, 'source' | 'diagnostics'> & { readonly configuration?: undefined });

function readSource(path: string): ReadSource {
  const read = readRunbookFile(path);
  if (!read.ok) return { source: decodeSource(path, new Uint8Array()).source, diagnostics: [read.error] };
  const decoded = decode(path, read.value.bytes);
  return decoded.configuration === undefined ? decoded : { ...decoded, file: read.value };
}

function decode(path: string, bytes: Uint8Array, configured = path): ReadSource {
  const { source, diagnostics } = decodeSource(path, bytes);
  if (diagnostics.length > 0) return { source, diagnostics };
  const { configuration, problem } = loadConfiguration(configured);
  // A configuration that is wrong may still be one: what is wrong with it has to be told first.
  if (problem) return { source: problem.source, diagnostics: problem.diagnostics };
  return { source, configuration };
}
