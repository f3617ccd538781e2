// Owns which blocks hold code that nothing here runs.
import type { Span } from '../../text/span.ts';
import type { WrittenBlocks } from '../content/read-blocks.ts';
import { endOf, startOf } from '../markdown/parse-structure.ts';
import type { OtherLanguage } from '../other-language.ts';
import type { SectionKind } from '../runbook.ts';
import type { Structure } from './build-steps.ts';

/** Labels of programs; what is data or the content of a file is read and not run anywhere. */
const programs: ReadonlySet<string> = new Set(
  `go golang rust rs c cpp c++ cs csharp java kotlin kt scala swift haskell hs elixir ex erlang clojure clj dart julia jl
  groovy tcl nim zig ocaml fsharp vb vbnet bat batch cmd dos dosbatch cmd.exe applescript nushell nu elvish xonsh csh
  tcsh crystal pascal ada cobol fortran lisp scheme racket prolog octave matlab deno bun tsx jsx coffeescript mongodb
  mongosh mongo redis redis-cli cql cqlsh cypher plsql tsql mssql oracle influxql`.split(/\s+/),
);

/** `bash#prod`, `sh,ignore`, `shell-script`: a label of a shell with something more. */
const shellLike = /^(?:sh|bash|zsh|ksh|fish|shell|console)(?=[^a-z0-9])/;

/** Outside of context, in document order. */
export function findOtherLanguages(
  { blocks }: WrittenBlocks,
  { sections }: Structure,
  toSpan: (start: number, end: number) => Span,
): readonly OtherLanguage[] {
  const found: OtherLanguage[] = [];
  for (const [node, { language, attributes, info, isRunnableLabel }] of blocks) {
    if (language === undefined || isRunnableLabel || attributes.run !== undefined) continue;
    if (/\brun\s*=\s*"?false/.test(info)) continue;
    const shell = shellLike.exec(language)?.[0];
    if (shell === undefined && !programs.has(language)) continue;
    const start = startOf(node);
    if (sectionAt(sections, start) === 'context') continue;
    found.push({ language, ...(shell !== undefined && { shell }), span: toSpan(start, endOf(node)) });
  }
  return found;
}

function sectionAt(sections: Structure['sections'], offset: number): SectionKind | undefined {
  const around = sections.filter(({ heading }) => heading.start <= offset && offset < heading.end);
  return around.toSorted((left, right) => left.heading.start - right.heading.start).at(-1)?.kind;
}
