// Owns writing what a number is to be as a condition of awk.

/** The condition on `n`; undefined where the comparison is none. */
export function toComparison(comparison: string): string | undefined {
  const parts = comparison.split(',').map((part) => {
    const range = /^(-?\d+(?:\.\d+)?)\s*%?\s*\.\.\s*(-?\d+(?:\.\d+)?)\s*%?$/.exec(part.trim());
    if (range) return `n >= ${plain(range[1])} && n <= ${plain(range[2])}`;
    const one = /^(<=|>=|==|!=|<|>|=)\s*(-?\d+(?:\.\d+)?)\s*%?$/.exec(part.trim());
    return one ? `n ${one[1] === '=' ? '==' : one[1]} ${plain(one[2])}` : undefined;
  });
  return parts.includes(undefined) ? undefined : parts.join(' && ');
}

/** A zero in front would make it octal. */
function plain(number = ''): string {
  return number.replace(/^(-?)0+(?=\d)/, '$1');
}
