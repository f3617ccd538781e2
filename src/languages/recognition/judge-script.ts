// Owns the guess whether code that no shell runs is any: a script, statements of SQL, or what else.
import { isElision, type Shape, shapeOfLine } from './shape-of-line.ts';

/** What the code is instead; `undefined` where it can be what its label says. */
export function judgeScript(code: string, isSql: boolean): Shape | 'a fragment' | undefined {
  const lines = code.split('\n').map((line) => line.trim());
  const written = lines.filter((line) => line !== '');
  if (written.some((line) => /^(?:`{3,}|~{3,})/.test(line))) return isSql ? 'Markdown' : undefined;
  const shapes = written.filter((line) => !isElision(line)).map(shapeOfLine);
  const isData = (shape: Shape | undefined) =>
    shape === 'JSON' ||
    shape === 'a table' ||
    shape === 'a log' ||
    shape === 'a stack trace' ||
    shape === 'a listing';
  const [first] = shapes;
  if (
    first !== undefined &&
    isData(first) &&
    shapes.every((shape) => isData(shape) || first === 'a stack trace')
  )
    return first;
  // Data of columns between rules: `+---+`.
  if (isSql && first === 'a table') return first;
  return written.some((line) => /\.{3}|…/.test(line) && isElision(line) && line !== '...')
    ? 'a fragment'
    : undefined;
}
