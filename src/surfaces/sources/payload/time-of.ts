// Owns reading the times of payloads.

/** A time as ISO 8601 in UTC; undefined where the text is none. */
export function timeOf(text: string | undefined): string | undefined {
  const ms = text === undefined || !/^\d{4}-\d\d-\d\dT/.test(text) ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
