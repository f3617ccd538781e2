// Owns the notes and folds of a page in the containers that tools of sites have for them.
import type { Beside } from './beside.ts';
import { foldOrNote } from './fold-or-note.ts';
import type { ProseLine } from './prose-lines.ts';

interface Opening {
  readonly at: number;
  readonly closedBy: string;
  /** Absent where it is neither a note nor a fold. */
  readonly beside?: Pick<Beside, 'summary'>;
}

/** What opens or closes a container, at an offset. */
type Token = Opening | { readonly at: number; readonly closes: string };

const mayHold = /:::|^[ \t>]*\/{3,} ?\w|>>>|\{%|\{\{[<%]|<\/\w/m;

/** The containers that are notes or folds, as much as they are closed. */
export function findContainers(text: string, lines: () => readonly ProseLine[]): readonly Beside[] {
  if (!mayHold.test(text)) return [];
  const read = lines();
  return [fences, tags, elements].flatMap((tokensOf) => paired(read.flatMap(tokensOf)));
}

/** Each from what opens it to what closes it, the last that is open first. */
function paired(tokens: readonly Token[]): readonly Beside[] {
  const found: Beside[] = [];
  const open = new Map<string, Opening[]>();
  for (const token of tokens) {
    if ('closedBy' in token) {
      const same = open.get(token.closedBy) ?? [];
      open.set(token.closedBy, same);
      same.push(token);
      continue;
    }
    const { at: end, closes } = token;
    const opening =
      open.get(closes)?.pop() ?? (/^[:/]{4}/.test(closes) ? ofFewer(open, closes)?.pop() : undefined);
    if (opening?.beside !== undefined) found.push({ start: opening.at, end, ...opening.beside });
  }
  return found;
}

/** More colons than opened it close a container, too. */
function ofFewer(open: ReadonlyMap<string, Opening[]>, closes: string): Opening[] | undefined {
  for (let length = closes.length - 1; length >= 3; length -= 1) {
    const same = open.get(closes.slice(0, length));
    if (same !== undefined && same.length > 0) return same;
  }
  return undefined;
}

const fence =
  /^([ \t>]*(?:[-*+]\s+|\d{1,9}[.)]\s+)?)(?:(:{3,}|\/{3,})[ \t]*(.*?)|(>>>)[ \t]*(\[!\w+\].*)?)[ \t]*$/;
/** Docusaurus and MyST (`:::danger[Title]`, `:::{warning} Title`), Quarto and Pandoc (`::: {.callout-note}`). */
const nameOfFence = /^(?:\{([\w-]+)\}|\{([^}]*)\}|([\w-]+))[ \t]*(?:\[([^\]]*)\]|\|?[ \t]*([^{|]*))/;

/** Lines of colons, PyMdown's lines of slashes, and GitLab's quotes of several lines. */
function fences({ start, text }: ProseLine): readonly Token[] {
  const [, before = '', marks, rest = '', quotes, kind] = fence.exec(text) ?? [];
  const at = start + before.length;
  if (quotes !== undefined)
    return [kind === undefined ? { at, closes: quotes } : { at, closedBy: quotes, beside: {} }];
  if (marks === undefined) return [];
  if (rest === '') return [{ at, closes: marks }];
  const [, directive, written = '', name, label, title = ''] = nameOfFence.exec(rest) ?? [];
  const names = [
    directive ?? name ?? '',
    ...Array.from(written.matchAll(/\.([\w-]+)/g), (one) => one[1] ?? ''),
  ];
  const beside = foldOrNote(names, label ?? /\btitle="([^"]*)"/.exec(written)?.[1] ?? title);
  // `:::image …:::` and `:::zone …` of Microsoft's documentation are closed otherwise.
  if (beside === undefined && /:::$|^(?:zone|moniker)\b|^[\w-]+-end$/.test(rest)) return [];
  return [{ at, closedBy: marks, ...(beside && { beside }) }];
}

/** `{% hint style="danger" %}` … `{% endhint %}`, Markdoc's `{% /callout %}`, Zola's `{% note() %}` … `{% end %}`, and Hugo's. */
const tag =
  /\{%-?\s*(?<closes>\/\s*[\w-]+|end(?:_?\w+)?)\s*-?%\}|\{%-?\s*(?<opens>[\w-]+)(?<call>\()?(?<rest>[^%\n]*)%\}|\{\{[<%]\s*\/\s*(?<ends>[\w-]+)\s*[>%]\}\}|\{\{[<%]\s*(?<begins>[\w-]+)(?<more>[^<>%\n]*)[>%]\}\}/g;

function tags({ start, text }: ProseLine): readonly Token[] {
  if (!text.includes('{')) return [];
  return [...text.matchAll(tag)].flatMap(({ index, groups = {} }): readonly Token[] => {
    const at = start + index;
    const { closes, opens, call, rest = '', ends, begins, more = '' } = groups;
    if (ends !== undefined) return [{ at, closes: `<${ends}` }];
    if (closes !== undefined) {
      const name = closes.replace(/^\/\s*|^end_?/i, '').toLowerCase();
      return [{ at, closes: name === '' ? 'end' : name }];
    }
    const written = begins === undefined ? rest : more;
    const name = (begins ?? opens ?? '').toLowerCase();
    if (/\/\s*$/.test(written)) return [];
    const beside = foldOrNote([name], titleIn(written));
    if (call !== undefined) return [{ at, closedBy: 'end', ...(beside && { beside }) }];
    if (beside === undefined) return [];
    return [{ at, closedBy: begins === undefined ? name : `<${begins}`, beside }];
  });
}

function titleIn(written: string): string {
  const [, named, first] =
    /\b(?:title|summary|label|header)=["'{]+([^"'}]*)|["']([^"']*)["']/.exec(written) ?? [];
  return named ?? first ?? written.replace(/^[()\s]+|[()\s-]+$/g, '');
}

/** Components of MDX, elements of Writerside, and elements that a class makes notes. */
const element = /<(\/?)([A-Za-z][\w.-]*)((?:"[^"]*"|'[^']*'|\{[^}]*\}|[^>"'{])*)(>|$)/g;

function elements({ start, text }: ProseLine): readonly Token[] {
  if (!text.includes('<')) return [];
  return [...text.matchAll(element)].flatMap(
    ({ index, 1: slash, 2: name = '', 3: rest = '' }): readonly Token[] => {
      const at = start + index;
      if (slash === '/') return [{ at, closes: name }];
      if (rest.endsWith('/')) return [];
      const isBox = /^(?:div|section|aside|article)$/.test(name);
      const classes = isBox ? (/\bclass(?:Name)?=["'{]+([^"'}]*)/.exec(rest)?.[1]?.split(/\s+/) ?? []) : [];
      // HTML's own folds are told by their summaries.
      const beside =
        name.toLowerCase() === 'details' ? undefined : foldOrNote([name, ...classes], titleIn(rest));
      return isBox || beside !== undefined ? [{ at, closedBy: name, ...(beside && { beside }) }] : [];
    },
  );
}
