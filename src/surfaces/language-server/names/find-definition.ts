// Owns where a thing is defined, and everywhere that it is named.
import type { Location } from 'vscode-languageserver-types';
import { findSection } from '../../../run/links/find-section.ts';
import { type OpenPage, offsetAt, type Position, rangeOfSpan, rangeOfText } from '../pages/open-page.ts';
import { linkedPath, pathOf, uriOf, type Workspace } from '../pages/workspace.ts';
import type { Occurrence } from './occurrence.ts';
import { occurrenceAt, occurrencesIn } from './occurrences-in.ts';

/** Where what stands at a position is defined; none where nothing is, or nobody knows. */
export function findDefinition(
  page: OpenPage,
  position: Position,
  workspace: Workspace,
): readonly Location[] {
  const at = occurrenceAt(page, offsetAt(page, position));
  if (at === undefined) return [];
  if (at.kind === 'channel') return channelDefinition(page, at.name, workspace);
  const owner = workspace.linked(page, at.kind === 'page' ? at.name : (at.target ?? ''));
  if (owner === undefined) return [];
  if (at.kind === 'page') return [{ uri: owner.uri, range: rangeOfText(owner, 0, 0) }];
  return definitionIn(owner, at);
}

function definitionIn(owner: OpenPage, { kind, name }: Occurrence): readonly Location[] {
  const defined = occurrencesIn(owner).find(
    (one) =>
      one.kind === kind &&
      one.name === name &&
      (one.as === 'definition' || one.as === 'heading') &&
      !one.target,
  );
  if (defined !== undefined)
    return [{ uri: owner.uri, range: rangeOfText(owner, defined.start, defined.end) }];
  const section = kind === 'step' ? findSection(owner.runbook, name) : undefined;
  if (section === undefined || !('span' in section)) return [];
  const { start } = rangeOfSpan(owner, section.span);
  return [{ uri: owner.uri, range: { start, end: start } }];
}

/** Channels are named in the configuration. */
function channelDefinition(page: OpenPage, name: string, { ports }: Workspace): readonly Location[] {
  for (const path of ports.configurationFiles(page.path).toReversed()) {
    const bytes = ports.readBytes(path);
    const lines = bytes === undefined ? [] : new TextDecoder().decode(bytes).split(/\r\n|\n|\r/);
    const from = lines.findIndex((line) => /^channels:/.test(line));
    const line = lines.findIndex((text, number) => number > from && text.trimStart().startsWith(`${name}:`));
    if (from === -1 || line === -1) continue;
    const character = (lines[line] ?? '').indexOf(name);
    const range = { start: { line, character }, end: { line, character: character + name.length } };
    return [{ uri: uriOf(path), range }];
  }
  return [];
}

/** A place in a page that names a thing. */
export interface FoundOccurrence {
  readonly page: OpenPage;
  readonly occurrence: Occurrence;
}

/** The page that has the thing that is named at a place; undefined where it cannot be read. */
export function ownerOf(page: OpenPage, { target }: Occurrence, workspace: Workspace): OpenPage | undefined {
  return workspace.linked(page, target ?? '');
}

/** Everywhere that a thing of a page is named, in that page and in those that link to it. */
export function occurrencesOf(
  owner: OpenPage,
  { kind, name }: Pick<Occurrence, 'kind' | 'name'>,
  workspace: Workspace,
): readonly FoundOccurrence[] {
  const isIt = (one: Occurrence) => one.kind === kind && one.name === name;
  const leadsHere = (from: OpenPage, { target }: Occurrence) =>
    target === undefined ? from.uri === owner.uri : linkedPath(from.path, target) === pathOf(owner.uri);
  const pages = kind === 'step' || kind === 'input' ? [owner, ...workspace.linkers(owner)] : [owner];
  return pages.flatMap((page) =>
    occurrencesIn(page)
      .filter((one) => isIt(one) && leadsHere(page, one))
      .map((occurrence) => ({ page, occurrence })),
  );
}

/** All places that name what stands at a position. */
export function findReferences(
  page: OpenPage,
  position: Position,
  withDefinition: boolean,
  workspace: Workspace,
): readonly Location[] {
  const at = occurrenceAt(page, offsetAt(page, position));
  const owner = at && ownerOf(page, at, workspace);
  if (at === undefined || owner === undefined) return [];
  return occurrencesOf(owner, at, workspace)
    .filter(
      ({ occurrence: { as } }) =>
        as !== 'mark' && (withDefinition || (as !== 'definition' && as !== 'heading')),
    )
    .map(({ page: of, occurrence }) => ({
      uri: of.uri,
      range: rangeOfText(of, occurrence.start, occurrence.end),
    }));
}
