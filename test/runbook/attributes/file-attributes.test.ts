import { describe, expect, it } from 'vitest';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parse, problems } from '../runbook-of.ts';

const page = (info: string, content = 'listen 80\n', heading = '') =>
  `# Book\n\n## Steps\n\n### Write it${heading}\n\n\`\`\`${info}\n${content}\`\`\`\n`;

function items(text: string) {
  const { plan } = compilePlan(parse(text).runbook);
  return plan.items.map((item) => (item.kind === 'block' ? item : undefined));
}

describe('a block that is the content of a file', () => {
  it.each([
    ['yaml {file=/etc/a.yml}', { path: '/etc/a.yml' }],
    ['sh {file=/usr/local/bin/a mode=755}', { path: '/usr/local/bin/a', mode: 0o755 }],
    ['{file="~/a b" owner=root:www}', { path: '~/a b', owner: 'root:www' }],
    ['ini {file="$HOME/${APP}/x.ini" insert=end}', { path: '$HOME/${APP}/x.ini', place: { type: 'end' } }],
    [
      'ini {file=x.ini insert=after=/^\\[a b\\]/i}',
      { path: 'x.ini', place: { type: 'after', line: { source: '^\\[a b\\]', flags: 'i' } } },
    ],
    [
      'ini {file=x.ini insert="before=/^}/"}',
      { path: 'x.ini', place: { type: 'before', line: { source: '^}', flags: '' } } },
    ],
    [
      'ini {file=x.ini set=/^listen / validate="test -s $FILE"}',
      {
        path: 'x.ini',
        place: { type: 'set', line: { source: '^listen ', flags: '' } },
        validate: 'test -s $FILE',
      },
    ],
  ])('is written as ```%s', (info, writes) => {
    expect(problems(page(info))).toBe('');
    expect(items(page(info)).map((item) => item?.writes)).toEqual([writes, writes]);
  });

  it('is a change whatever its language, its section and its heading say, and has its undo', () => {
    const text = '# Book\n\n## Diagnosis {risk=read retries=3}\n\n```bash {file=a.sh}\nrm -rf /\n```\n';
    expect(items(text).map((item) => ({ ...item }))).toMatchObject([
      { address: 'diagnosis', language: 'text', risk: 'change', retries: 0, phase: 'diagnosis' },
      { address: 'diagnosis/undo', code: '', risk: 'change', phase: 'rollback', restores: 'diagnosis' },
    ]);
  });

  it('is put back in the other order, before what the page says of the undo', () => {
    const text = `${page('ini {file=a}')}\n\`\`\`ini {file=b}\nx\n\`\`\`\n\n#### Rollback\n\n\`\`\`sh\nreload\n\`\`\`\n`;
    expect(items(text).map((item) => item?.address)).toEqual([
      'write-it',
      'write-it/2',
      'write-it/2/undo',
      'write-it/undo',
      'rollback',
    ]);
  });

  it('is not run where it says so', () => {
    expect(items(page('ini {file=a run=false}'))).toEqual([undefined]);
  });

  it('is filled in with placeholders and with what the page knows by name', () => {
    const text = `---\ninputs:\n  PORT: {}\n---\n${page('nginx {file=a}', 'listen ${PORT} $host ${uri} <name>;\n')}`;
    expect(items(text)[0]).toMatchObject({ fills: ['PORT'], placeholders: { NAME: 'PLACEHOLDER_NAME' } });
  });
});

describe('attributes that do not go together', () => {
  it.each([
    ['sh {mode=0644}', '`mode` has no effect without `file`'],
    ['sh {insert=end}', '`insert` has no effect without `file`'],
    ['ini {file=a insert=end set=/x/}', '`insert` and `set` both say where the text goes'],
    ['ini {file=a capture=X}', '`capture` means nothing on a block that writes a file'],
    ['ini {file=a exit=1}', '`exit` means nothing on a block that writes a file'],
    ['ini {file=a expect=x}', '`expect` means nothing on a block that writes a file'],
    ['ini {file=a interactive}', '`interactive` means nothing on a block that writes a file'],
    ['ini {file=a background}', '`background` means nothing on a block that writes a file'],
    ['ini {file=a retries=2}', '`retries` means nothing on a block that writes a file'],
    ['ini {file=a check=true}', '`check` means nothing on a block that writes a file'],
    ['ini {file=a risk=read}', 'a block that writes a file does not only look'],
    [
      'ini {file=a/}',
      '`file` expects the path of a file, such as `/etc/app/app.conf`; only `~` and variables are put in, and received `a/`',
    ],
    ['ini {file=$(id)}', 'only `~` and variables are put in, and received `$(id)`'],
    ['ini {file=a/..}', 'only `~` and variables are put in, and received `a/..`'],
    ['ini {file}', 'only `~` and variables are put in, and received no value'],
    ['ini {file=a mode=rw}', '`mode` expects permissions in octal digits, such as `0644`, and received `rw`'],
    ['ini {file=a mode=888}', '`mode` expects permissions in octal digits'],
    ['ini {file=a owner="a b"}', '`owner` expects a user, `user:group` or `:group`, and received `a b`'],
    [
      'ini {file=a insert=middle}',
      '`insert` expects `start`, `end`, `after=/…/` or `before=/…/`, and received `middle`',
    ],
    ['ini {file=a set=/(/}', '`set` expects a valid regular expression, and received `/(/`'],
    ['ini {file=a set=x}', '`set` expects a regular expression such as `/^listen /`'],
    ['ini {file=a set=/x}', 'the value of `set` is never closed'],
    ['ini {file=a validate=}', '`validate` expects a command that looks at `$FILE`'],
  ])('are refused: %s', (info, message) => {
    expect(problems(page(info))).toContain(message);
  });

  it('are refused on a heading', () => {
    expect(problems(page('sh', 'true\n', ' {file=/etc/x}'))).toContain(
      'write it after the language of a block',
    );
  });
});
