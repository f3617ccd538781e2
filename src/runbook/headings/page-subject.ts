// Owns what the title of a page says that it is about.
import { normaliseHeading } from './normalise-heading.ts';
import { speaksOfUndo } from './speaks-of-undo.ts';

export interface PageSubject {
  /** It goes back: its undo is its work. */
  readonly undoes: boolean;
  /** It makes copies and does not say that it takes them back as well. */
  readonly onlyBacksUp: boolean;
}

export function subjectOf(title: string): PageSubject {
  const normal = normaliseHeading(title);
  return {
    undoes: speaksOfUndo(normal) === 'undo',
    onlyBacksUp:
      /\b(?:backups?|back(?:ing)? up)\b|备份|バックアップ|백업/.test(normal) &&
      !/restor|recover|恢复|还原|復元|リストア|복원|복구/.test(normal),
  };
}
