// A program of the benchmark: `FOLDER N` writes the code of N blocks to files as a run does, and takes them away.
import { CodeFiles } from '../src/engine/files/code-files.ts';

const [, , folder = '', count = '0'] = process.argv;
const files = new CodeFiles(folder);
for (let index = 0; index < Number(count); index += 1)
  files.write(`count-${index}`, 'sh', 'count=$((count + 1)); echo "$count"');
files.close();
