// Owns the script that looks at a file, for the `sh` of whatever machine it is on.
import { type ByteText, toByteText } from '../../languages/shell/byte-text.ts';
import { shellQuote } from '../../languages/shell/shell-quote.ts';
import { scriptHead } from './refusals.ts';

/** Larger files are not kept, and so not written. */
export const largestBytes = 8 * 1024 * 1024;

/** A path as a word of a shell: `~` and variables are put in over there, and nothing else means anything. */
export function pathWord(path: string): ByteText {
  const atHome = /^~(?=\/)/.test(path);
  const pieces = (atHome ? path.slice(1) : path).split(/(\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\}))/);
  const words = pieces.map((piece, index) =>
    index % 2 === 1 ? `"\${${piece.replace(/[${}]/g, '')}:?}"` : shellQuote(toByteText(piece)),
  );
  return [...(atHome ? ['"${HOME:?}"'] : []), ...words].join('');
}

/**
 * Prints what the path leads to, fields and then the bytes, each field ended by NUL: the absolute path, the umask, both
 * forms of `ls` (numbers, names), the checksum. The last three are empty where there is no file.
 */
export function lookScript(path: ByteText): ByteText {
  return [
    ...scriptHead,
    // A variable that is not set ends a shell; so it is asked in one of its own.
    `(: ${path}) 2>/dev/null || say unset`,
    `f=${path}`,
    'case $f in /*) ;; *) f=$(pwd -P)/$f ;; esac',
    'n=0',
    'while [ -h "$f" ]; do',
    'n=$((n+1)); [ "$n" -le 40 ] || say loop',
    'l=$(readlink "$f" && printf x) || say unreadable',
    'l=${l%?x}',
    'case $l in /*) f=$l ;; *) f=${f%/*}/$l ;; esac',
    'done',
    'b=${f##*/} d=${f%/*}',
    '[ -e "$d/" ] || say no-folder',
    'd=$(cd "$d/" 2>/dev/null && pwd -P && printf x) || say no-access',
    'd=${d%?x}; f=${d%/}/$b',
    'put() { printf \'%s\\000\' "$@"; }',
    'if [ ! -e "$f" ]; then',
    '[ -w "$d" ] || say folder-unwritable',
    'put "$f" "$umask" "" "" ""; exit 0',
    'fi',
    '[ ! -d "$f" ] || say folder',
    '[ -f "$f" ] || say special',
    '[ -r "$f" ] || say unreadable',
    '[ -w "$f" ] || say unwritable',
    '[ -w "$d" ] || say folder-unwritable',
    `[ "$(wc -c <"$f")" -le ${largestBytes} ] || say too-large`,
    'put "$f" "$umask" "$(ls -ldn "$f")" "$(ls -ld "$f")" "$(cksum <"$f")"',
    'cat "$f"',
  ].join('\n');
}
