// Owns how amounts of data are written for people.
import type { OutputSummary } from '../../run/output-summary.ts';
import { counted } from './quoted.ts';

const units = ['kB', 'MB', 'GB', 'TB'];

/** `0 bytes`, `1 byte`, `999 bytes`, `1.5 kB`, `23 MB`: powers of 1000 (IEC 80000-13), two digits that count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let value = bytes;
  let unit = 'bytes';
  for (const larger of units) {
    if (Math.round(value) < 1000) break;
    value /= 1000;
    unit = larger;
  }
  return value < 9.95 ? `${value.toFixed(1)} ${unit}` : `${Math.round(value)} ${unit}`;
}

/** How much a block printed, or nothing when it printed nothing. */
export function outputWords({ lines, stdoutBytes, stderrBytes }: OutputSummary): string {
  const bytes = stdoutBytes + stderrBytes;
  if (bytes === 0) return '';
  if (bytes < 1000 && lines > 0) return counted(lines, 'line');
  return lines > 0 ? `${counted(lines, 'line')}, ${formatBytes(bytes)}` : formatBytes(bytes);
}
