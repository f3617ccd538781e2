// Owns the guess where a script of Python, Ruby, Perl or Node.js starts a program and does not ask how it ended.

interface UnheardCall {
  /** UTF-16 offsets of what is called. */
  readonly start: number;
  readonly end: number;
  readonly name: string;
  /** What makes the script fail with its program. */
  readonly help: string;
}

interface Callers {
  /** A call that is a statement of its own, so that nothing takes what it answers. */
  readonly call: RegExp;
  /** In the rest of the statement, or anywhere in the script: somebody asks. */
  readonly asks: RegExp;
  readonly asksAnywhere?: RegExp;
  readonly help: string;
}

const callers: Readonly<Record<string, Callers>> = {
  python: {
    call: /^[ \t]*(os\.system|subprocess\.(?:call|run))(?=\s*\()/gm,
    asks: /\bcheck\s*=\s*True\b|\)\s*\.\s*(?:check_returncode|returncode)\b/,
    help: '`subprocess.run(…, check=True)` fails with its program',
  },
  ruby: {
    call: /^[ \t]*(system)(?=\s*\(|\s+["'%\w])/gm,
    asks: /\bexception:\s*true\b|\b(?:and|if|or|unless)\b|\|\||&&/,
    asksAnywhere: /\$\?|\$CHILD_STATUS\b/,
    help: '`system(…, exception: true)` fails with its program',
  },
  perl: {
    call: /^[ \t]*(system)(?=\s*\(|\s+["'$@\w])/gm,
    asks: /\b(?:and|die|if|or|unless)\b|\|\||&&|[=!]=/,
    asksAnywhere: /\$\?|\bautodie\b[^;\n]*:all\b/,
    help: '`system(…) == 0 or die` fails with its program',
  },
  node: {
    call: /^[ \t]*((?:\w+\.)?spawnSync)(?=\s*\()/gm,
    asks: /\)\s*\.\s*(?:error|status)\b/,
    help: '`execFileSync` fails with its program',
  },
};

/** The first such call; undefined without one. `language` is a canonical name. */
export function findUnheardCall(language: string, script: string): UnheardCall | undefined {
  const known = callers[language];
  if (known === undefined || known.asksAnywhere?.test(script)) return undefined;
  for (const { index, 0: whole, 1: name = '' } of script.matchAll(known.call)) {
    const start = index + whole.length - name.length;
    if (!known.asks.test(statementFrom(script, index + whole.length)))
      return { start, end: start + name.length, name, help: known.help };
  }
  return undefined;
}

/** To the end of the line in which all brackets are closed; what stands in quotes is not told apart. */
function statementFrom(script: string, start: number): string {
  let depth = 0;
  for (let at = start; at < script.length; at += 1) {
    const character = script[at];
    if (character === '(' || character === '[' || character === '{') depth += 1;
    else if (character === ')' || character === ']' || character === '}') depth -= 1;
    else if (character === '\n' && depth <= 0) return script.slice(start, at);
  }
  return script.slice(start);
}
