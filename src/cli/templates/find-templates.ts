// Owns which templates there are: those of the team's folders, then those that come with the tool.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorMessage } from '../../basics/coded-error.ts';
import { parseRunbook } from '../../runbook/parse-runbook.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { findMarks } from '../../runbook/templates/find-marks.ts';
import { type Diagnostic, hasErrors } from '../../text/diagnostic.ts';
import { decodeSource, type SourceFile } from '../../text/source-file.ts';
import { loadConfiguration } from '../load/load-configuration.ts';

/** A page that others are made from. */
export interface FoundTemplate {
  /** Its file's, without the ending. */
  readonly name: string;
  readonly path: string;
}

/** A template that was read. */
export interface LoadedTemplate {
  readonly source: SourceFile;
  readonly runbook: Runbook;
  /** What stands in the way of making a page of it. */
  readonly errors: readonly Diagnostic[];
}

export interface FoundTemplates {
  /** By name; a name of the team's replaces one of the tool's. */
  readonly templates: readonly FoundTemplate[];
  /** Folders that could not be read, a sentence each. */
  readonly problems: readonly string[];
  /** A configuration file that is wrong, and what; then none of its folders is known. */
  readonly configuration?: { readonly source: SourceFile; readonly diagnostics: readonly Diagnostic[] };
}

/** The templates lie beside the built tool's folder, in the package as in a clone. */
const ownFolder = fileURLToPath(new URL('../templates/', import.meta.url));

/** The templates for a page that is to be at `file`, by the configuration that holds there. */
export function findTemplates(file: string): FoundTemplates {
  const { configuration, problem } = loadConfiguration(resolve(file));
  const byName = new Map<string, FoundTemplate>();
  const problems: string[] = [];
  for (const folder of [...(configuration.templates ?? []), ownFolder]) {
    try {
      for (const entry of readdirSync(folder).filter(isTemplate)) {
        const name = basename(entry, '.md');
        if (!byName.has(name)) byName.set(name, { name, path: join(folder, entry) });
      }
    } catch (error) {
      problems.push(`the templates in \`${folder}\` cannot be read: ${errorMessage(error, folder)}`);
    }
  }
  const templates = [...byName.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  return { templates, problems, ...(problem && { configuration: problem }) };
}

/** Reads a template; throws what the system says where it cannot be read. */
export function loadTemplate(path: string): LoadedTemplate {
  const { source, diagnostics } = decodeSource(path, readFileSync(path));
  const parsed = parseRunbook(source);
  const found = [...diagnostics, ...parsed.diagnostics];
  return {
    source,
    runbook: parsed.runbook,
    errors: hasErrors(found) ? found.filter(({ severity }) => severity === 'error') : [],
  };
}

/** What pages of a template are for, in a sentence: by its own word, else by what its page says of itself. */
export function sentenceOf({ path }: FoundTemplate): string {
  try {
    const { frontMatter, title } = loadTemplate(path).runbook;
    const said = [frontMatter.template?.description, frontMatter.description, title];
    return said.find((text) => text !== undefined && findMarks(text).length === 0) ?? '';
  } catch (error) {
    return `cannot be read: ${errorMessage(error, path)}`;
  }
}

function isTemplate(name: string): boolean {
  return name.endsWith('.md') && !/^(?:readme|\.)/i.test(name);
}
