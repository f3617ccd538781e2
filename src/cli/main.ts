// Owns the start of the tool: reads the command line and hands it to its command; knows nothing of runbooks.
import { createProgram } from './program.ts';

await createProgram().parseAsync();
