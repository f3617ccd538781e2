// Owns what the lines of a container, such as a list item or a quote, start with.
import { startOfLine } from '../markdown/end-of-line.ts';

/** What stands on the line before a place. */
export function linePrefix(text: string, offset: number): string {
  const prefix = text.slice(startOfLine(text, offset), offset);
  return prefix.endsWith('>') ? `${prefix} ` : prefix;
}

/** What further lines of the container start with, told from the line that opens it: list markers become blanks. */
export function containerPrefix(text: string, offset: number): string {
  return linePrefix(text, offset).replace(/[^>\t ]/g, ' ');
}

/** Whether nothing stands in a text but blanks and the markers of containers. */
export function isBlankOrMarkers(content: string): boolean {
  return /^[\s>]*(?:(?:[-+*]|\d{1,9}[.)])[\s>]*)*$/.test(content);
}
