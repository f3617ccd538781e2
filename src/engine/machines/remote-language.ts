// Owns which programs a host may run a block of each language with.
import { namedValue } from '../../basics/named-values.ts';
import { languageOf } from '../../languages/languages.ts';
import type { FreshDialect } from '../../languages/shell/shell-dialect.ts';
import { shellCandidates } from '../interpreters/find-language.ts';
import { fish, type InterpreterEntry, interpreterTable, ksh } from '../interpreters/interpreter-table.ts';
import { freshDialects } from '../shells/start-shell.ts';

export type RemoteLanguage =
  | {
      readonly type: 'shell';
      readonly dialect: FreshDialect;
      readonly commands: readonly string[];
      readonly help: string;
    }
  | {
      readonly type: 'interpreter';
      /** The first command that the host has is taken. */
      readonly choices: readonly (readonly string[])[];
      readonly extension: string;
      /** A CommonJS module to be loaded before the file. */
      readonly preload?: string;
      readonly code: string;
      readonly help: string;
    }
  /** Its client runs where the tool does. */
  | { readonly type: 'local-only' }
  | { readonly type: 'unknown' };

export interface RemoteLanguageSettings {
  /** What runs blocks labelled `sh`, `shell`, `console`: a name, or a path on the host. */
  readonly shell: string;
  /** The runbook's own languages: label to argument vector. */
  readonly interpreters: Readonly<Record<string, readonly string[]>>;
}

/** What runs a block of this label on a host. */
export function remoteLanguage(
  label: string,
  code: string,
  settings: RemoteLanguageSettings,
  isStrict: boolean,
): RemoteLanguage {
  const language = languageOf(label);
  if (language?.family === 'sql' || language?.family === 'http') return { type: 'local-only' };
  const own = namedValue(settings.interpreters, label);
  if (own !== undefined)
    return {
      type: 'interpreter',
      choices: [own],
      extension: /^[a-z0-9]+$/i.test(label) ? label : 'txt',
      code,
      help: `\`interpreters: ${label}\` names it`,
    };
  if (language?.family === 'shell')
    return remoteShellLanguage(language.id === 'sh' ? settings.shell : language.id, code, isStrict);
  const entry = interpreterTable[language?.id ?? ''];
  return entry === undefined ? { type: 'unknown' } : interpreter(entry, code, isStrict);
}

/** What runs a shell block, or a condition, on a host. */
export function remoteShellLanguage(shell: string, code: string, isStrict: boolean): RemoteLanguage {
  const name = shell.slice(shell.lastIndexOf('/') + 1);
  if (name === 'fish') return interpreter(fish, code, isStrict);
  if (name === 'ksh') return interpreter(ksh, code, isStrict);
  const found = shellCandidates(shell);
  if (found === undefined) return { type: 'unknown' };
  const help = `install ${name} there, or set \`shell: sh\` in the front matter`;
  return { type: 'shell', dialect: freshDialects[found.shell], commands: found.commands, help };
}

function interpreter(entry: InterpreterEntry, code: string, isStrict: boolean): RemoteLanguage {
  const prepared = entry.prepare?.(code, isStrict) ?? code;
  return {
    type: 'interpreter',
    choices: entry.choices,
    extension: entry.extensionFor?.(code) ?? entry.extension,
    ...(entry.preload !== undefined && { preload: entry.preload }),
    code: prepared,
    help: `install ${entry.packageName} there`,
  };
}
