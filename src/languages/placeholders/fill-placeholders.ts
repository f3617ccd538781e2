// Owns which way placeholders are filled in for which language.

import type { FoundPlaceholder } from '../found-placeholder.ts';
import { languageOf } from '../languages.ts';
import { type SqlDialect, sqlDialects } from '../sql/parse-database-url.ts';
import { fillHttp } from './fill-http.ts';
import { fillShell } from './fill-shell.ts';
import { fillSql } from './fill-sql.ts';
import type { Filling } from './filling.ts';
import { findPlaceholders, syntaxOf } from './find-placeholders.ts';
import { mayHoldPlaceholder } from './may-hold-placeholder.ts';
import { refuseInScript } from './refuse-in-script.ts';

/** What code is written in: a label, with what the runbook makes of labels. */
export interface CodeLanguage {
  readonly label: string;
  /** What runs blocks labelled `sh`. */
  readonly shell: string;
  /** The runbook's own languages, by label. */
  readonly interpreters: Readonly<Record<string, readonly string[]>>;
  /** The database of `sql` blocks, where it is known. */
  readonly dialect?: SqlDialect;
}

/** Shells whose quotes are those of POSIX. */
const posixShells = new Set(['bash', 'zsh', 'dash', 'ash', 'ksh', 'sh']);

/**
 * The code with every placeholder replaced by a variable, so that its value is data by construction: no value can
 * end a quote, add a word or become code. Where that cannot be had, the placeholder is a problem.
 */
export function fillPlaceholders(
  code: string,
  language: CodeLanguage,
  variableOf: (placeholder: FoundPlaceholder) => string,
): Filling {
  if (!mayHoldPlaceholder(code)) return { code, filled: [], problems: [] };
  const known = languageOf(language.label);
  const isShell = known?.family === 'shell';
  const found = findPlaceholders(code, syntaxOf(known?.family));
  if (found.length === 0) return { code, filled: [], problems: [] };
  const isOwn = Object.hasOwn(language.interpreters, language.label);
  if (isShell && !isOwn) {
    const shell = known.id === 'sh' ? nameOf(language.shell) : known.id;
    if (posixShells.has(shell)) return fillShell(code, found, variableOf);
    return refuseInScript(code, found, shell);
  }
  if (known?.family === 'sql') return fillQuery(code, found, known.id, language.dialect, variableOf);
  if (known?.family === 'http' && !isOwn) return fillHttp(code, found, variableOf);
  return refuseInScript(code, found, language.label, isOwn ? undefined : known?.id);
}

/** Nobody may know yet which database an `sql` block means; then it has to be right for each. */
function fillQuery(
  code: string,
  found: readonly FoundPlaceholder[],
  id: string,
  dialect: SqlDialect | undefined,
  variableOf: (placeholder: FoundPlaceholder) => string,
): Filling {
  const written = sqlDialects.find((one) => one === id) ?? dialect;
  if (written !== undefined) return fillSql(code, found, variableOf, written);
  const all = sqlDialects.map((one) => fillSql(code, found, variableOf, one));
  return all.find(({ problems }) => problems.length > 0) ?? fillSql(code, found, variableOf, 'psql');
}

function nameOf(command: string): string {
  return command.slice(command.lastIndexOf('/') + 1);
}
