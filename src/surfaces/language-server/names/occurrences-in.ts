// Owns what a page names (steps, inputs, handlers, groups of hosts, channels, pages), and everywhere that it does so.
import { allSteps } from '../../../runbook/lint/lint-rule.ts';
import { frontMatterKeys } from '../pages/front-matter-keys.ts';
import { type OpenPage, textRangeOf } from '../pages/open-page.ts';
import { itemsOf, valuePlace, type WrittenGroup } from '../pages/written-groups.ts';
import { writtenKeys } from '../pages/written-keys.ts';
import type { Occurrence, ThingKind } from './occurrence.ts';
import { occurrencesInText } from './occurrences-in-text.ts';

/** Every place of a page that names something, in their order. */
export function occurrencesIn(page: OpenPage): readonly Occurrence[] {
  return [
    ...keysOf(page),
    ...page.groups.flatMap((group) => occurrencesInGroup(page, group)),
    ...headingsOf(page),
    ...occurrencesInText(page),
  ].sort((left, right) => left.start - right.start || left.end - right.end);
}

/** The narrowest thing that is named at an offset. */
export function occurrenceAt(page: OpenPage, offset: number): Occurrence | undefined {
  const around = occurrencesIn(page).filter(({ start, end }) => start <= offset && offset <= end);
  return around.sort((left, right) => left.end - left.start - (right.end - right.start))[0];
}

const kindOfGroup: Readonly<Record<string, ThingKind>> = {
  inputs: 'input',
  handlers: 'handler',
  hosts: 'hosts',
};

function keysOf(page: OpenPage): readonly Occurrence[] {
  const { lines, runbook } = page;
  const written = frontMatterKeys(lines).flatMap(({ path, start, end }): readonly Occurrence[] => {
    const [group = '', name = ''] = path;
    const kind = path.length === 2 ? kindOfGroup[group] : undefined;
    return kind === undefined ? [] : [{ kind, name, start, end, as: 'definition' }];
  });
  const known = new Set(written.map(({ start }) => start));
  // Those in braces, `inputs: { A: {} }`, are found by what is understood.
  const { inputs, handlers = {}, hosts = {} } = runbook.frontMatter;
  const names = {
    inputs: inputs.filter(({ file }) => file === undefined).map(({ name }) => name),
    handlers: Object.keys(handlers),
    hosts: Object.keys(hosts),
  };
  const find = writtenKeys(page);
  const others = Object.entries(names).flatMap(([group, all]) =>
    all.flatMap((name): readonly Occurrence[] => {
      const kind = kindOfGroup[group];
      const [start, end] = find(group, name) ?? [];
      if (kind === undefined || start === undefined || end === undefined || known.has(start)) return [];
      return [{ kind, name, start, end, as: 'definition' }];
    }),
  );
  return [...written, ...others];
}

const kindOfAttribute: Readonly<Record<string, ThingKind>> = {
  handler: 'handler',
  host: 'hosts',
  send: 'channel',
  notify: 'channel',
};

function occurrencesInGroup({ source: { text } }: OpenPage, group: WrittenGroup): readonly Occurrence[] {
  return group.attributes.flatMap((attribute): readonly Occurrence[] => {
    const { name } = attribute;
    const [start, end] = valuePlace(attribute);
    if (name === 'name' && attribute.value !== undefined)
      return [{ kind: 'step', name: attribute.value, start, end, as: 'definition' }];
    const passed = /^with\.(\w+)$/.exec(name)?.[1];
    if (passed !== undefined && group.target !== undefined) {
      const target = group.target.replace(/#.*$/, '');
      const from = attribute.nameStart + 'with.'.length;
      return [{ kind: 'input', name: passed, start: from, end: attribute.nameEnd, as: 'reference', target }];
    }
    if (
      (name === 'choose' || name === 'ask' || name === 'each') &&
      /^[A-Z_]\w*$/i.test(attribute.value ?? '')
    )
      return [{ kind: 'input', name: attribute.value ?? '', start, end, as: 'reference' }];
    const kind = kindOfAttribute[name];
    return kind === undefined
      ? []
      : itemsOf(text, attribute).map((item) => ({ ...item, kind, as: 'reference' as const }));
  });
}

/** Steps that their headings name. */
function headingsOf(page: OpenPage): readonly Occurrence[] {
  const { runbook } = page;
  return allSteps(runbook).flatMap(({ name, headingSpan, attributes }): readonly Occurrence[] => {
    if (headingSpan === undefined || attributes.name !== undefined) return [];
    const [start, end] = textRangeOf(page, headingSpan);
    return [{ kind: 'step', name, start, end, as: 'heading' }];
  });
}
