// Owns whether commands write, or work with, the file which the words before them speak of.

/** What writes whatever it is told to, by a text of its own or by hand. */
const writesText =
  /<<|\b(?:tee|vim?|nano|emacs|crontab|visudo|systemctl edit)\b|\bsed\b.*\s-i|>{1,2}\s*["']?\$/;
/** What may well write another file. */
const writesAny =
  /(?:^|[^<])>{1,2}\s*\S|\b(?:sed|cp|mv|touch|install|echo|printf|cat|ln|mkdir|curl|wget|openssl|chmod|chown)\b/;
/** Where output is thrown away. */
const toNowhere = /[0-9&]?>{1,2}\s*(?:\/dev\/null|&\s*[0-9-])/g;

/** `names` are those of the files that the words name, in lower case; none where they name no file. */
export function writesFile(code: string, names: readonly string[]): boolean {
  const kept = code.replace(toNowhere, ' ');
  if (writesText.test(kept)) return true;
  if (names.length === 0) return writesAny.test(kept);
  const lower = kept.toLowerCase();
  return names.some((name) => lower.includes(name));
}
