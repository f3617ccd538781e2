// Owns what an approval is of, as it stands in the public records.
import { array, description, exactOptional, number, pipe, record, strictObject, string } from 'valibot';

const strings = record(string(), string());

/** Exactly what is to be approved. */
export const wireSubject = pipe(
  strictObject({
    code: exactOptional(string()),
    fromLine: exactOptional(pipe(number(), description("of the block's own code, from 1"))),
    hosts: exactOptional(array(string())),
    values: strings,
    how: pipe(string(), description('digest of all else that says what is done')),
    brings: exactOptional(pipe(strings, description('digests of what a link brings, by address'))),
    pages: pipe(strings, description('digests of the pages on the disk, by their file')),
    shells: pipe(number(), description('how many shells were opened in the run by then')),
  }),
  description('exactly what is to be approved'),
);
