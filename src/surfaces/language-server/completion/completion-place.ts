// Owns telling what is being typed at a place of a page.
import { keysAround } from '../pages/front-matter-keys.ts';
import { lineNumberAt, type OpenPage } from '../pages/open-page.ts';

/** What is being typed. `typed` is the part of it that stands before the place. */
export type CompletionPlace =
  | { readonly type: 'language'; readonly typed: string }
  | {
      readonly type: 'attribute';
      readonly owner: 'block' | 'heading' | 'link';
      readonly typed: string;
      readonly target?: string;
    }
  | { readonly type: 'value'; readonly attribute: string; readonly typed: string }
  | { readonly type: 'key'; readonly path: readonly string[]; readonly typed: string }
  | { readonly type: 'key-value'; readonly path: readonly string[]; readonly typed: string }
  | { readonly type: 'variable'; readonly typed: string }
  | { readonly type: 'step'; readonly typed: string; readonly target: string }
  | { readonly type: 'anchor'; readonly typed: string; readonly target: string }
  | { readonly type: 'page'; readonly typed: string };

/** What is typed at an offset; undefined where nothing is known of it. */
export function completionPlace(page: OpenPage, offset: number): CompletionPlace | undefined {
  const number = lineNumberAt(page, offset);
  const line = page.lines[number];
  if (line === undefined) return undefined;
  const before = page.source.text.slice(line.start, offset);
  if (line.kind === 'front-matter') return number === 0 ? undefined : inFrontMatter(page, number, before);
  if (line.kind === 'fence') return inFence(before);
  const step = /--(?:step|from|until|section)(?:=|[ ]+)["']?([\p{L}\p{N}_.-]*)$/u.exec(before)?.[1];
  if (step !== undefined) {
    const target = [...before.matchAll(/[^\s`"']+\.(?:md|markdown)\b/gi)].at(-1)?.[0] ?? '';
    return { type: 'step', target, typed: step };
  }
  const variable = /(?:\$\{?|\{\{\s*)([A-Za-z_]\w*|)$/.exec(before)?.[1];
  if (variable !== undefined) return { type: 'variable', typed: variable };
  if (line.kind === 'code' || line.kind === 'end-of-code') return undefined;
  const anchor = /\]\(<?([^)#\s>]*)#([^)\s>]*)$/.exec(before);
  if (anchor !== null) return { type: 'anchor', target: anchor[1] ?? '', typed: anchor[2] ?? '' };
  const target = /\]\(<?([^)#\s>]*)$/.exec(before)?.[1];
  if (target !== undefined) return { type: 'page', typed: target };
  return inBraces(before, line.kind === 'heading');
}

function inFence(before: string): CompletionPlace | undefined {
  const language = /^[\s>\-*+\d.)]*(?:`{3,}|~{3,})[ \t]*([^\s{`]*)$/.exec(before)?.[1];
  if (language !== undefined) return { type: 'language', typed: language };
  const group = /\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)$/.exec(before)?.[1];
  return group === undefined ? undefined : ofGroup(group, 'block', undefined);
}

function inBraces(before: string, isHeading: boolean): CompletionPlace | undefined {
  const [, target, ofLink] = /\]\(<?([^)\s>]*)>?\)\{([^}]*)$/.exec(before) ?? [];
  if (ofLink !== undefined) return ofGroup(ofLink, isHeading ? 'heading' : 'link', target);
  const group = isHeading ? /\{([^{}]*)$/.exec(before)?.[1] : undefined;
  const linked = /\]\(<?([^)\s>]*)>?\)/.exec(before)?.[1];
  return group === undefined ? undefined : ofGroup(group, 'heading', linked);
}

/** What is typed last in a group, whose opening brace is left out; nothing within the quotes of a command. */
function ofGroup(
  group: string,
  owner: 'block' | 'heading' | 'link',
  target: string | undefined,
): CompletionPlace {
  const last = /(?:^|[\s,])([\w.-]+)!?=("[^"]*|'[^']*|[^\s"']*)$/.exec(group);
  if (last !== null)
    return {
      type: 'value',
      attribute: last[1] ?? '',
      typed: (last[2] ?? '').replace(/^["']/, '').replace(/^.*,\s*/, ''),
    };
  const typed = /[\w.-]*$/.exec(group)?.[0] ?? '';
  return {
    type: 'attribute',
    owner,
    typed,
    ...(target !== undefined && { target: target.replace(/#.*$/, '') }),
  };
}

function inFrontMatter({ lines }: OpenPage, number: number, before: string): CompletionPlace | undefined {
  const indent = /^ */.exec(before)?.[0].length ?? 0;
  const around = keysAround(lines, number, indent);
  // Within braces: `PORT: { descr`
  const braces = /^ *(?:- +)?([\w.-]+):\s*\{(?:[^{}]*,)?\s*([\w-]*)(?::\s*([^,{}]*))?$/.exec(before);
  if (braces !== null) {
    const [, outer = '', name = '', value] = braces;
    if (value === undefined) return { type: 'key', path: [...around, outer], typed: name };
    return { type: 'key-value', path: [...around, outer, name], typed: value };
  }
  const key = /^ *(?:- +)?([\w-]*)$/.exec(before)?.[1];
  if (key !== undefined) return { type: 'key', path: around, typed: key };
  const [, name, value] = /^ *(?:- +)?([\w.-]+):\s+(.*)$/.exec(before) ?? [];
  if (name === undefined || value === undefined) return undefined;
  return { type: 'key-value', path: [...around, name], typed: value.replace(/^.*[[,]\s*/, '') };
}
