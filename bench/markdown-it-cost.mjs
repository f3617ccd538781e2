// A program of the benchmark: `FILE` is parsed by bare markdown-it.
import { readFileSync } from 'node:fs';
import MarkdownIt from 'markdown-it';

const [, , file = ''] = process.argv;
console.log(new MarkdownIt().parse(readFileSync(file, 'utf8'), {}).length);
