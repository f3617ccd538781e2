// Owns the hint that a block is the content of a file which somebody would have to write by hand, or by a here-document.
import { assignedNames } from '../../../languages/needed-names.ts';
import { referencesIn } from '../../../languages/placeholders/fill-text.ts';
import { readShell, wordText } from '../../../languages/shell/reader/read-shell.ts';
import type { ShellCode, ShellCommand } from '../../../languages/shell/reader/shell-code.ts';
import { wordsBefore } from '../../prose/lead-in.ts';
import type { Block, Runbook } from '../../runbook.ts';
import { allBlocks, commandsOf, isShell, type LintRule } from '../lint-rule.ts';
import { openingSpan, spanOfCode } from '../span-of-text.ts';
import { declaredNames } from './declared-names.ts';

/** A file that is meant to be written, and how much of it the block is. */
interface MeantFile {
  readonly path: string;
  readonly part: 'whole' | 'end' | 'unsaid';
}

/** So many bytes before a block can be words about it. */
const reach = 2_000;

export const fileByHand: LintRule = {
  code: 'file-by-hand',
  severity: 'hint',
  summary: 'a block is the content of a file, and a run could write it',
  explanation:
    'A block after "Create `/etc/app.conf`:", one with a path as its title or in its first line, and a here-document (`cat > PATH <<EOF`) are files; so is a text that `echo` or `printf` writes to an absolute path. With `file=PATH` a run writes them: it shows the difference first, knows when it is done already, lets a command look at the new file (`validate=`), and puts the old one back in a rollback.\n\n    ```nginx {file=/etc/nginx/conf.d/app.conf}\n\n`insert=end` adds the block to the file; `set=/…/` replaces a line with its one line. `run=false` says that it is only shown.',
  examples: {
    good: [
      '## Steps\n\nCreate `/etc/app.conf`:\n\n```ini {file=/etc/app.conf}\nport = 1\n```\n',
      '## Steps\n\nThe file `/etc/app.conf` then looks like this:\n\n```ini\nport = 1\n```\n',
      '## Steps\n\n```sh\ncat <<EOF | kubectl apply -f -\nkind: Pod\nEOF\n```\n',
      '## Steps\n\n```sh\necho 1 > /proc/sys/net/ipv4/ip_forward\necho "$(date)" >> /var/log/drill\necho done >&2\n```\n',
      '## Steps\n\n```sh\nPORT=$(next-port)\ncat > /etc/app.conf <<EOF\nport = $PORT\nEOF\n```\n',
      '## Steps\n\n```sh\ncat > /etc/app.conf <<EOF\nmade = $(date)\nEOF\n```\n',
      '---\ninputs: { PORT: { default: "1" } }\n---\n\n## Steps\n\n```sh\ncat > /etc/app.conf <<"EOF"\nport = ${PORT}\nEOF\necho "$PORT"\n```\n',
      '## Steps\n\nThe port was written down.\n\n```ini\n# /etc/app.conf\nport = 1\n```\n',
      '## Steps\n\n설정 파일에 포트를 명시했다.\n\n```ini\n# /etc/app.conf\nport = 1\n```\n',
      '## Steps\n\nThe settings are kept below `/etc/app`.\n\n```ini\n# app.conf\nport = 1\n```\n',
    ],
    bad: [
      '## Steps\n\nCreate `/etc/app.conf`:\n\n```ini\nport = 1\n```\n',
      '## Steps\n\nAdd this to `/etc/hosts`:\n\n```text\n10.0.0.1 web1\n```\n',
      '## Steps\n\n```yaml title="/etc/app.yml"\nport: 1\n```\n',
      '## Steps\n\n```ini\n# /etc/app.conf\nport = 1\n```\n',
      '## Steps\n\n```sh\nsudo tee /etc/app.conf <<EOF\nport = 1\nEOF\n```\n',
      '## Steps\n\n```sh\nsudo tee /etc/app.conf <<EOF\nport = $PORT\nEOF\n```\n',
      '## Steps\n\n```sh\necho "vm.swappiness = 1" | sudo tee -a /etc/sysctl.conf\n```\n',
      '## Steps\n\nCreate a file named `app.yml` and copy in the following lines.\n\n```yaml\nport: 1\n```\n',
      '## Steps\n\nCreate `app.yml`. Replace `<PORT>` with your own.\n\n```yaml\nport: <PORT>\n```\n',
      '## Steps\n\n创建配置文件，例如：`app.json`：\n\n```json\n{ "port": 1 }\n```\n',
      '## Steps\n\nEdit the configuration (`/etc/app.conf`), which has two parts.\n\n- The port.\n\n```ini\n# app.conf\nport = 1\n```\n',
    ],
  },
  check: (runbook) =>
    allBlocks(runbook).flatMap(({ step, block }) => {
      if (step.section === 'context' || block.attributes.file !== undefined) return [];
      if (block.attributes.run === false) return [];
      if (block.runnable) return isShell(block) ? writingCommands(runbook, block) : [];
      const meant = meantBy(runbook, block);
      if (meant === undefined) return [];
      return [
        {
          code: fileByHand.code,
          severity: fileByHand.severity,
          message: `this is the content of \`${meant.path}\`, and nothing writes it`,
          span: openingSpan(runbook, block),
          help: helpFor(meant, block.language ?? 'text'),
        },
      ];
    }),
};

