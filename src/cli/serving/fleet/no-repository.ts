// Owns that the workers and servers of a fleet take their runbooks from folders: each would fetch another commit.
import type { Complaint } from '../../refusal.ts';

/** Says so where the library is a repository. */
export const noRepository: Complaint = {
  message: 'a fleet takes its runbooks from a folder, and not from a repository',
  help: 'keep a copy of it at each worker and server, and give its folder',
};
