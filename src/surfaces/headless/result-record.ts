// Owns the way from how an attempt ended to what the public records say of it.
import type { AttemptResult, HostResult } from '../../run/event.ts';
import type { OutputSummary } from '../../run/output-summary.ts';
import type { WireRecord } from './wire-record.ts';

type WireOf<Type extends WireRecord['type']> = Extract<WireRecord, { readonly type: Type }>;
type WireResult = WireOf<'block-passed'>['result'];
type WireOutput = WireResult['output'];

/** An attempt, as the public records tell of it. */
export function resultRecord({
  exitCode,
  durationMs,
  output,
  captured,
  finding,
  warnings,
  hosts,
}: AttemptResult): WireResult {
  return {
    exitCode,
    durationMs,
    output: wireOutput(output),
    captured,
    ...(finding && { finding }),
    warnings,
    ...(hosts &&
      (hosts[0]?.each === undefined ? { hosts: hosts.map(hostRecord) } : { items: hosts.map(itemRecord) })),
  };
}

/** What became of a block on a host; where the shell's state is kept is nobody else's matter. */
export function hostRecord({ host, ...result }: HostResult): WireOf<'host-ended'>['result'] {
  return { host, ...wireTarget(result) };
}

/** The same of an item of a list. */
export function itemRecord({ host: item, ...result }: HostResult): WireOf<'item-ended'>['result'] {
  return { item, ...wireTarget(result) };
}

function wireTarget({ shellState: _state, each: _each, output, ...result }: Omit<HostResult, 'host'>) {
  return { ...result, output: wireOutput(output) };
}

function wireOutput({ stdoutBytes, stderrBytes, lines, file, droppedBytes }: OutputSummary): WireOutput {
  return {
    stdoutBytes,
    stderrBytes,
    lines,
    ...(file !== undefined && { file }),
    ...(droppedBytes !== undefined && { droppedBytes }),
  };
}
