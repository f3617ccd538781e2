// Owns the diagnostics of headings that are nearly a word of a section.
import type { Diagnostic } from '../../text/diagnostic.ts';
import { span } from '../../text/span.ts';
import type { HeadingRules } from './heading-rules.ts';

/** An undo or a check that its spelling would make a step is an error; what is merely not read as a section, a warning. */
export function findMisspelt(
  rules: HeadingRules,
  toByteOffset: (offset: number) => number,
): readonly Diagnostic[] {
  return [...rules.misspelt].flatMap(([heading, { kind, misspelt = '' }]): readonly Diagnostic[] => {
    if (heading === rules.titleHeading) return [];
    const area = rules.areaOf(heading);
    const isGuard = rules.matchOf(heading) !== undefined && (kind === 'rollback' || kind === 'validation');
    if (!isGuard && area !== 'free' && area !== 'steps') return [];
    return [
      {
        code: 'misspelt-section',
        severity: isGuard ? 'error' : 'warning',
        message: isGuard
          ? `\`${heading.title}\` is not a word for a section: as written, it would be a step`
          : `\`${heading.title}\` is not a word for a section, and is read like any other heading`,
        span: span(toByteOffset(heading.start), toByteOffset(heading.headingEnd)),
        help: `did you mean \`${misspelt.charAt(0).toUpperCase()}${misspelt.slice(1)}\`?`,
      },
    ];
  });
}
