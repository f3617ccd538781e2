// Owns turning a unified difference round.

/** Of lines like `@@ -1,4 +1,5 @@`. */
const hunk = /^@@ -(\S+) \+(\S+) @@(.*)$/;

/**
 * The difference that leads back: what came goes, and what went comes. Of lines that change together those that go stand
 * first, as in any unified difference; a remark such as `\ No newline at end of file` stays with its line.
 */
export function reversedDifference(difference: string): string {
  const lines: string[] = [];
  let going: string[] = [];
  let coming: string[] = [];
  let last = lines;
  const flush = (): void => {
    lines.push(...going, ...coming);
    going = [];
    coming = [];
  };
  for (const line of difference.split('\n')) {
    if (line.startsWith('+') || line.startsWith('-')) {
      last = line.startsWith('+') ? going : coming;
      last.push(`${line.startsWith('+') ? '-' : '+'}${line.slice(1)}`);
    } else if (line.startsWith('\\')) last.push(line);
    else {
      flush();
      last = lines;
      lines.push(line.replace(hunk, '@@ -$2 +$1 @@$3'));
    }
  }
  flush();
  return lines.join('\n');
}
