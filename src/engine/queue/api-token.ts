// Owns what lets a program in.

/** What a program may do that shows a token. */
export interface ApiToken {
  /** Of the token, in hexadecimal. */
  readonly hash: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly madeAt: number;
  readonly expiresAt?: number;
}
