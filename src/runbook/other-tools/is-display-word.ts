// Owns the words beside a code block that only say how a site shows it.
import { squashed } from './guard-words.ts';

/** Of Docusaurus, MkDocs, MyST, Pandoc, Hugo, Zola, VitePress, Nextra, Starlight, Quarto and HTML. */
const words =
  'id class style title subtitle caption copy clipboard width height type lang language-name linenums linenos lineno lineno-start linenosstart line-numbers show-line-numbers start-from number-lines start-line hl-lines highlight highlight-lines hl emphasize-lines emphasise-lines mark ins del add remove focus diff-lang frame wrap word-wrap theme style-theme collapse collapsed collapsible foldable fold folded expand expanded numbers trim dedent force lexer live noinline editable playground anchor anchor-line-numbers anchorlinenos line-anchors ref label-for alt href src color colour background-color open rows cols filename file-title show-copy-button no-copy with-output with-prompt data-lang data-prompt note tip warning info important caution hint seealso step mode icon tab tab-title tab-group tab-id sync group-id layout align figure fig-cap fig-width fig-height animate preload legend description comment comments doc docs link url author lines line-range range annotate annotations use-pygments pygments-style guess-lang tabsize tabwidth hide-lines filename-title caption-position numbered prompt-char hidden category hook';

const known: ReadonlySet<string> = new Set(words.split(' ').map(squashed));

/** Whether a word is one of a site that shows pages, and so guards nothing anywhere. */
export function isDisplayWord(name: string): boolean {
  return /^(?:data|aria)-/i.test(name) || known.has(squashed(name));
}