function helpFor({ path, part }: MeantFile, language: string): string {
  const named = /[\s{}]/.test(path) ? `"${path}"` : path;
  const whole = `\`\`\`${language} {file=${named}}`;
  const end = `\`\`\`${language} {file=${named} insert=end}`;
  if (part === 'whole') return `write ${whole} to have a run write it`;
  if (part === 'end') return `write ${end} to have a run add it`;
  return `write ${whole} to have a run write it, or ${end} where it is a piece of the file`;
}

const extension =
  'ya?ml|json|conf|toml|ini|cfg|cnf|env|sh|bash|py|js|ts|rb|php|service|timer|socket|mount|network|rules?|list|repo|sources|tf|tfvars|hcl|xml|properties|txt|sql|crt|pem|te|local|template|tmpl|j2|vcl|lua|pp|nix|plist';

/** One word that can only be a path: absolute or with folders, or the name of a file with an ending of those that files have. */
const isPath = new RegExp(
  `^(?:~?/|\\.{1,2}/|\\$\\{?\\w+\\}?/)?(?:[\\w@.+-]+/)*(?:[\\w@+-][\\w@.+-]*\\.(?:${extension})|\\.[a-z][\\w.-]*|Dockerfile|Makefile|crontab|fstab|hosts|sudoers|daemon\\.json)$`,
  'i',
);
const isAbsolute = /^(?:~|\$\{?\w+\}?)?\/(?:[\w@.+-]+\/)+[\w@.+-]*\w$/;

const onlyExtension = new RegExp(`^\\.(?!env$)(?:${extension})$`, 'i');

