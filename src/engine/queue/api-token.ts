// Owns what lets a program in.

/** What a program may do that shows a token. */
export interface ApiToken {
  /** Of the token, in hexadecimal. */
  readonly hash: string;
  readonly name: string;
  /** Who answers by it; a program by its own name where it is absent. */
  readonly person?: string;
  readonly scopes: readonly string[];
  readonly madeAt: number;
  readonly expiresAt?: number;
}
