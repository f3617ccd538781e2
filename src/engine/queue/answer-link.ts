// Owns a link that lets one person give one answer who is not at the machine.
import type { RunId } from '../../basics/address.ts';

/** A link for one answer of one person; the token itself is kept by nobody. All times in milliseconds since 1970. */
export interface AnswerLink {
  /** Of the token, in hexadecimal. */
  readonly hash: string;
  readonly run: RunId;
  /** The gate or question that is answered. */
  readonly address: string;
  readonly person: string;
  /** Of what is approved: the link is worth nothing for anything else. */
  readonly digest: string;
  readonly expiresAt: number;
  readonly usedAt?: number;
}

/** Whether a link was used just now, or why it was not. */
export type LinkUse =
  | { readonly type: 'used'; readonly link: AnswerLink }
  | { readonly type: 'used-before' | 'expired'; readonly link: AnswerLink }
  | { readonly type: 'unknown' };
