// Owns how the rows of the benchmark are shown and which of them keep their bound.

/**
 * One comparison. `value` and `of` are what was measured, ours and the floor's, in `unit`; `ratio` of the two is what
 * `bound` holds for, or `value` itself where there is no floor. `aim` is what we would like, `bound` what must be.
 */
export function row({ name, value, of, floor, unit = 'ms', bound, aim, note = '' }) {
  const ratio = of === undefined ? undefined : value / of;
  const judged = ratio ?? value;
  return {
    name,
    value,
    of,
    floor,
    unit,
    ratio,
    bound,
    aim,
    note,
    kept: bound === undefined || judged <= bound,
  };
}

const number = (value, unit) =>
  value === undefined ? '' : `${value < 10 ? value.toFixed(2) : Math.round(value)} ${unit}`;

/** The rows as a table for people, in plain columns. */
export function renderTable(rows) {
  const cells = [
    ['', 'ours', 'floor', '', 'ratio', 'must', 'aim', ''],
    ...rows.map(({ name, value, of, floor = '', unit, ratio, bound, aim, note, kept }) => [
      name,
      number(value, unit),
      number(of, unit),
      floor,
      ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
      bound === undefined ? '' : `≤ ${bound}${ratio === undefined ? ` ${unit}` : ''}`,
      aim === undefined ? '' : `${aim}`,
      [kept ? '' : 'TOO MUCH', note].filter(Boolean).join('; '),
    ]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  const numeric = new Set([1, 2, 4, 5, 6]);
  const pad = (text, column) =>
    numeric.has(column) ? text.padStart(widths[column]) : text.padEnd(widths[column]);
  return cells.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}
