// Owns whether a shell command goes on in the next line.

/** Reads a command line by line. */
export interface ShellScanner {
  /** Takes the next line; true when the command needs another one. */
  feed(line: string): boolean;
  /** True while the next line is the body of a here-document. */
  readonly inHereDocument: boolean;
}

interface HereDocument {
  readonly delimiter: string;
  readonly stripsTabs: boolean;
}

const opening = new Set(['if', 'for', 'while', 'until', 'case', 'select', '{']);
const closing = new Set(['fi', 'done', 'esac', '}']);
/** After these a command begins, so that a keyword there is one. */
const leading = new Set(['then', 'else', 'elif', 'do', '!', 'time', ...opening]);

/**
 * A scanner for one command. It knows quotes, escaped newlines, here-documents, brackets, trailing operators and
 * compound commands, which is what people write in transcripts; it is no shell grammar.
 */
export function makeShellScanner(): ShellScanner {
  let quote: '"' | "'" | undefined;
  let brackets = 0;
  let compounds = 0;
  let hereDocuments: HereDocument[] = [];
  let pending: HereDocument[] = [];

  const scan = (line: string): boolean => {
    let atCommand = true;
    let last = '';
    let index = 0;
    while (index < line.length) {
      const character = line.charAt(index);
      if (quote === "'") {
        if (character === "'") quote = undefined;
        index += 1;
      } else if (character === '\\') {
        if (index === line.length - 1) return true;
        index += 2;
        last = '';
        atCommand = false;
      } else if (quote === '"') {
        if (character === '"') quote = undefined;
        index += 1;
      } else if (character === '"' || character === "'") {
        quote = character;
        last = '';
        atCommand = false;
        index += 1;
      } else if (character === '#' && (index === 0 || /[\s;&|(]/.test(line.charAt(index - 1)))) {
        break;
      } else if (line.startsWith('<<', index) && line.charAt(index + 2) !== '<') {
        index = readHereDocument(line, index);
        last = '';
      } else if (line.startsWith('<<<', index)) {
        index += 3;
      } else if (character === '(' || character === ')') {
        brackets = Math.max(0, brackets + (character === '(' ? 1 : -1));
        atCommand = true;
        last = '';
        index += 1;
      } else if (/[;&|]/.test(character)) {
        last = line.slice(index).trimEnd();
        atCommand = true;
        index += 1;
      } else if (/\s/.test(character)) {
        index += 1;
      } else {
        const word = /^[^\s;&|()<>"'\\]+/.exec(line.slice(index, index + 300))?.[0] ?? character;
        if (atCommand && opening.has(word)) compounds += 1;
        else if (atCommand && closing.has(word)) compounds = Math.max(0, compounds - 1);
        atCommand = atCommand && leading.has(word) && word !== 'for' && word !== 'case' && word !== 'select';
        last = '';
        index += word.length;
      }
    }
    return quote !== undefined || brackets > 0 || compounds > 0 || /^(?:\||&&|\|\||\|&)$/.test(last);
  };

  const readHereDocument = (line: string, index: number): number => {
    const found = /^<<(-?)\s*(?:'([^']*)'|"([^"]*)"|\\?([\w.-]+))/.exec(line.slice(index));
    if (found === null) return index + 2;
    const delimiter = found[2] ?? found[3] ?? found[4] ?? '';
    pending.push({ delimiter, stripsTabs: found[1] === '-' });
    return index + found[0].length;
  };

  let incomplete = false;
  return {
    get inHereDocument() {
      return hereDocuments.length > 0;
    },
    feed(line) {
      const [current, ...rest] = hereDocuments;
      if (current !== undefined) {
        const body = current.stripsTabs ? line.replace(/^\t+/, '') : line;
        if (body === current.delimiter) hereDocuments = rest;
        return hereDocuments.length > 0 || incomplete;
      }
      incomplete = scan(line);
      hereDocuments = pending;
      pending = [];
      return hereDocuments.length > 0 || incomplete;
    },
  };
}
