// Owns counting how many elements and characters the built-in methods look at, which V8 counts as one call of each.
import { fileURLToPath } from 'node:url';

type Method = (this: { readonly length: number }, ...given: unknown[]) => unknown;
type LookedAt = (length: number, given: readonly unknown[], result: unknown) => number;

/** Fewer are nothing; where they are looked at often, the calls show. */
const fewest = 32;

const untilFound: LookedAt = (length, [, from = 0], result) =>
  (result === -1 ? length : Number(result)) - Number(from);
const whatFollows: LookedAt = (length, [start]) => length - Number(start);
const all: LookedAt = (length) => length;
const whatIsTaken: LookedAt = (_, __, result) => (result as { readonly length: number }).length;

/** Methods of arrays and of texts by what they look at; what takes a pattern is counted by `exec`. */
const methods: readonly (readonly [kind: string, owner: object, lookedAt: LookedAt, names: string])[] = [
  [
    'array',
    Array.prototype,
    all,
    'flat includes join lastIndexOf reverse shift toReversed toSpliced unshift',
  ],
  ['array', Array.prototype, untilFound, 'indexOf'],
  ['array', Array.prototype, whatIsTaken, 'concat slice'],
  ['array', Array.prototype, whatFollows, 'splice'],
  ['text', String.prototype, all, 'includes normalize replaceAll split toLowerCase toUpperCase trim'],
  ['text', String.prototype, untilFound, 'indexOf'],
];

/**
 * How many elements of arrays and characters of texts `work` has looked at, by the method and the place below the folder
 * `src` (an address that ends with a slash) that called it.
 */
export function elementCountsOf(work: () => void, src: string): ReadonlyMap<string, number> {
  const folder = fileURLToPath(src);
  const counts = new Map<string, number>();
  let isCounting = false;
  const restore: (() => void)[] = [];
  const watch = (owner: object, name: string | symbol, own: (original: Method) => Method): void => {
    const property = Object.getOwnPropertyDescriptor(owner, name);
    if (property === undefined) throw new Error(`there is no ${String(name)}`);
    Object.defineProperty(owner, name, { ...property, value: own(property.value as Method) });
    restore.push(() => Object.defineProperty(owner, name, property));
  };
  const count = (method: string, looked: number): void => {
    // What is counted here uses the same methods.
    if (isCounting || !(looked >= fewest)) return;
    isCounting = true;
    const caller = callerBelow(folder);
    isCounting = false;
    if (caller === undefined) return;
    const place = `${caller} ${method}`;
    counts.set(place, (counts.get(place) ?? 0) + looked);
  };
  for (const [kind, owner, lookedAt, names] of methods)
    for (const name of names.split(' '))
      watch(
        owner,
        name,
        (original) =>
          function (...given) {
            const { length } = this;
            const result = Reflect.apply(original, this, given);
            count(`${kind}.${name}`, lookedAt(length, given, result));
            return result;
          },
      );
  watch(
    RegExp.prototype,
    'exec',
    (original) =>
      function (this: unknown, ...given) {
        const pattern = this as RegExp;
        const from = pattern.global || pattern.sticky ? pattern.lastIndex : 0;
        const found = Reflect.apply(original, this, given) as RegExpExecArray | null;
        const end =
          found === null ? (pattern.sticky ? from : String(given[0]).length) : found.index + found[0].length;
        count('pattern.exec', end - from);
        return found;
      } as Method,
  );
  watch(
    Array.prototype,
    Symbol.iterator,
    (original) =>
      function () {
        count('array.iterate', this.length);
        return Reflect.apply(original, this, []);
      },
  );
  try {
    work();
  } finally {
    for (const one of restore) one();
  }
  return counts;
}

/** The innermost caller of whoever counts whose file is below the folder: its file, place and name. */
function callerBelow(folder: string): string | undefined {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = 8;
  Error.prepareStackTrace = (_, sites) => sites;
  const holder: { stack?: readonly NodeJS.CallSite[] } = {};
  Error.captureStackTrace(holder, callerBelow);
  const site = holder.stack?.find((one) => one.getFileName()?.includes(folder));
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  if (site === undefined) return undefined;
  const file = site.getFileName() ?? '';
  return `${file.slice(file.indexOf(folder) + folder.length)} ${site.getFunctionName() ?? ''} at ${site.getLineNumber()}`;
}
