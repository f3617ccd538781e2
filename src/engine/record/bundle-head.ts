// Owns the form of the file in which a run goes to another machine: a first line with the digest and the length of the
// head, the head as JSON, and the bytes of its parts one behind the other, to the end of the file.
import { createHash } from 'node:crypto';
import { isRunId, type RunId } from '../../basics/address.ts';
import { visibleText } from '../../text/visible-text.ts';

/** A file of the run. */
export interface BundlePart {
  /** Below the run's folder, with `/` between folders. */
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
}

export interface BundleHead {
  readonly run: RunId;
  /** Who has handed it over, such as `ada@bastion`. */
  readonly from: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly parts: readonly BundlePart[];
}

/** What a first line has at most, a head, and the name of who has handed the run over. */
export const bundleLimits = { line: 128, head: 16 * 1024 * 1024, parts: 100_000, from: 400 } as const;

/** A name that leads nowhere but below its folder: no part of it begins with a dot. */
const partName = /^(?!\.)[\w.@:=+,%~-]{1,200}(?:\/(?!\.)[\w.@:=+,%~-]{1,200}){0,3}$/;

/** What belongs to a machine and not to the run: locks, answers that are believed by who owns their files, the mark. */
const ofMachine = /^(?:lock\.\d+|(?:inbox|answers)(?:\/.*)?|handed-over\.json)$/;

/** Whether a file goes along. */
export function isPartName(name: string): boolean {
  return partName.test(name) && !ofMachine.test(name);
}

/** Whether a file of a run's folder stays where it is. */
export function staysBehind(name: string): boolean {
  return ofMachine.test(name) || name.split('/').some((part) => part.startsWith('.'));
}

/** The beginning of the file. */
export function renderHead(head: BundleHead): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const line = new TextEncoder().encode(`runsheet-bundle 1 ${digestOf(json)} ${json.length}\n`);
  const bytes = new Uint8Array(line.length + json.length);
  bytes.set(line);
  bytes.set(json, line.length);
  return bytes;
}

/** What the first line says; undefined where the file is no bundle. */
export function readFirstLine(
  line: string,
): { readonly version: number; readonly digest: string; readonly bytes: number } | undefined {
  const [, version = '', digest = '', bytes = ''] =
    /^runsheet-bundle (\d{1,6}) ([0-9a-f]{64}) (\d{1,9})$/.exec(line) ?? [];
  return digest === '' ? undefined : { version: Number(version), digest, bytes: Number(bytes) };
}

/** The head of these bytes; undefined where it says what none says. */
export function readHead(json: Uint8Array, digest: string): BundleHead | undefined {
  if (json.length > bundleLimits.head || digestOf(json) !== digest) return undefined;
  const value = parsed(json);
  if (typeof value !== 'object' || value === null) return undefined;
  const { run, from, at, parts } = value as Readonly<Partial<Record<string, unknown>>>;
  if (typeof run !== 'string' || !isRunId(run) || !isSomebody(from) || !isMoment(at)) return undefined;
  if (!Array.isArray(parts) || parts.length > bundleLimits.parts || !parts.every(isPart)) return undefined;
  return isOfOneFolder(parts.map(({ name }) => name)) ? { run, from, at, parts } : undefined;
}

/** Whether what `renderHead` gives would be read again. */
export function isReadable(beginning: Uint8Array): boolean {
  const end = beginning.indexOf(0x0a);
  const first = readFirstLine(new TextDecoder().decode(beginning.subarray(0, end)));
  return first !== undefined && readHead(beginning.subarray(end + 1), first.digest) !== undefined;
}

function parsed(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(json));
  } catch {
    return undefined;
  }
}

/** Whoever it is, the name does nothing to a terminal or a journal. */
function isSomebody(from: unknown): from is string {
  return (
    typeof from === 'string' && from !== '' && from.length <= bundleLimits.from && visibleText(from) === from
  );
}

function isMoment(at: unknown): at is string {
  const ms = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString() === at;
}

/** No name is there twice, and none is a file and a folder. */
function isOfOneFolder(names: readonly string[]): boolean {
  const known = new Set(names);
  const folders = names.flatMap((name) =>
    name.split('/').map((_part, index, all) => all.slice(0, index).join('/')),
  );
  return known.size === names.length && !folders.some((folder) => known.has(folder));
}

function isPart(part: unknown): part is BundlePart {
  if (typeof part !== 'object' || part === null) return false;
  const { name, bytes, digest } = part as Partial<Record<string, unknown>>;
  if (typeof name !== 'string' || !isPartName(name)) return false;
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0) return false;
  return typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest);
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
