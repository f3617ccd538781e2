// Owns how a length of time is written in a runbook.

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads `500ms`, `30s`, `5m`, `1h30m`, `2d`, and `1.5h`; gives whole milliseconds, or `undefined` for anything
 * else. A number without a unit is no duration, because nobody can tell seconds from milliseconds.
 */
export function parseDuration(text: string): number | undefined {
  const written = text.trim().toLowerCase();
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhd])\s*)+$/.test(written)) return undefined;
  let totalMs = 0;
  for (const [, amount, unit] of written.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)) {
    totalMs += Number(amount) * (unitMs[unit ?? ''] ?? 0);
  }
  return Number.isSafeInteger(Math.round(totalMs)) ? Math.round(totalMs) : undefined;
}
