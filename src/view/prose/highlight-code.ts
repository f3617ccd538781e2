// Owns the colouring of code by its language. Loaded only where code is shown.
import type { ElementContent, RootContent } from 'hast';
import bash from 'highlight.js/lib/languages/bash';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import http from 'highlight.js/lib/languages/http';
import ini from 'highlight.js/lib/languages/ini';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import nginx from 'highlight.js/lib/languages/nginx';
import perl from 'highlight.js/lib/languages/perl';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { createLowlight } from 'lowlight';
import type { Style, StyledLine, StyledRun, Tone } from '../layout/styled-line.ts';
import { noStyle } from '../layout/styled-line.ts';
import { codeLines } from './code-lines.ts';

const highlighter = createLowlight({
  ...{ bash, diff, dockerfile, go, http, ini, javascript, json, nginx, perl, php, python, ruby, shell, sql },
  ...{ typescript, xml, yaml },
});
highlighter.registerAlias({
  bash: ['sh', 'zsh', 'fish', 'dash', 'ksh'],
  javascript: ['node', 'js', 'mjs', 'cjs'],
  python: ['py', 'python3'],
  shell: ['console', 'shell-session', 'shellsession', 'terminal'],
  sql: ['psql', 'mysql', 'sqlite', 'sqlite3', 'postgres', 'postgresql', 'pgsql'],
  typescript: ['ts'],
});

/** Longer code is shown without colours: a dump in a code block must not hold up the operator. */
const longestCode = 50_000;

const tones: Readonly<Record<string, Tone>> = {
  addition: 'good',
  attr: 'variable',
  attribute: 'variable',
  built_in: 'function',
  bullet: 'keyword',
  comment: 'comment',
  deletion: 'bad',
  keyword: 'keyword',
  literal: 'number',
  meta: 'muted',
  name: 'keyword',
  number: 'number',
  quote: 'comment',
  regexp: 'string',
  section: 'heading',
  'selector-tag': 'keyword',
  string: 'string',
  subst: 'variable',
  symbol: 'string',
  tag: 'keyword',
  title: 'function',
  'template-variable': 'variable',
  type: 'function',
  variable: 'variable',
};

const styles = new Map<string, Style>(
  Object.entries(tones).map(([name, tone]) => [`hljs-${name}`, { tone, bold: tone === 'heading' }]),
);

/** Lines of code with a tone for each part; code in a language nobody knows, and very long code, has none. */
export function highlightCode(code: string, language: string | undefined): StyledLine[] {
  const known = language !== undefined && highlighter.registered(language);
  if (!known || code.length > longestCode) return codeLines([{ text: code, style: noStyle }]);
  return codeLines(runsOf(highlighter.highlight(language, code).children, noStyle));
}

function runsOf(nodes: readonly (RootContent | ElementContent)[], style: Style): StyledRun[] {
  return nodes.flatMap((node) => {
    if (node.type === 'text') return [{ text: node.value, style }];
    if (node.type !== 'element') return [];
    const classes = node.properties.className;
    const own = Array.isArray(classes) ? styles.get(String(classes[0])) : undefined;
    return runsOf(node.children, own ?? style);
  });
}
