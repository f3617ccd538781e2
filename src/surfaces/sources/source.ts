// Owns what every sender's reader takes and gives: a delivery and an endpoint in, and what was read of it out.
import type { ReceivedEvent } from '../../run/triggers/received-event.ts';

/** One request of a sender, as it came. */
export interface Delivery {
  /** In capitals: `POST`. */
  readonly method: string;
  /**
   * By their names in lower case. A header that came several times holds all values, joined by `, `; each character is
   * one byte, as Node gives them.
   */
  readonly headers: Readonly<Record<string, string>>;
  /** The very bytes: proofs are over them. */
  readonly body: Uint8Array;
  /** When it came, in milliseconds since 1970. */
  readonly receivedAt: number;
  /** What follows `?` in the address, without it; it is never a proof. */
  readonly query: string;
}

/** What a kind of sender wants to know beside secrets; each reads its own and leaves the rest. */
export interface SenderSettings {
  /** The user of basic authentication; without it, the secret is a bearer token. */
  readonly user?: string;
  /** The header that holds the secret itself, in place of `authorization`; lower case. */
  readonly header?: string;
  /** The header that holds the signature of the body; lower case. */
  readonly signature?: string;
  /** The header that holds the time that is signed with the body, in seconds; lower case. */
  readonly timestamp?: string;
  /** The topics of SNS that are heard, by their whole names. */
  readonly topics?: readonly string[];
}

/** A door of the server for one sender. */
export interface Endpoint {
  readonly name: string;
  /** Any of them counts, so that one can take the place of another while both are in use. Empty ones never count. */
  readonly secrets: readonly string[];
  readonly settings: SenderSettings;
}

/** What is sent back as it is. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a person answered with a button of a chat. */
export interface PostedAnswer {
  readonly run: string;
  /** The gate, or the name of the question, as the button had it. */
  readonly address: string;
  /** `approve`, `deny`, or another word that answers the question. */
  readonly word: string;
  /** Digest of the request that the button is for. */
  readonly of?: string;
  /** Who pressed it, as the chat names them; proven by its signature. */
  readonly person: string;
  /** The same key is the same press told again. */
  readonly key: string;
  /** Where the chat takes what became of it, for half an hour: a secret, as everybody may post there. */
  readonly respondTo?: string;
}

/** What became of a delivery. Where `reply` is there, the sender wants that in place of a plain 202. */
export type Reading =
  | { readonly type: 'events'; readonly events: readonly ReceivedEvent[]; readonly reply?: Reply }
  | { readonly type: 'answers'; readonly answers: readonly PostedAnswer[]; readonly reply?: Reply }
  /** A handshake: nothing happened. */
  | { readonly type: 'reply'; readonly reply: Reply }
  /** No proof, or a wrong one: 401. The reason never says which part. */
  | { readonly type: 'refused'; readonly reason: string }
  /** The proof is right and the body is not: it is kept, and the sender is told 202. */
  | { readonly type: 'unreadable'; readonly reason: string; readonly reply?: Reply }
  /** What the proof needs cannot be reached: 503, and the sender tries again. */
  | { readonly type: 'unavailable'; readonly reason: string };

/** Gives the text at an address of `https`, or throws; bounded by its maker in bytes, time and redirects. */
export type FetchText = (url: string) => Promise<string>;

/** One kind of sender. */
export interface Source {
  /** Never throws, whatever the delivery holds, and knows no time but `receivedAt`. */
  readonly read: (delivery: Delivery, endpoint: Endpoint, fetchText: FetchText) => Promise<Reading>;
}

/** What a delivery without the proof of its sender comes to. */
export const refused: Reading = {
  type: 'refused',
  reason: 'the delivery does not hold the proof of its sender',
};

/** What a delivery comes to that is its sender's, and cannot be read. */
export function unreadable(reason: string): Extract<Reading, { type: 'unreadable' }> {
  return { type: 'unreadable', reason };
}
