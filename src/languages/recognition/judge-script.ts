// Owns the guess whether code that no shell runs is any: a script, statements of SQL, or what else.
import { languageOf } from '../languages.ts';
import { isElision, type Shape, shapeOfLine } from './shape-of-line.ts';

/** What code is instead: something that is shown, or a piece of a program of which nothing comes when it runs alone. */
export type ScriptVerdict = { readonly shape: Shape } | { readonly piece: string };

/** Languages in which what a line does can be told. */
const told = new Set(['python', 'node', 'typescript', 'ruby']);

/** Guesses what code in a language is that no shell runs; `undefined` where it can be what its label says. */
export function judgeScript(code: string, language: string): ScriptVerdict | undefined {
  const isSql = languageOf(language)?.family === 'sql';
  const lines = code.split('\n').map((line) => line.trim());
  const written = lines.filter((line) => line !== '');
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
    return { shape: first };
  // Data of columns between rules: `+---+`.
  if (isSql && first === 'a table') return { shape: first };
  if (written.some((line) => isElision(line) && line !== '...'))
    return { piece: 'something is left out of it' };
  if (!told.has(language)) return undefined;
  if (ofProgram.some((pattern) => pattern.test(code))) return { piece: 'it is a part of a program' };
  if (language !== 'python' && language !== 'ruby') {
    const [unknown] = unknownNames(code);
    if (unknown !== undefined) return { piece: `it uses \`${unknown}\`, which it does not have` };
  }
  const each = code.split('\n').flatMap(statementsOfImports);
  if (each.every((line) => onlyNames(line) && !namesResult.test(line)))
    return { piece: 'it only defines things' };
  const isOfProgram = each.some((line) => /^(?:import|from|require)\b/.test(line)) && each.every(onlyNames);
  return isOfProgram ? { piece: 'nothing shows what comes of it' } : undefined;
}

/** Its own files, comments that say what comes of a line or which file it is, and members without their class. */
const ofProgram: readonly RegExp[] = [
  /\b(?:from|import|require)\s*\(?\s*['"]\.{1,2}\//,
  /^\s*(?:\/\/|#) ?[-=]>/m,
  /^(?:\/\/|#) *(?:(?:file|path|in):? +)?[\w./-]+\.(?:[jt]sx?|py|rb)\b(?::[\d-]+)?\s*$/im,
  /^(?:private|public|protected|static)\s\w/m,
];

/** What Node gives every script, by the names that scripts begin a call with. */
const globals = new Set(
  `AbortController AbortSignal Array ArrayBuffer Atomics BigInt Blob Boolean Buffer Date Error EventTarget File FormData
   Headers Infinity Intl Iterator JSON Map Math NaN Number Object Performance Promise Proxy Reflect RegExp Request Response
   Set String Symbol TextDecoder TextEncoder URL URLSearchParams WeakMap WeakRef WeakSet WebAssembly WebSocket __dirname
   __filename arguments atob btoa console crypto exports fetch fs globalThis global import module navigator new os path
   performance process require structuredClone super this util child_process http https net assert events stream zlib
   return await typeof`.split(/\s+/),
);
const begins = /(?<![\w$.)\]'"`])([A-Za-z_$][\w$]*)\s*(?:\?\.|\.)\s*[A-Za-z_$]/g;

/** Names whose members JavaScript uses and that nothing in it declares; texts and comments left out. */
function unknownNames(code: string): readonly string[] {
  const plain = code
    .replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g, ' ')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/`(?:[^`\\$]|\\.|\$(?!\{))*`/g, "''");
  const names = new Set([...plain.matchAll(begins)].flatMap(([, name]) => name ?? []));
  return [...names].filter((name) => !globals.has(name) && !isDeclared(name, plain));
}

/** A name behind a word that declares, in a list or a pattern of names, or before an arrow. */
function isDeclared(name: string, code: string): boolean {
  const own = name.replace(/\$/g, '\\$&');
  return new RegExp(
    `(?:\\b(?:const|let|var|function\\*?|class|import|as|enum|namespace)\\s+|[{(,[]\\s*(?:\\.{3})?)${own}(?![\\w$]|\\s*[.(])|(?<![\\w$.])${own}\\s*=>`,
  ).test(code);
}

/** A name for what a call gives, which may do anything. */
const namesResult = /^(?:(?:const|let|var)\s|[a-z_]\w*[^=(]*=).*\(/;

/** What stands behind an import in its line is a statement of its own: `import os; print(os.getpid())`. */
function statementsOfImports(line: string): readonly string[] {
  return /^(?:import|from|require)\b/.test(line) ? line.split(/;\s*/) : [line];
}

/** A line that gives something a name. Those below it that are indented are its own. */
function onlyNames(line: string): boolean {
  return /^(?:\s|$|#|\/\/|\/\*|\*|[)\]}'"`;]|end\b|@\w|(?:import|from|require|require_relative|def|class|module|async|function|export|const|let|var|type|interface|enum|using)\b|[a-z_]\w*(?:\s*:\s*[\w[\], .]+)?\s*=[^=~])/.test(
    line,
  );
}
