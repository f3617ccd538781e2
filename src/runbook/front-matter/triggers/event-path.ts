// Owns how a value of an event is named: `event.labels.instance`, `event.labels["app.kubernetes.io/name"]`.

/** Names and places in lists, from the event on. */
export type EventPath = readonly (string | number)[];

const part = /\.([A-Za-z_]\w*)|\["([^"\\]+)"\]|\['([^'\\]+)'\]|\[(\d{1,6})\]/y;

/** The parts behind `event`; undefined for anything else, and for `event` alone. */
export function parseEventPath(text: string): EventPath | undefined {
  if (!text.startsWith('event')) return undefined;
  const parts: (string | number)[] = [];
  part.lastIndex = 'event'.length;
  let end = part.lastIndex;
  for (let match = part.exec(text); match !== null; match = part.exec(text)) {
    const [, name, double, single, index] = match;
    parts.push(name ?? double ?? single ?? Number(index));
    end = part.lastIndex;
  }
  return end === text.length && parts.length > 0 ? parts : undefined;
}

/** The path as it is written. */
export function eventPathText(path: EventPath): string {
  return `event${path
    .map((one) =>
      typeof one === 'number'
        ? `[${one}]`
        : /^[A-Za-z_]\w*$/.test(one)
          ? `.${one}`
          : `[${JSON.stringify(one)}]`,
    )
    .join('')}`;
}
