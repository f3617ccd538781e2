// Owns the hint that no proof is kept of a page that is to be proven.
import { stalenessOf } from '../../front-matter/upkeep.ts';
import type { LintRule } from '../lint-rule.ts';

export const unproven: LintRule = {
  code: 'unproven',
  severity: 'hint',
  summary: 'the page has `prove-every`, and no proof of it is kept here',
  explanation:
    'Proofs are looked for in the state folder of this machine, so that the page may have been proven elsewhere: this is a hint, while `runsheet rot` counts such a page as due. A run of the whole page proves it, and so does `runsheet test`, where all of its cases pass; see `proof-overdue`.',
  examples: {
    good: ['## Steps\n\n```sh\na\n```\n'],
    bad: ['---\nprove-every: 30d\n---\n\n## Steps\n\n```sh\na\n```\n'],
    known: { now: '2026-06-01T00:00:00.000Z', lastProof: 'none' },
  },
  check: ({ frontMatter }, known) => {
    const { proveEvery } = frontMatter;
    if (known === undefined || proveEvery === undefined) return [];
    if (!stalenessOf(frontMatter, known).includes('unproven')) return [];
    return [
      {
        code: unproven.code,
        severity: unproven.severity,
        message: 'no proof of this page is kept on this machine',
        span: proveEvery.span,
        help: 'run it, or its tests with `runsheet test`',
      },
    ];
  },
};
