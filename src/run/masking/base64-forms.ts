// Owns the forms that a secret has in base64 (RFC 4648), alone and inside a longer text.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** At each of the three alignments only the letters that no neighbouring byte can change; in both alphabets. */
export function base64Forms(bytes: Uint8Array): string[] {
  const forms: string[] = [];
  for (let before = 0; before < 3; before++) {
    const padded = new Uint8Array(before + bytes.length);
    padded.set(bytes, before);
    const letters = base64Digits(padded).slice(
      Math.ceil((before * 8) / 6),
      Math.floor((padded.length * 8) / 6),
    );
    // Below four letters a form says too little to be told from chance; a secret of four bytes has no more.
    if (letters.length >= 4) forms.push(letters);
    const toEnd = base64Digits(padded).slice(Math.ceil((before * 8) / 6));
    if (toEnd.length >= 6)
      forms.push(toEnd, toEnd.padEnd(toEnd.length + ((3 - (padded.length % 3)) % 3), '='));
  }
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

function base64Digits(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const group = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    for (let digit = 0; digit < Math.min(4, bytes.length - index + 1); digit++)
      text += alphabet[(group >> (18 - 6 * digit)) & 63];
  }
  return text;
}
