// Owns finding names in the words and the code of a page: variables, links, options of the command line, results.

import type { OpenPage } from '../pages/open-page.ts';
import type { PageLine } from '../pages/page-lines.ts';
import { bareNames } from './bare-names.ts';
import type { Occurrence } from './occurrence.ts';

/** Places that are no attribute, no key and no heading. */
export function occurrencesInText({ lines, runbook }: OpenPage): readonly Occurrence[] {
  const inputs = new Set(runbook.frontMatter.inputs.map(({ name }) => name));
  const found = lines.flatMap((line) => [
    ...(line.kind === 'text' || line.kind === 'heading' ? links(line) : []),
    ...options(line),
    ...outputsOfSteps(line),
    ...marks(line),
    ...variables(line, inputs),
  ]);
  const known = new Set(found.map(({ start }) => start));
  const bare = bareNames(lines, inputs).filter(({ isSure, start }) => isSure && !known.has(start));
  return [
    ...found,
    ...bare.map(({ name, start, end }): Occurrence => ({ kind: 'input', name, start, end, as: 'reference' })),
  ];
}

function links(line: PageLine): readonly Occurrence[] {
  return [...line.text.matchAll(/\]\(<?([^)#\s>]*)(?:#([^)\s>]*))?/g)].flatMap(
    (found): readonly Occurrence[] => {
      const [whole, target = '', anchor] = found;
      if (/^[a-z][a-z+.-]*:/i.test(target)) return [];
      const end = line.start + found.index + whole.length;
      const written = anchor === undefined ? 0 : anchor.length + 1;
      const page: Occurrence = {
        kind: 'page',
        name: target,
        start: end - written - target.length,
        end: end - written,
        as: 'reference',
      };
      const step = anchor === undefined ? [] : [stepOfAnchor(anchor, end, target)];
      return target === '' || !/\.(?:md|markdown|mdx)$/i.test(target)
        ? target === ''
          ? step
          : []
        : [page, ...step];
    },
  );
}

function stepOfAnchor(anchor: string, end: number, target: string): Occurrence {
  const place = { start: end - anchor.length, end };
  return { kind: 'step', name: anchor, ...place, as: 'anchor', ...(target !== '' && { target }) };
}

/** `runsheet run page.md --step drain` */
function options(line: PageLine): readonly Occurrence[] {
  const target = /([^\s`"']+\.(?:md|markdown))\b/i.exec(line.text)?.[1];
  return [
    ...line.text.matchAll(/--(?:step|from|until|section)(?:=|[ ]+)["']?([\p{L}\p{N}_][\p{L}\p{N}_.-]*)/gu),
  ].map((found) => {
    const [whole, name = ''] = found;
    const end = line.start + found.index + whole.length;
    const base = { kind: 'step', name, start: end - name.length, end, as: 'reference' } as const;
    return target === undefined ? base : { ...base, target };
  });
}

/** `${drain-first.MADE}` */
function outputsOfSteps(line: PageLine): readonly Occurrence[] {
  return [...line.text.matchAll(/\$\{([\p{L}\p{N}][\p{L}\p{N}_-]*)\.[A-Za-z_]\w*\}/gu)].map((found) => {
    const name = found[1] ?? '';
    const start = line.start + found.index + 2;
    return { kind: 'step', name, start, end: start + name.length, as: 'reference' };
  });
}

/** Comments by which the tool finds its results again. */
function marks(line: PageLine): readonly Occurrence[] {
  const [, before, name] = /^(.*<!-- runsheet:result )([^\s/]+)/.exec(line.text) ?? [];
  if (before === undefined || name === undefined) return [];
  const start = line.start + before.length;
  return [{ kind: 'step', name, start, end: start + name.length, as: 'mark' }];
}

/**
 * How code reads a variable: `$NAME`, `${NAME}`, `{{NAME}}`, `environ["NAME"]`, `process.env.NAME`; and `NAME=` at the
 * start of a command, which sets it.
 */
const variablePattern =
  /(?:\$\{?[!#]?|\{\{\s*|\benviron(?:\.get\(|\[)\s*["']|\bgetenv\(\s*["']|\bENV(?:\.fetch\(|\[)\s*["']|\bprocess\.env\.|\$env:|^\s*(?:export +)?(?=\w+=))([A-Za-z_]\w*)/gm;

function variables(line: PageLine, inputs: ReadonlySet<string>): readonly Occurrence[] {
  return [...line.text.matchAll(variablePattern)].flatMap((found): readonly Occurrence[] => {
    const name = found[1] ?? '';
    const end = line.start + found.index + found[0].length;
    return inputs.has(name) ? [{ kind: 'input', name, start: end - name.length, end, as: 'reference' }] : [];
  });
}
