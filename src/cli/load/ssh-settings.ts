// Owns how hosts are reached from here: the environment's word, then the configuration's, then plain `ssh`.
import type { SshSettings } from '../../engine/machines/ssh-client.ts';
import { definedEnvironment } from '../defined-environment.ts';
import { loadConfiguration } from './load-configuration.ts';

/** What starts ssh for a runbook; `mayAsk` says that a person sits at the terminal of this process. */
export function sshSettings(runbook: string, mayAsk: boolean): SshSettings {
  const words = process.env.RUNSHEET_SSH?.split(/\s+/).filter((word) => word !== '') ?? [];
  const { ssh = ['ssh'] } = loadConfiguration(runbook).configuration;
  return { command: words.length > 0 ? words : ssh, env: definedEnvironment(), mayAsk };
}
