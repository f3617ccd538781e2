// Owns whether linked pages are those that their links are pinned to.

import { typedWord } from '../../languages/shell/shell-quote.ts';
import { digestOfLinked } from './digest-of-pages.ts';
import { type Expansion, reportAtLink } from './expansion.ts';
import { joinPath } from './join-path.ts';
import { isModule } from './module-address.ts';

/** Says which linked pages are others than their links are pinned to. */
export function checkPins(expansion: Expansion): void {
  for (const { target, digest } of expansion.pins) {
    const found = digestOfLinked(target.file, expansion.linked);
    if (found === digest) continue;
    const page = target.chain.at(-2) ?? '';
    const path = joinPath(expansion.rootFolder, page);
    reportAtLink(expansion, target, {
      code: 'link-pin',
      message: `\`${target.file}\` is not the page that \`${page}\` is pinned to: its digest is sha256:${found}`,
      help: isModule(page)
        ? 'its authors pin it anew: link to a commit or tag of theirs in which the two fit'
        : `review what has changed in it and in what it links to, then \`runsheet pin ${typedWord(path)}\` takes it`,
    });
  }
}