function pathIn(word: string): string | undefined {
  const path = word.replace(/^["'(<]+|[>"'),:;]+$/g, '').replace(/[.]$/, '');
  // An ending alone stands for every file that has it.
  if (onlyExtension.test(path)) return undefined;
  if (/^(?:https?|ftp|file|s3):|\.(?:com|org|io|net|dev)$|\/dev\/|\*/i.test(path)) return undefined;
  return isPath.test(path) || isAbsolute.test(path) ? path : undefined;
}

function meantBy(runbook: Runbook, block: Block): MeantFile | undefined {
  if (/^(?:output|console|log|diff|patch|mermaid|http|plaintext-output)$/.test(block.language ?? ''))
    return undefined;
  if (/^[ \t]*(?:[#;*]|\/\/|<!--)?[ \t]*(?:\.{3}|…)/m.test(block.code)) return undefined;
  const above = textAbove(runbook, block);
  const words = wordsBefore(above, above.length);
  return titled(block) ?? (isReport.test(words) ? undefined : (commented(block, above) ?? spokenOf(words)));
}

/** A last sentence that says what somebody has done: the file is there. */
const isReport =
  /\b(?:was|were|has been|have been|had been|(?:I|we)(?: have|'ve)? \w+ed)\b[^.!?。]*[.:：]?\s*$|[했었았였웠렸졌됐켰쳤봤줬왔갔](?:다|습니다)[.:：]?\s*$|(?:ました|した)[。：:]?\s*$|了[。：:]\s*$/i;

/** `title="…"`, as sites show it above a block. */
function titled({ info }: Block): MeantFile | undefined {
  const title = /\b(?:title|filename|file_name|file)\s*=\s*["']([^"']+)["']/.exec(info)?.[1];
  const path = title === undefined ? undefined : pathIn(title.trim());
  return path === undefined ? undefined : { path, part: 'unsaid' };
}

/** A first line that is a comment, and nothing but a path with folders, or the name of a file that stands above. */
function commented({ code }: Block, above: string): MeantFile | undefined {
  const [first = ''] = code.split('\n', 1);
  const named =
    /^\s*(?:#+|\/\/+|;+|--|<!--|\/\*+)\s*(?:file(?:name)?\s*[:=]\s*|path\s*[:=]\s*)?(\S+)\s*(?:-->|\*\/)?\s*$/i.exec(
      first,
    )?.[1];
  const path = named?.includes('/') ? pathIn(named) : pathAbove(named, above);
  return path === undefined || code.trim().split('\n').length < 2 ? undefined : { path, part: 'unsaid' };
}

/** The path below which a file of this name was last spoken of. */
function pathAbove(name: string | undefined, above: string): string | undefined {
  if (name === undefined || pathIn(name) === undefined) return undefined;
  const paths = [...above.matchAll(/`([^`\s]+)`/g)].flatMap(([, quoted = '']) => pathIn(quoted) ?? []);
  return paths.findLast((path) => path.endsWith(`/${name}`));
}

function textAbove({ source }: Runbook, { span }: Block): string {
  const start = source.lines.startOfLine(source.lines.placeOf(span.start).line);
  return new TextDecoder().decode(source.bytes.subarray(Math.max(0, start - reach), start));
}

const makes =
  /\b(?:create|creating|save|saving|write|writing|generate|paste|put|place|store|new file)\b|创建|新建|建立|保存|写入|作成|만들|생성|저장/i;
const adds = /\b(?:add|adding|append|appending|insert|include)\b|添加|加入|追加|추가/i;
const changes =
  /\b(?:edit|editing|update|updating|modify|modifying|change|changing|configure|set|replace|open|adjust)\b|编辑|修改|編集|変更|편집|수정/i;
/** What says that the block is the content, also where the sentence ends with a full stop. */
const leadsOn = /\b(?:following|below|these? (?:lines?|contents?))\b|以下|如下|下面|次の|다음/i;
/** What is to be put into the content, said between the file and the block. */
const saysWhatToFill =
  /\b(?:replac|substitut|adapt|adjust)\w*\b.*(?:\byour\b|\bvalues?\b|[<{])|替换|置き換え|바꾸/i;
/** What comes of something, what is only looked at, and what others are told. */
const looks =
  /\b(?:looks? like|should (?:see|look|contain|have)|outputs?|results?|example|e\.g\.|for instance|similar to|contains?|returns?|shows?|verify|check|would|currently|existing|default|if you|optional|optionally|comment|was|were|has been|have been|will be|is created|are created|generated by|run|running|execute|command|commands|apply|delete|remove|inspect|view)\b|(?<!you )will\b|\bby \w+ing\b/i;

/** The one file that the last sentence before a block wants to be written. */
function spokenOf(words: string): MeantFile | undefined {
  const isHeading = /^#{1,6}\s/.test(words);
  const flat = words.replace(/\*\*|__/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  const sentences = flat.replace(/^\s*\d+[.)]\s+/, '').split(/(?<=[.!?])\s+(?=[A-Z])|(?<=[。！？])\s*(?=\S)/);
  const isFilled = sentences.length > 1 && saysWhatToFill.test(sentences.at(-1) ?? '');
  if (isFilled) sentences.pop();
  const sentence = sentences
    .at(-1)
    ?.replace(/^[\s>#*+-]+/, '')
    .trim();
  if (sentence === undefined || sentence.length > 240 || looks.test(sentence)) return undefined;
  if (!isHeading && !isFilled && !/[:：]$/.test(sentence) && !leadsOn.test(sentence)) return undefined;
  const paths = [...sentence.matchAll(/`([^`]+)`|([^\s`]+)/g)].flatMap(
    ([, quoted, bare]) => pathIn(quoted ?? bare ?? '') ?? [],
  );
  const [named, ...more] = new Set(paths);
  if (named === undefined || more.length > 0) return undefined;
  const path = inFolder(named, sentence);
  if (adds.test(sentence)) return { path, part: makes.test(sentence) ? 'unsaid' : 'end' };
  if (makes.test(sentence)) return { path, part: 'whole' };
  return changes.test(sentence) ? { path, part: 'unsaid' } : undefined;
}

/** A name is in the folder that the sentence speaks of. */
function inFolder(path: string, sentence: string): string {
  const folder = /\b(?:under|in|into|inside|to)\b[^`:：]{0,20}`((?:~|\$\w+)?\/[\w@./+-]*)`/.exec(
    sentence,
  )?.[1];
  if (folder === undefined || path.includes('/') || folder.endsWith(path)) return path;
  return `${folder.replace(/\/$/, '')}/${path}`;
}

/** Commands that do nothing but write a text to a file. */
function writingCommands(runbook: Runbook, block: Block) {
  const code = commandsOf(block);
  if (!/<<-?\s*["'\\]?\w|\b(?:echo|printf)\b/.test(code)) return [];
  const shell = readShell(code);
  return shell.commands.flatMap((command, index) => {
    const meant = writtenBy(shell, command, shell.commands[index + 1]);
    if (meant === undefined) return [];
    const names = variablesOf(runbook, shell, command);
    if (names === undefined) return [];
    const isAlone = shell.commands.length <= (command.pipeline === shell.commands[1]?.pipeline ? 2 : 1);
    const info = `{file=${meant.path}${meant.part === 'end' ? ' insert=end' : ''}}`;
    return [
      {
        code: fileByHand.code,
        severity: fileByHand.severity,
        message: `this writes \`${meant.path}\`, and nothing restores what was there`,
        span: spanOfCode(runbook, block, command.start, command.end),
        help: `${isAlone ? 'make it a block' : 'put it into a block of its own'}, \`\`\`text ${info}, that holds ${isHereDocument(command) ? 'the lines of the here-document' : 'this text'}${filledWords(names)}`,
      },
    ];
  });
}

/**
 * The variables that the shell puts into the written text. `undefined` where a file with that text would be another: what
 * a command prints, or the block itself assigns, is known no earlier than it runs, and of a text that the shell leaves
 * alone no `${NAME}` may be one that the page gives a value.
 */
function variablesOf(
  runbook: Runbook,
  shell: ShellCode,
  command: ShellCommand,
): readonly string[] | undefined {
  const documents = command.redirects.flatMap(({ hereDocument }) => hereDocument ?? []);
  const pieces = shell.pieces.filter(({ hereDocument, word }) =>
    documents.length > 0
      ? hereDocument !== undefined && documents.includes(hereDocument)
      : word !== undefined && command.words.includes(word) && word.role === 'argument',
  );
  const textOf = ({ start, end }: (typeof pieces)[number]) => shell.code.slice(start, end);
  if (pieces.some((piece) => piece.kind === 'expansion' && /^(?:`|\$\()/.test(textOf(piece))))
    return undefined;
  const names = [...new Set(pieces.flatMap(({ parameter }) => parameter?.name ?? []))];
  const assigned = assignedNames(shell.code);
  if (names.some((name) => !/^[A-Za-z_]\w*$/.test(name) || assigned.has(name))) return undefined;
  if (pieces.some(({ parameter }) => parameter?.hasDefault)) return undefined;
  const declared = declaredNames(runbook);
  const literal = pieces
    .filter(({ kind }) => /^(?:quoted-here-document|single-quotes)$/.test(kind))
    .map(textOf);
  return referencesIn(literal.join('\n')).some((name) => declared.has(name)) ? undefined : names;
}

/** How the text has the values that the shell would have put in. */
function filledWords(names: readonly string[]): string {
  if (names.length === 0) return '';
  const [first = '', ...more] = names.map((name) => `\`\${${name}}\``);
  const of = more.length === 0 ? first : `${[first, ...more.slice(0, -1)].join(', ')} and ${more.at(-1)}`;
  return `; ${of} in it ${names.length === 1 ? 'has' : 'have'} to be declared, as an input or by \`capture\``;
}

function writtenBy(
  shell: ShellCode,
  command: ShellCommand,
  next: ShellCommand | undefined,
): MeantFile | undefined {
  const [program, ...given] = wordsOf(shell, command);
  if (!isHereDocument(command)) {
    const isText = /^(?:echo|printf)$/.test(program ?? '') && /\w/.test(given.join(''));
    if (!isText) return undefined;
    const written = outputOf(shell, command, next);
    return written !== undefined && isConfiguration.test(written.path) ? written : undefined;
  }
  if (program === 'tee') return writtenByTee(given);
  const isCopied = program === 'cat' && given.every((word) => word === '-');
  return isCopied ? outputOf(shell, command, next) : undefined;
}

/** A file that stays: not one of the kernel, of this moment, or beside the page. */
const isConfiguration = /^(?:~|\$\{?HOME\}?)?\/(?!(?:proc|sys|dev|run|tmp|var\/run|var\/tmp)\/)/;

function isHereDocument({ redirects }: ShellCommand): boolean {
  return redirects.some(({ hereDocument }) => hereDocument !== undefined);
}

/** The file into which a command prints, by itself or through `tee`. */
function outputOf(
  shell: ShellCode,
  command: ShellCommand,
  next: ShellCommand | undefined,
): MeantFile | undefined {
  const out = command.redirects.find(
    ({ operator }) => operator === '>' || operator === '>>' || operator === '>|',
  );
  if (out !== undefined) {
    const target = command.words.find(({ role, start }) => role === 'redirect' && start >= out.start);
    return fileNamed(target && wordText(shell, target), out.operator === '>>');
  }
  if (next?.pipeline !== command.pipeline || !next.isPiped) return undefined;
  const [piped, ...given] = wordsOf(shell, next);
  return piped === 'tee' ? writtenByTee(given) : undefined;
}

function writtenByTee(given: readonly string[]): MeantFile | undefined {
  const files = given.filter((word) => !/^(?:-|-a|--append)$/.test(word));
  return files.length === 1
    ? fileNamed(
        files[0],
        given.some((word) => /^(?:-a|--append)$/.test(word)),
      )
    : undefined;
}

function wordsOf(shell: ShellCode, { words }: ShellCommand): readonly string[] {
  return words.flatMap((word) => (/^(?:name|argument)$/.test(word.role) ? [wordText(shell, word)] : []));
}

function fileNamed(path: string | undefined, isAdded: boolean): MeantFile | undefined {
  if (path === undefined || /^\/dev\/|[`(]|^\d*$/.test(path)) return undefined;
  return { path, part: isAdded ? 'end' : 'whole' };
}
