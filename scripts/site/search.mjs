// Owns what can be searched: every section of every page, and nothing that has to be fetched from elsewhere.

const entities = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#x27;': "'",
  '&#x3C;': '<',
  '&#x26;': '&',
};

/** The sections of a page at `address`, each with its heading, its place and its words. */
export function sectionsOf(html, address) {
  const article = /<article>([\s\S]*)<\/article>/.exec(html)?.[1] ?? '';
  const page = wordsOf(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(article)?.[1] ?? address);
  return article.split(/(?=<h[1-4] id=)/).flatMap((part) => {
    const heading = /^<h[1-4] id="([^"]*)">([\s\S]*?)<\/h[1-4]>/.exec(part);
    const text = wordsOf(part.slice(heading?.[0].length ?? 0));
    if (heading === null && text === '') return [];
    return [
      { page, title: wordsOf(heading?.[2] ?? page), address: `${address}#${heading?.[1] ?? ''}`, text },
    ];
  });
}

function wordsOf(html) {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#?\w+;/g, (entity) => entities[entity] ?? ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
