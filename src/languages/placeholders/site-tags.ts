// Owns which tags of a site's generator stand for a text, and which for lines of a page.

const ofText = 'link|post_url|data|variable|url|asset_path|static|ref|relref';

/**
 * Tags that stand for a text, wherever in a line: Hugo's `{{< param "version" >}}` (group 2), Jekyll's
 * `{% link page.md %}` (group 3).
 */
export const siteTags = new RegExp(
  `\\{\\{([<%])\\s*(\\w[\\w./-]*(?:\\s[^<>{}\\n]{0,100}?)?)\\s*[>%]\\}\\}|\\{%-?\\s*((?:${ofText})\\s[^%{}\\n]{1,100}?)\\s*-?%\\}`,
  'g',
);

/** A line that holds a tag which stands for lines, or for where they begin and end: `{% if … %}`, `{{< tabs >}}`. */
export const siteTagOfLines = new RegExp(
  `^\\{\\{(?:<[^{}]*>|%[^{}]*%)\\}\\}$|\\{%-?\\s+(?!(?:${ofText})\\s)[a-z]\\w*(?:\\s[^%\\n]*)?%\\}`,
);
