// Owns the scripts that write a file and take one away, for the `sh` of whatever machine it is on.
import { type ByteText, toByteText } from '../../languages/shell/byte-text.ts';
import { shellQuote } from '../../languages/shell/shell-quote.ts';
import { scriptHead } from './refusals.ts';

/** What is written, where, and over what. */
export interface WriteRequest {
  /** Absolute, no link. */
  readonly path: string;
  /** Part of the temporary file's name, the same for each attempt of a run at the file. */
  readonly nonce: string;
  /** As `cksum` says it of what stands there now; absent where nothing does. */
  readonly checksum?: string;
  readonly mode: number;
  /** As `chown` takes it; absent where it is whoever writes it. */
  readonly owner?: string;
  readonly bytes: number;
  readonly validate?: string;
}

/** Names of temporary files begin with it, so that no pattern for configuration files takes one in. */
const temporaryPrefix = '.runsheet-';

/** Characters, of up to four bytes each; a name may have 255 bytes. */
const longestEnd = 45;

/**
 * Writes its standard input beside the file, lets it be looked at, and puts it into the place of the file in one piece:
 * at every moment there is the old one or the new one. What the command of `validate` ends with is said as `validate N`.
 */
export function writeScript(request: WriteRequest): ByteText {
  const { path, nonce, checksum, mode, owner, bytes, validate } = request;
  return [
    ...scriptHead,
    ...places(path),
    temporaryOf(path, nonce),
    'forget() { rm -f "$t"; }',
    "trap 'forget; exit 1' HUP INT TERM PIPE",
    `no() { forget; say "$1"; }`,
    ...stillAs(checksum),
    'same || say changed',
    'umask 077',
    // A process of the run that was killed has left its own.
    'forget',
    // Nobody else can have made it, nor lead it elsewhere.
    '(set -C; : >"$t") || say temporary',
    ...(checksum === undefined ? [] : withoutAcl),
    'cat >"$t" || no content',
    `[ "$(wc -c <"$t")" -eq ${bytes} ] || no content`,
    ...(owner === undefined ? [] : [`chown ${shellQuote(toByteText(owner))} "$t" || no owner`]),
    `chmod ${mode.toString(8).padStart(4, '0')} "$t" || no mode`,
    'sync "$t" || no device',
    ...(validate === undefined ? [] : validation(validate)),
    'same || no changed',
    'mv -f "$t" "$f" || no rename',
    'sync "$d" || say folder-device',
  ].join('\n');
}

/** What takes the place of a file that has no list has none either, whatever its folder gives new files. */
const withoutAcl: readonly ByteText[] = [
  'plain() { case $(ls -ld "$t") in ??????????+*) return 1 ;; esac; }',
  'plain || { setfacl -b "$t" && chmod 0600 "$t"; } 2>/dev/null',
  'plain || no inherits',
];

/** Programs that look at a file go by the end of its name. */
function temporaryOf(path: string, nonce: string): ByteText {
  const end = [...path.slice(path.lastIndexOf('/') + 1)].slice(-longestEnd).join('');
  return `t=\${d%/}/${shellQuote(toByteText(`${temporaryPrefix}${nonce}.${end}`))}`;
}

function validation(command: string): readonly ByteText[] {
  return [
    `FILE=$t sh -c ${shellQuote(toByteText(command))} </dev/null`,
    'v=$?',
    '[ "$v" -eq 0 ] || no "validate $v"',
  ];
}

/** Takes the file away again. */
export function removeScript(path: string, nonce: string, checksum: string): ByteText {
  return [
    ...scriptHead,
    ...places(path),
    temporaryOf(path, nonce),
    ...stillAs(checksum),
    'same || say changed',
    'rm -f "$t"',
    'rm -f "$f" || say remove',
    'sync "$d" || say folder-device',
  ].join('\n');
}

function places(path: string): readonly ByteText[] {
  const folder = path.slice(0, path.lastIndexOf('/')) || '/';
  return [`f=${shellQuote(toByteText(path))}`, `d=${shellQuote(toByteText(folder))}`];
}

function stillAs(checksum: string | undefined): readonly ByteText[] {
  return [
    checksum === undefined
      ? 'same() { [ ! -e "$f" ] && [ ! -h "$f" ]; }'
      : `same() { [ "$(cksum <"$f")" = ${shellQuote(checksum)} ]; }`,
  ];
}
