// Owns what holds where front matter says nothing.
import type { FrontMatter } from '../runbook.ts';

/** The front matter of a document that has none. */
export const emptyFrontMatter: FrontMatter = {
  tags: [],
  env: {},
  inputs: [],
  outputs: [],
  hosts: {},
  approvals: {},
  escalation: [],
  notify: [],
  sections: {},
  interpreters: {},
};
