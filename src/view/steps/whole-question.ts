// Owns a question in the text of its step, where the line below the text has no room for it.
import type { Address } from '../../basics/address.ts';
import type { Question } from '../../run/question.ts';
import { displayWidth } from '../../text/display-width.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type StyledLine, styled } from '../layout/styled-line.ts';
import { wrapRuns } from '../layout/wrap-runs.ts';

/** What is asked, and of which item the page is. */
interface AskedPage {
  readonly question: Question | undefined;
  readonly address: Address;
  readonly width: number;
}

/** What is confirmed has to have been in sight; none where it is so anyway. */
export function wholeQuestion({ question, address, width }: AskedPage, widest: number): StyledLine[] {
  if (question?.type !== 'confirm' || question.address !== address) return [];
  const text = visibleText(question.text);
  if (displayWidth(text) <= width) return [];
  const tone = question.target === undefined ? {} : { tone: 'bad' as const };
  return wrapRuns([styled(text, { bold: true, ...tone })], Math.min(width, widest));
}
