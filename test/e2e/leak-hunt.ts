// Owns the hunt for secrets in everything that a run leaves behind.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { wrappedEncodings } from './leak-emitter.ts';

export interface Needle {
  readonly canary: string;
  readonly encoding: string;
  readonly text: string;
}

/** A place where something may be found: a file, a stream, the arguments of a process. */
export interface Place {
  readonly name: string;
  readonly bytes: Buffer;
}

const pieceLength = 12;

/** A piece of base64 that is shorter stands by chance in what a run seals, in every third of them. */
const shortestBase64 = 5;

/** What is looked for, from the forms that the emitter gives; a form that is another one's as well counts once. */
export function needlesOf(canary: string, forms: Readonly<Record<string, string>>): Needle[] {
  const sure = Object.entries(forms).filter(
    ([encoding, text]) => !encoding.startsWith('base64') || text.length >= shortestBase64,
  );
  return sure.map(([encoding, text]) => ({
    canary,
    encoding,
    text: wrappedEncodings.has(encoding) ? text.replaceAll('\n', '') : text,
  }));
}

/** Pieces of a secret, so that half of one is found as well; for secrets whose every piece is random. */
export function piecesOf(canary: string, secret: string): Needle[] {
  const pieces: Needle[] = [];
  for (let at = 0; at + pieceLength <= secret.length; at += 1)
    pieces.push({ canary, encoding: `piece ${at}`, text: secret.slice(at, at + pieceLength) });
  return pieces;
}

/** Every needle that is in a place, as `place: encoding of canary`. */
export function hunt(places: readonly Place[], needles: readonly Needle[]): string[] {
  const found = new Set<string>();
  for (const { name, bytes } of places) {
    const whole = bytes.toString('latin1');
    // A text that was broken into lines, in a quote or a list as well, is still the text.
    const joined = whole.replace(/\r?\n[ \t>│]*/g, '');
    for (const { canary, encoding, text } of needles) {
      const needle = Buffer.from(text, 'utf8').toString('latin1');
      if (whole.includes(needle) || joined.includes(needle.replaceAll('\n', '')))
        found.add(`${name}: ${encoding} of ${canary}`);
    }
  }
  return [...found].sort();
}

/** Every regular file below a folder. */
export function filesBelow(folder: string, isLeftOut: (path: string) => boolean = () => false): Place[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isLeftOut(path))
    .map((path) => ({ name: relative(folder, path), bytes: readFileSync(path) }));
}

/** A process whose texts were the same for so many looks is looked at only every so many looks. */
const settledAfter = 20;

/** Looks at the arguments of all processes of the machine again and again, until it is told to stop. */
export function watchArguments(): () => Place {
  return watchProcesses('cmdline', () => true);
}

/** Looks at the environments of all processes that are not of a block again and again, until it is told to stop. */
export function watchEnvironments(): () => Place {
  return watchProcesses('environ', (text) => !/(?:^|\0)RUNSHEET=1(?:\0|$)/.test(text));
}

function watchProcesses(file: 'cmdline' | 'environ', isWanted: (text: string) => boolean): () => Place {
  const seen = new Set<string>();
  let known = new Map<string, { readonly text: string; readonly looks: number }>();
  let isOver = false;
  const look = (): void => {
    const found: typeof known = new Map();
    for (const pid of readdirSync('/proc')) {
      if (!/^\d+$/.test(pid)) continue;
      const before = known.get(pid);
      const looks = (before?.looks ?? 0) + 1;
      const isSettled = before !== undefined && looks > settledAfter && looks % settledAfter !== 0;
      const text = isSettled ? before.text : textOf(pid, file);
      if (text === undefined) continue;
      if (isWanted(text)) seen.add(text);
      found.set(pid, { text, looks: text === before?.text ? looks : 1 });
    }
    known = found;
    if (!isOver) setTimeout(look, 1);
  };
  look();
  return () => {
    isOver = true;
    return { name: `${file} of ${seen.size} processes`, bytes: Buffer.from([...seen].join('\n'), 'latin1') };
  };
}

/** Undefined when it has ended. */
function textOf(pid: string, file: 'cmdline' | 'environ'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return undefined;
  }
}

/** A file that is longer is none of the tool's passing ones. */
const longestPassing = 1024 * 1024;
const lookAtFilesMs = 20;

/** Reads the files that come and go in folders for temporary ones, until it is told to stop. */
export function watchFiles(folders: readonly string[]): () => Place {
  const seen = new Map<string, Buffer>();
  const look = (): void => {
    for (const folder of folders) for (const path of pathsBelow(folder)) readInto(seen, path);
  };
  const timer = setInterval(look, lookAtFilesMs);
  look();
  return () => {
    clearInterval(timer);
    look();
    return { name: 'temporary files', bytes: Buffer.concat([...seen.values()]) };
  };
}

function pathsBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

function readInto(seen: Map<string, Buffer>, path: string): void {
  try {
    const { size, mtimeMs } = statSync(path);
    const key = `${path} ${size} ${mtimeMs}`;
    if (size <= longestPassing && !seen.has(key)) seen.set(key, readFileSync(path));
  } catch {
    // It has gone meanwhile.
  }
}
