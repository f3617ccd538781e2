// Owns the shape of a part of a step on its way to the model, before addresses are given.

import type { Asked } from '../asked.ts';
import type { Checklist } from '../checklist.ts';
import type { Block, Part, RunbookLink } from '../runbook.ts';
import type { WrittenBlock } from './read-blocks.ts';

/** A part without its address; spans are final. */
export type PartDraft =
  | (Omit<Extract<Part, { type: 'prose' }>, 'asks'> & { readonly asks?: Omit<Asked, 'address'> })
  | {
      readonly type: 'block';
      readonly written: WrittenBlock;
      readonly block: Omit<Block, 'address' | 'named'>;
    }
  | {
      readonly type: 'checklist';
      readonly checklist: Omit<Checklist, 'address'>;
      /** Which of the checklists of its list it is, where it is not the first: 2, 3 … */
      readonly continues?: number;
    }
  | { readonly type: 'runbook-link'; readonly link: Omit<RunbookLink, 'address'> };
