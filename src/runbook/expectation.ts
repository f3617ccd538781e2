// Owns what a block can be expected to print.

/** What the output of a block must hold. */
export type Expectation =
  | { readonly type: 'text'; readonly text: string; readonly negated: boolean; readonly stream?: 'stderr' }
  | {
      readonly type: 'regex';
      readonly source: string;
      readonly flags: string;
      readonly negated: boolean;
      readonly stream?: 'stderr';
    }
  | { readonly type: 'output' }
  | { readonly type: 'similarity'; readonly threshold: number }
  | { readonly type: 'json'; readonly expression: string }
  | { readonly type: 'number'; readonly comparison: string };
