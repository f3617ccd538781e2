// Owns the warning that the last proof of a page is older than it may be.
import { stalenessOf } from '../../front-matter/upkeep.ts';
import type { LintRule } from '../lint-rule.ts';

export const proofOverdue: LintRule = {
  code: 'proof-overdue',
  severity: 'warning',
  summary: 'the page was not proven for longer than `prove-every` says',
  explanation:
    'What nobody has run for half a year may not work any more. `prove-every: 90d` says how old the last proof of a page may be. A proof is a run of the whole page that succeeded and of which nobody passed anything over; a rehearsal that had nothing to leave out; or `runsheet test`, where all cases of the page passed and one of them succeeded. Proofs are looked for in the state folder of this machine. `runsheet list` shows them all, and `runsheet rot` tells in a pipeline what is due.',
  examples: {
    good: ['---\nprove-every: 60d\n---\n\n## Steps\n\n```sh\na\n```\n', '## Steps\n\n```sh\na\n```\n'],
    bad: ['---\nprove-every: 30d\n---\n\n## Steps\n\n```sh\na\n```\n'],
    known: {
      now: '2026-06-01T00:00:00.000Z',
      lastProof: { at: '2026-04-20T12:00:00.000Z', by: 'run', isOfOtherText: false },
    },
  },
  check: ({ frontMatter }, known) => {
    const { proveEvery } = frontMatter;
    if (known?.lastProof === undefined || proveEvery === undefined) return [];
    const { lastProof: proof } = known;
    if (proof === 'none') return [];
    if (!stalenessOf(frontMatter, known).includes('proof-overdue')) return [];
    return [
      {
        code: proofOverdue.code,
        severity: proofOverdue.severity,
        message: `the last proof of this page is of ${proof.at.slice(0, 10)}, longer ago than ${proveEvery.written}`,
        span: proveEvery.span,
        help: 'run it, or its tests with `runsheet test`',
      },
    ];
  },
};
