// Owns what a rule of the house is, and the words all rules share.
import type { HouseFile } from './house-file.ts';

/** What a rule says of one place. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** One rule: sees all files at once, since some rules are about how files meet. */
export interface Rule {
  readonly name: string;
  readonly check: (files: readonly HouseFile[]) => readonly Finding[];
  /** Files, path to text, that must give exactly these findings, each as `path:line: message`. */
  readonly bad: readonly {
    readonly files: Readonly<Record<string, string>>;
    readonly says: readonly string[];
  }[];
  /** Files that look alike and must give none. */
  readonly good: Readonly<Record<string, string>>;
}

export const isSource = (file: HouseFile): boolean => /^src\/.*\.tsx?$/.test(file.path);

/** Makes a rule's check of a check of one file. */
export const perFile =
  (
    applies: (file: HouseFile) => boolean,
    check: (file: HouseFile) => readonly { readonly line: number; readonly message: string }[],
  ): Rule['check'] =>
  (files) =>
    files.filter(applies).flatMap((file) => check(file).map((found) => ({ path: file.path, ...found })));
