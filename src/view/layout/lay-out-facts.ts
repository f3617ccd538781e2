// Owns how the facts about an item stand below its code: parted by dots, on as many lines as they need.
import { type StyledLine, type StyledRun, styled } from './styled-line.ts';
import { wrapRuns } from './wrap-runs.ts';

/** Facts up to so many characters stay on one line; longer ones, such as conditions, are broken between words. */
const longestUnbroken = 24;

/** The facts, indented, on lines of a width; none where there are none. `dot` stands between two of them. */
export function layOutFacts(facts: readonly StyledRun[], width: number, dot: string): StyledLine[] {
  if (facts.length === 0) return [];
  const between = styled(` ${dot} `, { tone: 'muted' });
  const joined = facts.flatMap((fact, index) => (index === 0 ? [unbroken(fact)] : [between, unbroken(fact)]));
  const indent = { first: [styled('  ')], rest: [styled('  ')] };
  return wrapRuns(joined, width, indent).map((line) => line.map(blanked));
}

/** A short fact with blanks that no line is broken at. */
function unbroken(fact: StyledRun): StyledRun {
  return fact.text.length > longestUnbroken ? fact : { ...fact, text: fact.text.replaceAll(' ', '\u00a0') };
}

/** The same with ordinary blanks again, for whoever copies it from the screen. */
function blanked(piece: StyledRun): StyledRun {
  return { ...piece, text: piece.text.replaceAll('\u00a0', ' ') };
}
