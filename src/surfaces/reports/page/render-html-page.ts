// Owns a page as one file of HTML without anything from elsewhere.
import { escapeHtml } from './escape-html.ts';
import { htmlStyle } from './html-style.ts';
import type { Page } from './page.ts';
import { inlineHtml, renderHtmlBlocks } from './render-html-blocks.ts';

/** The page as HTML; no script, no style and no text can come out of what it shows. */
export function renderHtmlPage({ title, blocks }: Page): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${htmlStyle}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${inlineHtml(title)}</h1>`,
    renderHtmlBlocks(blocks),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
