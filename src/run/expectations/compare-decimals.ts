// Owns comparing numbers as they are written: ids, log positions and bytes are longer than a double is exact.

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i;

/**
 * Less than 0, 0 or more than 0, as the first decimal number is smaller than the second, equal, or larger; `NaN` where one of
 * them is none. Nothing is rounded, and `1.50` is `1.5`.
 */
export function compareDecimals(left: string, right: string): number {
  const [one, other] = [read(left), read(right)];
  if (one === undefined || other === undefined) return Number.NaN;
  const places = Math.max(one.places, other.places);
  const difference = scaled(one, places) - scaled(other, places);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/** `digits` of which `places` stand behind the point; fewer than none where zeros follow. */
interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

function read(text: string): Decimal | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = decimal.exec(text.trim()) ?? [];
  if (sign === undefined || whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, places: fraction.length - Number(exponent) };
}

function scaled({ digits, places }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - places);
}
