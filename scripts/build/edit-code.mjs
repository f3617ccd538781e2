// Owns editing code by what it means: a string, a template or a comment that looks like code is never touched.
import { parseAst } from 'rolldown/parseAst';

/**
 * Shows every node of the code, with its parent, to `look`, which may have what stands from one offset to another
 * replaced; gives the code with all that done. Throws where two edits meet.
 */
export function editCode(code, look) {
  const edits = [];
  const edit = (start, end, text) => edits.push({ start, end, text });
  const open = [[parseAst(code), undefined]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, parent] = next;
    look(node, parent, edit);
    for (const value of Object.values(node))
      for (const child of Array.isArray(value) ? value : [value])
        if (typeof child?.type === 'string') open.push([child, node]);
  }
  let edited = '';
  let at = 0;
  for (const { start, end, text } of edits.sort((left, right) => left.start - right.start)) {
    if (start < at) throw new Error(`two edits meet at ${start}: ${code.slice(start, at)}`);
    edited += code.slice(at, start) + text;
    at = end;
  }
  return edited + code.slice(at);
}
