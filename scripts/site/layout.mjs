// Owns the frame of every page: head, search, navigation.
import { posix } from 'node:path';

const text = (html) => html.replace(/<[^>]*>/g, '');

/** A whole document around the HTML of a page that lies at `address` of the site. */
export function layOut(html, address, groups) {
  const to = (target) => posix.relative(posix.dirname(address), target) || posix.basename(target);
  const title = text(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? address);
  const links = groups.map(({ title, pages }) => {
    const items = pages.map((page) => {
      const here = page.address === address ? ' aria-current="page"' : '';
      return `<li><a href="${to(page.address)}"${here}>${page.title}</a></li>`;
    });
    return `<section><h2>${title}</h2><ul>${items.join('')}</ul></section>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}${title === 'runsheet' ? '' : ' · runsheet'}</title>
<link rel="stylesheet" href="${to('site.css')}">
<script defer src="${to('site.js')}" data-root="${to('index.html').replace(/index\.html$/, '')}"></script>
</head>
<body>
<a class="skip" href="#page">Skip to the page</a>
<header>
<a class="name" href="${to('index.html')}">runsheet</a>
<search><input type="search" id="search" placeholder="Search" aria-label="Search" autocomplete="off" aria-controls="found"><ul id="found" aria-label="Found" aria-live="polite" hidden></ul></search>
</header>
<div class="columns">
<details class="navigation" open><summary>Pages</summary><nav aria-label="Pages">${links.join('')}</nav></details>
<main id="page">${html}</main>
</div>
</body>
</html>
`;
}
