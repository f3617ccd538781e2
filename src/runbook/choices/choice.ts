// Owns what a choice is: several ways of which a run takes one, or all.
import type { Span } from '../../text/span.ts';

/** One of several, which is asked for; all of them in their order; or the one that a variable names. */
export type ChooseRule =
  | { readonly type: 'one' }
  | { readonly type: 'all' }
  | { readonly type: 'variable'; readonly name: string };

/** Headings, tabs or blocks of which one is meant to be followed. */
export interface Choice {
  /** What `--choose` calls it: the name of the heading or step that it stands in; unique in the page. */
  readonly name: string;
  /** The words of that heading; empty where there is none. */
  readonly title: string;
  /** What the author says; absent where only the words of the branches say it. */
  readonly rule?: ChooseRule;
  /** At least two, in their order. */
  readonly branches: readonly Branch[];
}

/** One of the ways. */
export interface Branch {
  /** Unique in its choice. */
  readonly name: string;
  readonly title: string;
  /** Its heading, the label of its tab, or the line that opens its first block. */
  readonly span: Span;
}

/** A branch that something stands in. */
export interface InBranch {
  readonly choice: Choice;
  /** The branch's name. */
  readonly branch: string;
}
