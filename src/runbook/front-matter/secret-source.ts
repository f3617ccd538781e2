// Owns where the value of a secret input is read.

export type SecretSource =
  | { readonly type: 'prompt' }
  | { readonly type: 'env'; readonly name: string }
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'command'; readonly command: string };
