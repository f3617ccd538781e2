// Owns the order of the pages of the site.

/**
 * Groups of pages in the navigation, by their paths in the repository; of a folder, those that no group names. What lies
 * deeper in it is found from its page.
 */
export const navigation = [
  { title: 'Start', pages: ['README.md', 'docs/tutorial.md', 'docs/recipes.md', 'docs/glossary.md'] },
  {
    title: 'Write',
    pages: [
      'docs/authors.md',
      'docs/templates.md',
      'docs/check.md',
      'docs/testing.md',
      'docs/ci.md',
      'docs/editors.md',
      'docs/other-tools.md',
    ],
  },
  {
    title: 'Run',
    pages: ['docs/keys.md', 'docs/messages.md', 'docs/secrets.md', 'docs/reports.md', 'docs/record.md'],
  },
  {
    title: 'Start by events',
    pages: ['docs/serve.md', 'docs/events.md', 'docs/senders.md', 'docs/fleet.md'],
  },
  {
    title: 'Look up',
    pages: [
      'docs/format.md',
      'docs/attributes.md',
      'docs/front-matter.md',
      'docs/checks.md',
      'docs/languages.md',
      'docs/commands.md',
      'docs/ndjson.md',
    ],
  },
  { title: 'More', folder: 'docs' },
  { title: 'Runbooks', folder: 'runbooks' },
  { title: 'Project', pages: ['CHANGELOG.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'] },
];
