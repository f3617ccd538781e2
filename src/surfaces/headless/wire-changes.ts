// Owns the change to a file as it stands in the public records.
import { array, description, exactOptional, number, picklist, pipe, strictObject, string } from 'valibot';

const was = strictObject({ from: exactOptional(string()), to: string() });

/** What a block makes of its file. */
const wireChange = strictObject({
  path: pipe(string(), description('absolute, links followed')),
  state: pipe(
    picklist(['new', 'changed', 'same', 'foreign']),
    description('`foreign`: neither as it was before the block began nor as it should be'),
  ),
  added: pipe(number(), description('lines')),
  removed: pipe(number(), description('lines')),
  difference: exactOptional(pipe(string(), description('lines marked `-` and `+`, secrets masked'))),
  mode: exactOptional(was),
  owner: exactOptional(was),
});

/** What a block makes of its file, here or on each host. */
export const wireChanges = pipe(
  array(strictObject({ host: exactOptional(string()), item: exactOptional(string()), change: wireChange })),
  description('one, or one on each host or for each item'),
);
