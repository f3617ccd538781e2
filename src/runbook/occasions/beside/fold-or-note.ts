// Owns which names of containers say that what they hold is a note, or folded away.
import type { Beside } from './beside.ts';

const kinds =
  'note|tip|hint|info(?:rmation)?|caution|danger|warn(?:ing)?|important|attention|error|success|secondary|see-?also|admonition|callout|alert|notice|aside|example|question|faq|bug|todo|fail(?:ed|ure)|abstract|tldr|remark|critical|fyi|pageinfo';

/** `warning`, `Callout`, `callout-note`, `is-info`, `alert-danger`, `InfoBox`, `Callout.Warning`. */
const note = new RegExp(
  `^(?:(?:is|callout|alert|admonition|custom|bd|box|doc|theme|message)[-.]?)?(?:${kinds})s?(?:[-.]?(?:box|block|callout|message|banner|panel|admonition|text))?$`,
  'i',
);

const fold = /^(?:details|dropdown|accordion|expand(?:able|er)?|collaps(?:e|ible)|spoiler|cut|toggle|fold)$/i;

/** What a container of these names is: a note, or a fold with what a reader sees of it; undefined where it is neither. */
export function foldOrNote(names: readonly string[], title: string): Pick<Beside, 'summary'> | undefined {
  if (names.some((name) => note.test(name))) return {};
  return names.some((name) => fold.test(name)) ? { summary: title.trim() } : undefined;
}

/** A line of classes that stands right before or behind a quote: kramdown's `{: .warning }`, Wiki.js's `{.is-info}`. */
export function classesSayNote(line: string): boolean {
  const [, written = ''] = /^[ \t>]*\{:?([^{}]*)\}[ \t]*\r?$/.exec(line) ?? [];
  return [...written.matchAll(/\.([\w-]+)/g)].some(([, name = '']) => note.test(name));
}
