// Owns reading the configuration of a server from its file.
import { existsSync } from 'node:fs';
import { readRunbookFile } from '../../engine/disk/read-runbook-file.ts';
import { decodeSource } from '../../text/source-file.ts';
import { complain, reportDiagnostics } from '../report-diagnostics.ts';
import { plainSettings, readServeSettings, type ServeSettings } from './serve-settings.ts';

/** The file that is read where none is named. */
const usualFile = 'serve.yaml';
/** A name by which it is not read: a server without the people, tokens and rules in it would be another one. */
const otherEnding = 'serve.yml';

/** The settings; undefined after what is wrong with the file was said. */
export function loadServeFile(named: string | undefined): ServeSettings | undefined {
  const path = named ?? usualFile;
  if (named === undefined && !existsSync(path)) {
    if (!existsSync(otherEnding)) return plainSettings;
    complain(
      `\`${otherEnding}\` is not read by that name`,
      `name it \`${usualFile}\`, or say \`--config ${otherEnding}\``,
    );
    return undefined;
  }
  const file = readRunbookFile(path);
  const { source, diagnostics } = decodeSource(path, file.ok ? file.value.bytes : new Uint8Array());
  const wrong = file.ok ? diagnostics : [file.error];
  if (wrong.length > 0) {
    reportDiagnostics(wrong, source);
    return undefined;
  }
  const read = readServeSettings(source);
  if (read.diagnostics.length === 0) return read.settings;
  reportDiagnostics(read.diagnostics, source);
  return undefined;
}
