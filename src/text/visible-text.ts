// Owns making foreign text harmless on a terminal's line.

/**
 * Replaces control characters, and the invisible ones that turn the direction of a line around, by visible
 * stand-ins one column wide, so that text of a user's file can be quoted in a message.
 */
export function visibleText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}

/** The text with visible stand-ins as in `visibleText`, its lines and tabs left as they are. */
export function visibleLines(text: string): string {
  return text
    .split(/(\r?\n|\t)/)
    .map((piece, at) => (at % 2 === 1 ? piece : visibleText(piece)))
    .join('');
}
