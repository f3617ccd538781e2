// Owns whether a result says anything that the one in its place does not say already.

/** What stands in a header behind its facts: when that was, and who. */
const whenAndWho = / · \d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} UTC.*$/u;

/** How long it took, behind its status. */
const took = /^(> \S+ \*\*[^*]+\*\*) in [^·]+?(?= ·|$)/u;

/** The same on the lines of hosts, and of the parts of a linked runbook. */
const tookBelow = /^(> - (?:\S+ `[^`]*` [a-z]+|\S+ [a-z ]+ `[^`]*`)) in \d[^·]*?(?= ·|$)/u;

/** Whoever looks for what failed, or for what nobody saw end, wants to know when that was last so. */
const isOfNow = /^> (?:✘|◌|▶) /u;

/**
 * Whether two results, each as the lines of its region with markers, differ in nothing but the run that they are of, when
 * that was, how long it took and who started it. What is not known to have ended well is never the same.
 */
export function tellsTheSame(former: readonly string[], lines: readonly string[]): boolean {
  if (former.length !== lines.length || isOfNow.test(lines[1] ?? '')) return false;
  return lines.every((line, index) => essence(line, index) === essence(former[index] ?? '', index));
}

function essence(line: string, index: number): string {
  if (index === 0) return line.replace(/ run=[\w-]+/u, '');
  return index === 1 ? line.replace(whenAndWho, '').replace(took, '$1') : line.replace(tookBelow, '$1');
}
