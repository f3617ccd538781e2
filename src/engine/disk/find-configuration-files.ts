// Owns where configuration files are looked for, and whose are trusted.
import { type Stats, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { Diagnostic } from '../../text/diagnostic.ts';

const configurationFileName = 'runsheet.yaml';

export interface ConfigurationFile {
  readonly path: string;
  /** Why it must not be used. */
  readonly refusal?: Diagnostic;
}

/**
 * The configuration files that hold for a runbook, the weaker first: the user's own, `runsheet/config.yaml` in
 * `$XDG_CONFIG_HOME` or `~/.config`, and the nearest `runsheet.yaml` in the runbook's folder or one above it.
 */
export function findConfigurationFiles(
  runbook: string,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): ConfigurationFile[] {
  const xdg = environment.XDG_CONFIG_HOME;
  const folder = xdg && isAbsolute(xdg) ? xdg : join(home, '.config');
  const own = join(folder, 'runsheet', 'config.yaml');
  const found: ConfigurationFile[] = look(own) === undefined ? [...misnamed(own)] : [{ path: own }];
  for (let at = dirname(resolve(runbook)); ; at = dirname(at)) {
    const path = join(at, configurationFileName);
    const stats = look(path);
    if (stats !== undefined) {
      found.push({ path, ...whyRefused(path, stats, runbook) });
      break;
    }
    found.push(...misnamed(path));
    if (dirname(at) === at) break;
  }
  return found;
}

/** What somebody has written there would else hold for nothing, without a word: a key to sign with, channels, rules. */
function misnamed(path: string): readonly ConfigurationFile[] {
  const written = path.replace(/\.yaml$/, '.yml');
  if (look(written) === undefined) return [];
  return [
    {
      path: written,
      refusal: {
        code: 'configuration-name',
        severity: 'error',
        message: `\`${written}\` is not read by that name`,
        help: `name it \`${basename(path)}\``,
      },
    },
  ];
}

function look(path: string): Stats | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isDirectory() ? undefined : stats;
  } catch {
    // A folder that may not be looked into holds nothing for us.
    return undefined;
  }
}

/**
 * It names programs that are run, so a file that somebody else put into a folder above, `/tmp` say, is not
 * followed: its owner must be the user, the system or the owner of the runbook, who decides what is run anyway.
 */
function whyRefused(path: string, { uid }: Stats, runbook: string): { readonly refusal?: Diagnostic } {
  const user = process.getuid?.();
  if (user === undefined || uid === user || uid === 0 || look(runbook)?.uid === uid) return {};
  return {
    refusal: {
      code: 'configuration-owner',
      severity: 'error',
      message: `\`${path}\` belongs to neither you nor the owner of the runbook, and it says which programs to run`,
      help: 'look at it, and make it your own with chown, or move the runbook elsewhere',
    },
  };
}
