// Owns what configuration files say of runbooks, and how several are laid over each other.
import { type LogChoice, type SectionKind, sectionKinds } from '../runbook.ts';
import type { ChannelSettings } from './channels/channel-settings.ts';

/** Money for an hour. */
export interface Rate {
  readonly amount: number;
  /** As written: `EUR`. */
  readonly currency: string;
}

/** What `check` makes of what it finds. */
export interface CheckSettings {
  /** By code: what its findings are told as, but for errors and doubts, which are never less than that. */
  readonly rules: Readonly<Record<string, 'off' | 'hint' | 'warning' | 'error'>>;
  readonly strict?: boolean;
  /** Which files of a folder are left out, in the words of .gitignore, from the folder of the configuration. */
  readonly exclude: readonly { readonly folder: string; readonly patterns: readonly string[] }[];
  /** Which file has which rule, for what is wrong with it. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What holds for every runbook below a folder, or for every runbook of a user. */
export interface Configuration {
  /** Extra heading words per section. */
  readonly sections: Readonly<Partial<Record<SectionKind, readonly string[]>>>;
  /** Extra runnable languages: label, lower-cased, to the argument vector that runs a file of it. */
  readonly interpreters: Readonly<Record<string, readonly string[]>>;
  /** Channels of notifications, by name. */
  readonly channels: Readonly<Record<string, ChannelSettings>>;
  /** False: shell blocks go on after a failing command. */
  readonly errexit?: boolean;
  /** What starts OpenSSH's client, where it is not plain `ssh`. */
  readonly ssh?: readonly string[];
  /** What makes blocks another user's, where it is not plain `sudo`; `{user}` stands for the account. */
  readonly runAs?: readonly string[];
  /** Where results go. */
  readonly log?: LogChoice;
  /** What an hour of work costs, by the owner of a runbook; `default` for all others. */
  readonly rates?: Readonly<Record<string, Rate>>;
  /** What an hour of a machine that works on a run costs. */
  readonly machineRate?: Rate;
  /** Folders of templates, paths; the first that has a name counts. */
  readonly templates?: readonly string[];
  /** What `check` makes of its findings. */
  readonly check?: CheckSettings;
  /** The key that records are signed with, and the file that says whose signatures count; both paths. */
  readonly sign?: { readonly key?: string; readonly allowedSigners?: string };
}

/** Where there is none. */
export const emptyConfiguration: Configuration = { sections: {}, interpreters: {}, channels: {} };

/** Lays one over the other: words add up, an interpreter or channel of `over` replaces that of `under`. */
export function overlay(under: Configuration, over: Configuration): Configuration {
  const words = sectionKinds.flatMap((kind) => {
    const list = [...(under.sections[kind] ?? []), ...(over.sections[kind] ?? [])];
    return list.length === 0 ? [] : [[kind, [...new Set(list)]] as const];
  });
  const errexit = over.errexit ?? under.errexit;
  const templates = [...new Set([...(over.templates ?? []), ...(under.templates ?? [])])];
  return {
    sections: Object.fromEntries(words),
    interpreters: { ...under.interpreters, ...over.interpreters },
    channels: { ...under.channels, ...over.channels },
    ...(errexit !== undefined && { errexit }),
    ...((over.ssh ?? under.ssh) && { ssh: over.ssh ?? under.ssh }),
    ...((over.runAs ?? under.runAs) && { runAs: over.runAs ?? under.runAs }),
    ...((over.log ?? under.log) && { log: over.log ?? under.log }),
    ...((over.rates ?? under.rates) && { rates: { ...under.rates, ...over.rates } }),
    ...((over.machineRate ?? under.machineRate) && { machineRate: over.machineRate ?? under.machineRate }),
    ...(templates.length > 0 && { templates }),
    ...((over.check ?? under.check) && { check: overlayCheck(under.check, over.check) }),
    ...((over.sign ?? under.sign) && { sign: { ...under.sign, ...over.sign } }),
  };
}

function overlayCheck(under: CheckSettings | undefined, over: CheckSettings | undefined): CheckSettings {
  const strict = over?.strict ?? under?.strict;
  return {
    rules: { ...under?.rules, ...over?.rules },
    ...(strict !== undefined && { strict }),
    exclude: [...(under?.exclude ?? []), ...(over?.exclude ?? [])],
    files: { ...under?.files, ...over?.files },
  };
}
