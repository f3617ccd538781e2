// Owns the look of a difference between an expected and an actual output.
import type { RunEvent } from '../../run/event.ts';
import type { ComparedFile } from '../../run/files/compared-file.ts';
import type { FileChange } from '../../run/files/file-change.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type StyledLine, styled, type Tone } from '../layout/styled-line.ts';
import { reversedDifference } from './files/reversed-difference.ts';

const changeTones: Readonly<Record<string, Tone>> = { '+': 'good', '-': 'bad' };
const tones: Readonly<Record<string, Tone>> = { '-': 'good', '+': 'bad' };

/** The lines of a unified difference: what was expected in the colour of what is good, the rest as it is. */
export function differenceLines(difference: string): StyledLine[] {
  return difference.split('\n').map((line) => {
    const tone = tones[line.charAt(0)];
    return [styled(visibleText(line), tone === undefined ? {} : { tone })];
  });
}

/** The lines of the changes to files, each under its host where there are several; or of what takes them back. */
export function changesLines(files: readonly ComparedFile[], way: 'on' | 'back' = 'on'): StyledLine[] {
  return files.flatMap(({ host, change }) => [
    ...(files.length > 1 && host !== undefined && change.difference !== undefined
      ? [[styled(visibleText(host), { bold: true })]]
      : []),
    ...changeLines(change, way),
  ]);
}

/** What goes in the colour of what is bad, what comes in that of what is good. */
function changeLines({ difference }: FileChange, way: 'on' | 'back'): StyledLine[] {
  if (difference === undefined) return [];
  return (way === 'on' ? difference : reversedDifference(difference)).split('\n').map((line) => {
    const tone = line.startsWith('@@') ? 'muted' : changeTones[line.charAt(0)];
    return [styled(visibleText(line), tone === undefined ? {} : { tone })];
  });
}

/** The difference that an event carries; no lines for all others. */
export function differenceOf(event: RunEvent): StyledLine[] {
  if (event.type === 'FileCompared') return changesLines(event.files);
  if (event.type !== 'BlockFailed' || event.reason.type !== 'expectation') return [];
  return event.reason.difference === undefined ? [] : differenceLines(event.reason.difference);
}
