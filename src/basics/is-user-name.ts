// Owns what can be the name of an account.

/** One word that no shell reads as more than a word, and no program as an option or a number. */
export function isUserName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_.@-]{0,63}$/.test(text);
}
