// Owns what lines look like that are no commands of a shell, as a table.
import { siteTagOfLines } from '../placeholders/site-tags.ts';

/** What a line, or a block of such lines, is instead of commands. */
export type Shape =
  | 'a table'
  | 'a log'
  | 'JSON'
  | 'YAML'
  | 'a configuration'
  | 'XML or HTML'
  | 'a diff'
  | 'a stack trace'
  | 'a list'
  | 'an address'
  | 'a query'
  | 'a synopsis'
  | 'another language'
  | 'a listing'
  | 'Markdown'
  | "a tag of a site's generator"
  | 'text';

interface ShapeRule {
  readonly shape: Shape;
  /**
   * What such a line begins with, and what stands somewhere in it. Most lines have neither, and are spared what it
   * takes to make the pattern ready.
   */
  readonly opens?: RegExp;
  readonly holds?: string;
  /** What the line is like, without its indent and the blanks at its end. */
  readonly pattern: RegExp;
}

/** What no command of a shell begins with, whatever its first word is. */
const certain: readonly ShapeRule[] = [
  // What stands within a line for a text is a placeholder.
  { shape: "a tag of a site's generator", holds: '{', pattern: siteTagOfLines },
  { shape: 'Markdown', opens: /^[`~]/, pattern: /^(?:`{3,}|~{3,})/ },
  {
    shape: 'a diff',
    opens: /^[d@+-]/,
    pattern: /^(?:diff --git |@@ -\d+(?:,\d+)? \+\d+|(?:---|\+\+\+) (?:[ab]\/|\/dev\/null|\S+\s+\d{4}-))/,
  },
  {
    shape: 'a table',
    opens: /^[+|=\u2500-\u257f-]/,
    pattern: /^(?:\+(?:[-=]+\+)+$|\|.*\|$|[-=+]{3,}(?:[ |+][-=+ |]*)?$|[\u2500-\u257f])/,
  },
  {
    shape: 'a listing',
    opens: /^[-dlcbpst(Q]/,
    pattern: /^(?:[-dlcbps](?:[r-][w-][xsStT-]){3}[.+@]?\s+\d|total \d+$|\(\d+ rows?\b|Query OK\b)/,
  },
  {
    shape: 'a listing',
    holds: '/',
    pattern:
      /^[a-z][\w.-]*(?:\.[\w.-]+)*\/[\w.:-]+ (?:\w+ )?(?:created|configured|deleted|unchanged|patched|drained|scaled|restarted|labell?ed|annotated|cordoned|uncordoned|evicted|edited|replaced|exposed|condition met)\b/,
  },
  {
    shape: 'a listing',
    holds: '"',
    pattern:
      /^[a-z][\w.]* "[^"]+" (?:force )?(?:created|configured|deleted|unchanged|patched|drained|scaled|successfully|modified|set)\b/,
  },
  { shape: 'a log', pattern: /^\[?\d{4}[-/]\d\d[-/]\d\d[T _]\d\d:\d\d/ },
  {
    shape: 'a log',
    opens: /^\[?[MTWFSJANOD]/,
    pattern:
      /^\[?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b[ ,]+(?:\w{3} +)?\d{1,2}\b.*\d\d:\d\d/,
  },
  { shape: 'a log', opens: /^[IWEF]/, pattern: /^[IWEF]\d{4} \d\d:\d\d:\d\d/ },
  { shape: 'a log', holds: '=', pattern: /^(?:time|ts|level|timestamp)=\S.*\s(?:level|msg|ts|caller)=/ },
  {
    shape: 'a log',
    opens: /^\[?[A-Zewf]/,
    pattern:
      /^\[?(?:INFO|WARN|WARNING|ERROR|ERR|DEBUG|FATAL|NOTICE|TRACE|OK|FAIL|FAILED|PASS|PASSED)\]?(?:[:\s\]]|$)|^(?:[Ee]rror|[Ww]arning|[Ff]atal(?: error)?): \S/,
  },
  {
    shape: 'a stack trace',
    opens: /^[TaFgpCE]/,
    pattern:
      /^(?:Traceback \(most|at [\w$.<>]+\(|File ".*", line \d|goroutine \d+ \[|panic: |Caused by: |Exception in thread )/,
  },
  {
    shape: 'XML or HTML',
    opens: /^</,
    pattern:
      /^<(?:\?xml|!DOCTYPE|!--|\/?[A-Za-z][\w:-]*(?:\s+[\w:-]+=(?:"[^"]*"|'[^']*'))*\s*\/?>(?:.*<\/[\w:-]+>)?$)/,
  },
  {
    shape: 'JSON',
    opens: /^["{[}\]\s]/,
    pattern:
      /^(?:"[^"\\]*"\s*:(?:\s|$|[[{"\d])|[{[]\s*(?:$|["{[\]}])|\[?\s*"[^"]*",?\s*\]?,?$|[}\]]+,?$|[}\]],?\s*[[{]$)/,
  },
  { shape: 'an address', holds: '://', pattern: /^(?:[a-z][a-z\d+.-]*:\/\/\S+)$/ },
  { shape: 'a list', opens: /^[-*+\d•‣▪✓✔✗✘✅❌☑]/, pattern: /^(?:[-*+•‣▪] \S|\d{1,3}[.)] \S|[✓✔✗✘✅❌☑])/ },
  { shape: 'a synopsis', opens: /^[us用使]/i, pattern: /^(?:usage|synopsis|syntax|用法|使い方)\s*[:：]/i },
  { shape: 'a query', holds: '{', pattern: /^[a-zA-Z_:][\w:]*\{[^}]*(?:=|!=|=~|!~)"[^}]*\}/ },
  {
    shape: 'a query',
    holds: '(',
    pattern:
      /^(?:sum|avg|max|min|count|rate|increase|histogram_quantile|topk|absent|delta|irate)\s*(?:by\s*)?\(.*[)}]/,
  },
  {
    shape: 'a query',
    opens: /^(?:SE|SH|GR|EX|se|sh|gr|ex)/,
    pattern:
      /^(?:SELECT\s|SHOW \w+|GRANT \w+|EXPLAIN\s|select\s.*(?:[*(;]|\sfrom\s)|(?:show|grant|explain)\s.*;$)/,
  },
  {
    shape: 'a query',
    opens: /^[iudca]/i,
    pattern:
      /^(?:INSERT INTO\s|UPDATE \S+ SET\s|DELETE FROM\s|(?:CREATE|ALTER|DROP) (?:TABLE|DATABASE|USER|ROLE|INDEX|VIEW|SCHEMA|EXTENSION)\s)/i,
  },
  {
    shape: 'another language',
    pattern:
      /^(?:(?:const|let|var) \w+\s*=|(?:def|class) \w+.*:$|from [\w.]+ import\s|import [\w.]+(?: as \w+)?;?$|import .* from ['"]|package [\w.]+;?$|func \w*\(|(?:public|private|protected) \w+|#include\s*[<"]|require ['"]|\w[\w.]*\(.+\);?$|\/\/ ?\S|\/\*|\*\/)/,
  },
  {
    shape: 'a configuration',
    pattern:
      /^(?:\[[A-Za-z][\w .:"/-]*\]$|[\w.-]+\s+=(?:\s|$)|[\w-]*[.-][\w.-]*=\S*|(?:server|location|upstream|http|events|frontend|backend|listen|defaults|global)\s[^(|;&]*\{$|FROM [\w./:-]+(?: AS \w+)?$|(?:COPY|ENTRYPOINT|WORKDIR|EXPOSE|ENV|CMD) \S)/,
  },
];

/** The shape of a line that no command can be; `undefined` where its first word has to decide. */
export function shapeOfLine(line: string): Shape | undefined {
  return certain.find(
    ({ opens, holds, pattern }) =>
      (holds === undefined || line.includes(holds)) && opens?.test(line) !== false && pattern.test(line),
  )?.shape;
}

/** Columns with two blanks or more between them. */
export function isRowOfTable(line: string): boolean {
  return /^\S+(?: \S+)?\s{2,}\S+(?: \S+)?\s{2,}\S/.test(line) && !/\s(?:-\w|--\w|[|&;\\])/.test(line);
}

/** The grammar of a command instead of a command: `foo [OPTIONS] FILE`, `foo [--bar]`, `foo …`. */
export function isSynopsis(line: string): boolean {
  if (!/[[.…]/.test(line) || /^(?:echo|printf)\s/.test(line)) return false;
  const unquoted = line.replace(/"[^"]*"|'[^']*'/g, '""').replace(/\s#\s.*$/, '');
  return /\s\[(?:--?[a-z][\w-]*(?:[ =|][^\]$]*)?|[A-Z][A-Z_-]{2,}|[a-z]+ [a-z]+|<[^>]*>)\](?:\.{3}|…)?(?:\s|$)|\s(?:\[\.\.\.\]|\.{3}|…)(?:\s|$)/.test(
    unquoted,
  );
}

/** What stands for lines that are left out. */
export function isElision(line: string): boolean {
  // `curl ... -d x`
  if (/^(?!echo|printf)\S+\s(?:\.{3}|…)\s+-/.test(line)) return true;
  return /^(?:#|\/\/|--|;|\/\*)?\s*[<[({]?\s*(?:\.{3,}|…+|\.\s\.\s\.|(?:output )?(?:snip|snipped|truncated|omitted)|中略|省略)\s*[>\])}]?\s*(?:\*\/)?$/i.test(
    line,
  );
}
