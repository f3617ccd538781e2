// Owns the kinds of doubt that a page can leave: what each code says, how a page settles it, and why it matters.

/** A kind of doubt; `--accept` and `accept:` take its code. */
export interface DoubtKind {
  /** Lower case, words joined by hyphens. */
  readonly code: string;
  /** One line, lower case, for lists. */
  readonly summary: string;
  /** What is said at a place of which nothing more particular is known; a sentence without its stop. */
  readonly text: string;
  /** How a page settles it. */
  readonly help: string;
  /** Why it matters and what to do; Markdown, with examples where they help. */
  readonly explanation: string;
}

/** Every kind, by code. */
export const doubtKinds = [
  {
    code: 'alternative',
    summary: 'headings beside one another read like alternatives, of which one is to be run',
    text: 'this reads like one of several alternatives',
    help: 'write `{choose}` behind the heading above where one of them is to be run, `{choose=all}` where all of them are',
    explanation:
      'Headings such as "Option A" and "Option B", "On Debian" and "On Red Hat", or "Alternatively" seldom mean that all of them are to be done. A person picks one; a run without a person would do both.\n\nWhere all of them belong to the run, in their order, the heading above them says so:\n\n    ## Install {choose=all}',
  },
] as const satisfies readonly DoubtKind[];

/** What names a kind of doubt. */
export type DoubtCode = (typeof doubtKinds)[number]['code'];

/** Every code, for what takes some of them. */
export const doubtCodes: readonly DoubtCode[] = doubtKinds.map(({ code }) => code);
