// Owns asking whether every channel that a runbook names is there.
import type { Runbook } from '../../runbook/runbook.ts';
import { unknownChannels } from '../../runbook/unknown-channels.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { loadConfiguration } from './load-configuration.ts';

/** An error for each name that the configuration of the runbook does not know. */
export function checkChannels(path: string, runbook: Runbook): readonly Diagnostic[] {
  return unknownChannels(runbook, Object.keys(loadConfiguration(path).configuration.channels));
}
