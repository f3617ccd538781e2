// Owns what is told of all that was said where a session ended before the block began.

/** As much as a reason of one line holds, of each stream. */
const mostLines = 3;

/** What `ssh` says in a frame, and what behind it tells how to get rid of the warning, which is nobody's first thought. */
const changedKey = /REMOTE HOST IDENTIFICATION HAS CHANGED|POSSIBLE DNS SPOOFING DETECTED/;
const toldOfChange = /SOMEONE IS DOING SOMETHING NASTY|^SHA256:|^Offending |^Host key verification failed/;

/**
 * The last lines of ssh and of whatever there is in the place of a shell, as one line; all that counts of a warning that
 * the key of the host is another one.
 */
export function sessionWords(stderr: string, stdout: string): string {
  const [said, printed] = [linesOf(stderr), linesOf(stdout)];
  const warning = said.findIndex((line) => changedKey.test(line));
  const told =
    warning === -1
      ? said.slice(-mostLines)
      : said.slice(warning).filter((line) => changedKey.test(line) || toldOfChange.test(line));
  return [...told, ...printed.slice(-mostLines)].join('; ');
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^@ +(.*?) +@$/, '$1').trim());
  return lines.filter((line) => line !== '' && !/^@+$/.test(line));
}
