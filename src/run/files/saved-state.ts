// Owns the form in which a run keeps what a later process of it takes up.
/**
 * A shell state, secrets left out, as a later process of the run takes it up: a small one stands in the event itself,
 * which costs no file, and is sealed, so that it is gone with its key; a large one stands in a file, its path relative to
 * the run's folder. Journals of 0.1.0 have the small ones as they are, under `snapshot`.
 */
export type SavedState =
  | { readonly sealed: string }
  | {
      readonly file: string;
      /** SHA-256 in hexadecimal of the file; absent in journals of version 0.1.0. */
      readonly digest?: string;
    }
  | { readonly snapshot: string };
