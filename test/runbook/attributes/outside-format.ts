// Owns putting what docs/format.md says into another page of its folder.
import GithubSlugger from 'github-slugger';

/** The text with links and "see … below" leading into the page of the format. */
export function outsideFormat(format: string, text: string): string {
  const slugger = new GithubSlugger();
  const prose = format.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '');
  const anchors = new Map(
    [...prose.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => [title, slugger.slug(title)]),
  );
  const anchorOf = (title: string): string => anchors.get(title) ?? '2-code-blocks';
  const chapter = (number: string): string =>
    [...anchors.values()].find((anchor) => anchor.startsWith(`${number}-`)) ?? '';
  return text
    .replaceAll('](#', '](format.md#')
    .replace(
      /"([^"]+)" (?:below|above)/g,
      (_all, title: string) => `[${title}](format.md#${anchorOf(title)})`,
    )
    .replace(/§(\d)/g, (_all, number: string) => `[§${number}](format.md#${chapter(number)})`);
}
