// Owns what pinning the links of a page changes in its bytes, and nothing else in them.
import type { Runbook, RunbookLink } from '../../runbook/runbook.ts';
import type { Splice } from '../../text/splice.ts';
import type { LinkedFile } from '../plan.ts';
import { digestOfLinked } from './digest-of-pages.ts';
import { joinPath } from './join-path.ts';
import { writtenLinks } from './written-links.ts';

/** One link of a page and what it is pinned to. */
export interface PlannedPin {
  readonly link: RunbookLink;
  /** The linked page, from the folder of this one. */
  readonly file: string;
  /** The digest that it has now, 64 hexadecimal digits; absent where it could not be read. */
  readonly digest?: string;
}

/** The links of a page with the digests that their pages have now. */
export function planPins(
  runbook: Runbook,
  linked: ReadonlyMap<string, Runbook>,
  digests: readonly LinkedFile[],
): readonly PlannedPin[] {
  const own = new Map(digests.map(({ file, digest }) => [file, digest]));
  const pages = new Map(
    [...linked].map(([file, page]) => [file, { runbook: page, digest: own.get(file) ?? '' }] as const),
  );
  return [...writtenLinks(runbook).values()].map(({ link }) => {
    const file = joinPath('', link.target);
    return { link, file, ...(pages.has(file) && { digest: digestOfLinked(file, pages) }) };
  });
}

const encoder = new TextEncoder();

/** The change that pins a link; undefined where it is pinned so already. */
export function pinSplice(
  { link, digest = '' }: PlannedPin,
  { source }: Pick<Runbook, 'source'>,
): Splice | undefined {
  if (link.digest === digest) return undefined;
  const { span, how } = link.pinPlace;
  const written = `digest=sha256:${digest}`;
  const former = new TextDecoder().decode(source.bytes.subarray(span.start, span.end));
  const blank = /^\s*/.exec(former)?.[0] ?? '';
  const text = {
    'new-group': `{${written}}`,
    // Right behind the link it would become a part of the heading's name.
    'heading-group': ` {${written}}`,
    'in-group': ` ${written}`,
    there: `${blank}${written}`,
    'whole-group': `${blank}{${written}}`,
  }[how];
  return { span, bytes: encoder.encode(text) };
}

/** The change that takes the pin of a link away, with a brace group that holds nothing else. */
export function unpinSplice({ link }: PlannedPin): Splice | undefined {
  const { span, how } = link.pinPlace;
  if (how !== 'there' && how !== 'whole-group') return undefined;
  return { span, bytes: new Uint8Array() };
}
