// Owns which page the tests of a runbook run: the runbook, or the one of the same work that is written without files,
// handlers, users, values and loops.

/** Whether it is the plain one. Such a page has other blocks, and what is said of them is not looked at. */
export const isPlain = process.env.PLAIN_PAGES !== undefined;

/** The page of this runbook, as a path in the repository. */
export const pageOf = (name: string): string => `${isPlain ? 'bench/plain' : 'runbooks'}/${name}.md`;
