// Owns what a block hands on by `capture` and `capture-json`.

/** A value that a block hands on: a variable, and what of stdout its value is; all of it where nothing is said. */
export interface Capture {
  readonly name: string;
  readonly part?: CapturedPart;
}

/** A part of what a block prints. */
export type CapturedPart =
  /** What the first group of a pattern of JavaScript matches, or all that matches where it has no group. */
  | { readonly type: 'pattern'; readonly source: string; readonly flags: string }
  /** What stands in a JSON document at these names and indices from its root. */
  | { readonly type: 'json'; readonly path: readonly (string | number)[]; readonly written: string };

/** The part as the page writes it. */
export function writtenPart(part: CapturedPart): string {
  return part.type === 'json' ? part.written : `/${part.source}/${part.flags}`;
}
