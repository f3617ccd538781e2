// Owns what is said where there is no runbook to be told of.
import { quoted } from '../../view/words/quoted.ts';

/** `no runbooks below `books`: …`, of folders as they were named. */
export function noRunbooks(folders: readonly string[]): string {
  return `no runbooks below ${folders.map(quoted).join(', ')}: no Markdown file there holds a block that can be run`;
}
