import { describe, expect, test } from 'vitest';
import { findDoubts } from '../../../src/runbook/find-doubts.ts';
import { ofText } from '../regions/result-laws.ts';
import { textAt } from '../runbook-of.ts';

const block = '```sh\ntrue\n```\n';

/** What is said of a page below `## Steps`, with the words that it points to. */
const told = (...parts: readonly string[]): readonly string[] => {
  const runbook = ofText(`## Steps\n\n${parts.join('\n')}`);
  return findDoubts(runbook).flatMap(({ code, text, span }) =>
    code === 'condition' ? [`${textAt(runbook, span)}: ${text}`] : [],
  );
};

const byWords = '```sh: the words before it say that it is an example, or run only sometimes';

describe('words before a block say that it is run only sometimes', () => {
  test.each([
    ['If you use a proxy, run:'],
    ['If you are on AWS, make sure to update it as shown below.'],
    ['### Update it\nIf you are on AWS, update it as shown below.'],
    ['Alternatively, you can do it by hand:'],
    ['For example:'],
    ['Run this outside business hours only:'],
    ['Only on the first node:'],
    ['The first time, run:'],
    ['On large clusters use this instead:'],
    ['Tip: to see more, run:'],
    ['To debug it, run:'],
    ['You may need to restart the agent:'],
    ['In rare cases the lock has to be removed by hand:'],
    ['Sometimes the cache has to be cleared:'],
    ['As a last resort, kill it:'],
    ['Depending on your setup, run:'],
    ['Use one of the following commands:'],
    ['You can then safely delete the old PVC:'],
    ['We may now drop the old table:'],
    ['It is now safe to delete the old node:'],
    ['Feel free to remove the backup afterwards:'],
    ['When you are satisfied that the new primary is healthy, remove the old one:'],
    ['Run the following once per quarter:'],
    ['Once everything has worked for at least a week, drop the old cluster:'],
    ['The next day, remove the old snapshot:'],
    ['Some teams prefer:'],
    ['A more aggressive alternative is:'],
    ['Another way is:'],
    ['The manual equivalent is:'],
    ['Worst case:'],
    ["It's also possible to do this with:"],
    ['如果使用代理，执行：'],
    ['Falls ein Proxy benutzt wird:'],
    ['Par exemple :'],
    ['En caso de usar un proxy:'],
    ['Если используется прокси, выполните:'],
    ['**Redémarrage si nécessaire :**'],
    ['**Neustart (falls nötig):**'],
    ['必要に応じて再起動します。'],
    ['プロキシを使う場合は、次を実行します。'],
    ['プロキシを使う場合：'],
    ['例：'],
    ['> The next step is optional.\n'],
    ["> L'étape suivante est facultative.\n"],
  ])('%s', (words) => {
    expect(told(`${words}\n`, block)).toEqual([byWords]);
  });
});

describe('a heading above it says that it is for a certain case', () => {
  const said = (title: string): string => `### ${title}: \`${title}\` says that it is for a certain case`;

  test('of all that stands below it', () => {
    const below = ['### If the upgrade fails\n', block, 'Then:\n', block, '#### Node by node\n', block];
    expect(told('### Upgrade\n', block, ...below, '### Rest\n', block)).toEqual([
      said('If the upgrade fails'),
    ]);
  });

  test('unless it, or a heading below it, says when or that it always is', () => {
    for (const attributes of ['{run}', '{run=false}', '{when="false"}', '{check="true"}'])
      expect(told(`### If it fails ${attributes}\n`, block)).toEqual([]);
    const below = ['#### One {run}\n', block, '#### Two\n', block];
    expect(told('### If it fails\n', ...below)).toEqual([said('If it fails')]);
  });

  test('in checks, too, but not on the way back', () => {
    const fails = `### If it fails\n\n${block}`;
    const { steps } = ofText(
      `## Steps\n\n### Go\n\n${block}\n## Rollback\n\n${fails}\n## Validation\n\n${fails}`,
    );
    const doubts = steps.map(({ parts }) =>
      parts.flatMap((part) =>
        part.type === 'block' ? (part.block.doubts ?? []).map(({ code }) => code) : [],
      ),
    );
    expect(doubts).toEqual([[], [], ['condition']]);
  });

  test('told once where they are the ways of a choice', () => {
    const ways = ['### Option A: if it is up\n', block, '### Option B: if it is down\n', block];
    expect(told(...ways)).toEqual([]);
  });
});

describe('a line that leads to it like a heading', () => {
  test.each([
    'On failure:',
    '- Restart it if it does not come back\n',
    'Abort the upgrade:',
    '**Only when it is red**',
  ])('%s', (words) => {
    expect(told(`${words}\n`, words.startsWith('-') ? block.replace(/^/gm, '  ') : block)).toHaveLength(1);
  });

  test('is none where it tells something', () => {
    expect(told('The node restarts if it does not come back.\n', block)).toEqual([]);
    expect(told('Run this to see if it is up:\n', block)).toEqual([]);
  });
});

test.each(['On clusters older than 1.24, use:', '**Helm users:**', 'In staging:', '**On Debian**'])(
  '%s names a case',
  (words) => {
    expect(told(`${words}\n`, block)).toEqual(['```sh: the words before it say for which case it is']);
  },
);

test.each([
  'You can now remove the node:',
  'Once you are ready, run:',
  'Run the weekly report:',
  'Make sure that the backup runs daily:',
  'Have a look at it:',
])('%s is no condition', (words) => {
  expect(told(`${words}\n`, block)).toEqual([]);
});

test('what is done now and then is what a page about that is for', () => {
  const text = `# Quarterly upkeep\n\n## Steps\n\nRun this once per quarter:\n\n${block}`;
  expect(findDoubts(ofText(text))).toEqual([]);
});

test('cases that are the ways of a choice are told as that, but for words that say more', () => {
  const item = (words: string) => `- ${words}\n\n${block.replace(/^(?=.)/gm, '  ')}`;
  expect(told('Helm users:\n', block, 'Kustomize users:\n', block)).toEqual([]);
  expect(told('If you use systemd:\n', block, 'If you use runit:\n', block)).toEqual([byWords, byWords]);
  expect(told(item('For Debian:'), item('For RHEL:'))).toEqual([]);
  expect(told('Do not run on Debian:\n', block, 'On RHEL:\n', block)).toEqual([
    '```sh: the words before it say not to run it',
  ]);
});

test('what may come of it is no condition', () => {
  expect(told('If the test fails, repair that first.\n', block)).toEqual([]);
});

test('what may be written otherwise is no condition', () => {
  const words = "If you don't want a snapshot, replace `--final-snapshot` with `--skip-final-snapshot`.\n";
  expect(told(words, block)).toEqual([]);
  expect(told('If you use a proxy, set it with a variable.\n', block)).toEqual([byWords]);
});

test('how it goes on is under the same condition, until a heading or other words', () => {
  expect(told('If it is AWS:\n', block, 'Then delete the pods:\n', block)).toEqual([byWords, byWords]);
  expect(told('If it is AWS:\n', block, 'Delete the pods:\n', block)).toEqual([byWords]);
  expect(told('If it is AWS:\n', block, '### Next\n\nThen delete them:\n', block)).toEqual([byWords]);
  expect(told('Then delete the pods:\n', block)).toEqual([]);
});

const mayBeLeftOut = 'the words above say that it may be left out';

describe('what a note lets a reader pass over', () => {
  test('is all that stands below its heading', () => {
    const note = '> If you do not use the mirror, skip this step.';
    const text = ['### Mirror\n', `${note}\n`, block, 'Then:\n', block, '### Rest\n', block];
    expect(told(...text)).toEqual([`skip this step.: ${mayBeLeftOut}`]);
    const { steps } = ofText(`## Steps\n\n${text.join('\n')}`);
    const blocks = steps.flatMap(({ parts }) => parts.filter(({ type }) => type === 'block'));
    expect(blocks.map((part) => part.type === 'block' && part.block.doubts?.length)).toEqual([
      1,
      1,
      undefined,
    ]);
  });

  test('is the rest of its list item', () => {
    const item = (words: string) => `1. ${words}\n\n   \`\`\`sh\n   true\n   \`\`\`\n`;
    expect(told(item('Fetch it. Skip this step on a mirror.'), item('Build it.'))).toEqual([
      `Skip this step on a mirror.: ${mayBeLeftOut}`,
    ]);
  });

  test.each([
    ['This section is only needed for replicas.', 'This section is only needed for replicas.'],
    ['如果不能访问，可跳过本步骤。', '可跳过本步骤。'],
    ['不需要的话，このステップは省略できます。', 'このステップは省略できます。'],
  ])('%s', (words, place) => {
    expect(told(`### Part\n\n${words}\n`, block)).toEqual([`${place}: ${mayBeLeftOut}`]);
  });

  test('a command that skips something is no such note', () => {
    expect(told('### Part\n\nSkip the cache with `--no-cache`:\n', block)).toEqual([]);
  });
});

test('a page that says when, or that it always is, leaves no doubt', () => {
  const words = 'If you use a proxy, run:\n';
  expect(told(words, block.replace('sh', 'sh {run}'))).toEqual([]);
  expect(told(words, block.replace('sh', 'sh {when="test -n \\"$PROXY\\""}'))).toEqual([]);
});

describe('words before a block say that it is shown and not run', () => {
  test.each([
    ['Do not run this on production:', 'not to run it'],
    ['A common mistake is to run:', 'how not to do it'],
    ['Previously we used:', 'how it was done before'],
    ['It takes a while. For reference, this is what the job does:', 'what something else does'],
  ])('%s', (words, says) => {
    expect(told(`${words}\n`, block)).toEqual([`\`\`\`sh: the words before it say ${says}`]);
  });
});

describe('what a page sets beside its text', () => {
  test.each(['If it fails', 'Troubleshooting', 'Rollback', 'Alternative', 'For example', '可选'])(
    'is folded away below "%s"',
    (summary) => {
      const folded = `<details>\n<summary><b>${summary}</b></summary>\n\n${block}\n${block}\n</details>\n`;
      expect(told(block, folded, block)).toEqual([`<details>: it is folded away below \`${summary}\``]);
    },
  );

  test('is part of the run where its summary says what is done', () => {
    for (const summary of ['Step 2', 'Commands', 'Build it'])
      expect(told(`<details><summary>${summary}</summary>\n\n${block}\n</details>\n`)).toEqual([]);
  });

  test.each(['[!NOTE]', '[!CAUTION]', '**Note:** be quick', 'Warning: it takes long', '💡 A trick'])(
    'is a note in a quote: %s',
    (first) => {
      const quote = `> ${first}\n>\n> \`\`\`sh\n> true\n> \`\`\`\n`;
      expect(told(quote, block)).toEqual([`> ${first}: it is in a note beside the text`]);
    },
  );

  test('is no note where a quote only holds commands', () => {
    expect(told('> Go on\n>\n> ```sh\n> true\n> ```\n')).toEqual([]);
  });

  test('is not what stands in a block', () => {
    expect(
      told(
        '```sh\necho "<details><summary>If it fails</summary>"\n```\n',
        block,
        '```html\n</details>\n```\n',
      ),
    ).toEqual([]);
  });
});

describe('a container of a site', () => {
  test.each([
    [':::danger[Starting over]', ':::'],
    ['::: warning', ':::'],
    [':::note', '::::'],
    [':::{warning}', ':::'],
    [':::{admonition} Starting over', ':::'],
    ['::: {.callout-note collapse="true"}', ':::'],
    ['::::tip\n\n:::steps\nOne\n:::', '::::'],
    ['/// caution | Starting over', '///'],
    ['{% hint style="danger" %}', '{% endhint %}'],
    ['{% note warning %}', '{% end_note %}'],
    ['{% callout type="note" %}', '{% /callout %}'],
    ['{% warning() %}', '{% end %}'],
    ['{{< alert >}}', '{{< /alert >}}'],
    ['{{% notice warning %}}', '{{% /notice %}}'],
    ['<Admonition type="danger">', '</Admonition>'],
    ['<Callout\n  type="danger"\n>', '</Callout>'],
    ['<Callout.Warning>', '</Callout.Warning>'],
    ['<note>', '</note>'],
    ['<aside>', '</aside>'],
    ['<div class="admonition warning">\n<div>One</div>', '</div>'],
    ['<section className="alert alert-info">', '</section>'],
    ['>>> [!warning]', '>>>'],
  ])('is a note: %s', (opens, closes) => {
    const [first = ''] = opens.split('\n');
    expect(told(block, `${opens}\n`, block, `${closes}\n`, 'Next:\n', block)).toEqual([
      `${first}: it is in a note beside the text`,
    ]);
  });

  test.each([
    ['::: details If it fails', ':::'],
    [':::{dropdown} If it fails', ':::'],
    ['{{< details "If it fails" >}}', '{{< /details >}}'],
    ['{% cut "If it fails" %}', '{% endcut %}'],
    ['<Accordion title="If it fails">', '</Accordion>'],
  ])('is a fold: %s', (opens, closes) => {
    expect(told(`${opens}\n`, block, `${closes}\n`)).toEqual([
      `${opens}: it is folded away below \`If it fails\``,
    ]);
    expect(told(`${opens.replace('If it fails', 'Step 2')}\n`, block, `${closes}\n`)).toEqual([]);
  });

  test.each([
    ['which is never closed', ':::warning', ''],
    ['which holds steps', '::: steps', ':::'],
    ['which holds steps', '<Steps>', '</Steps>'],
    ['which holds tabs', '::: code-group', ':::'],
    ['which holds tabs', '::: {.panel-tabset}', ':::'],
    ['which holds tabs', '{{< tabs >}}', '{{< /tabs >}}'],
    ['which was closed before', '{% note %}a{% endnote %}', '{% endnote %}'],
    ['which holds nothing', '{{< note />}}', '<Note />'],
    ['which is closed otherwise', ':::image type="content":::', ':::'],
    ['which is a box', '<div class="grid">', '</div>'],
  ])('is no note: one %s', (_, opens, closes) => {
    expect(told(`${opens}\n`, block, `${closes}\n`)).toEqual([]);
  });

  test.each([
    ['', '{: .warning }'],
    ['{: .note }', ''],
    ['', '{.is-info}'],
  ])('is a quote between %j and %j', (before, behind) => {
    const quote = '> Clean it:\n>\n> ```sh\n> true\n> ```';
    expect(told('Go on.\n', `${before}\n${quote}\n${behind}\n`)).toEqual([
      '> Clean it:: it is in a note beside the text',
    ]);
  });
});

describe('what is held back', () => {
  test.each(['### ~~Flush it~~', '### <del>Flush it</del>', '### 2. ~~Flush it~~'])(
    'is struck out: %s',
    (heading) => {
      expect(told(`${heading}\n`, block, '### Rest\n', block)).toEqual([
        `${heading}: \`${heading.includes('2.') ? '2. ' : ''}Flush it\` is struck out`,
      ]);
    },
  );

  test('is a struck item', () => {
    expect(
      told('1. ~~Flush it~~\n\n   ```sh\n   true\n   ```\n\n2. Rest\n\n   ```sh\n   true\n   ```\n'),
    ).toEqual(['```sh: the words before it are struck out']);
    expect(told('1. ~~Flush~~ Restart it\n\n   ```sh\n   true\n   ```\n')).toEqual([]);
  });

  test.each(['disabled', 'do not run automatically', 'needs approval', 'only an example', 'manual'])(
    'has a comment that says so: %s',
    (comment) => {
      const said = `<!-- ${comment} -->\n${block}`;
      expect(told(said)).toEqual(
        comment === 'needs approval' ? [] : [`\`\`\`sh: the comment before it says \`${comment}\``],
      );
    },
  );

  test.each([
    'prettier-ignore',
    'markdownlint-disable MD014',
    'markdownlint-disable-next-line',
    'TODO: shorter',
    'Step two',
  ])('is not what other comments say: %s', (comment) => {
    expect(told(`<!-- ${comment} -->\n${block}`)).toEqual([]);
  });

  test('is what Quarto does not evaluate', () => {
    expect(told('```{bash}\n#| eval: false\ntrue\n```\n')).toEqual([
      '```{bash}: `#| eval: false` says that it is not run',
    ]);
    expect(told('```{bash}\n#| eval: true\n#| echo: false\ntrue\n```\n')).toEqual([]);
  });

  test('runs where the block says so', () => {
    for (const attributes of ['run', 'when="true"', 'check="false"'])
      expect(told(`<!-- skip -->\n\`\`\`sh {${attributes}}\ntrue\n\`\`\`\n`)).toEqual([]);
  });
});

test.each([
  'The folder was only for this:',
  'Set the database read-only:',
  'You only need to run:',
  'Run this only once:',
  'Use apt instead of apt-get:',
  'To install it, run:',
  'To see the pods, run:',
])('%s is no condition', (words) => {
  expect(told(`${words}\n`, block)).toEqual([]);
});

describe('the first words of a list item say when all in it is done', () => {
  const item = (words: string) =>
    `1. ${words}\n\n   - Restart it:\n\n     \`\`\`sh\n     true\n     \`\`\`\n`;
  const inItem = 'the item of the list that it stands in says for which case it is';

  test.each([
    'On failure:',
    'For Debian hosts:',
    'For log file issues:',
    'If the disk is full:',
    'Optional: clean up',
  ])('%s', (words) => {
    expect(told(item(words))).toEqual([`1. ${words}: ${inItem}`]);
  });

  test.each(['Clean up:', 'For each node:', 'When it is back:', 'For the remaining errors:'])(
    'not %s',
    (words) => {
      expect(told(item(words))).toEqual([]);
    },
  );

  test('and are told once where they tell ways apart', () => {
    const page = [item('If the disk is full:'), item('If the network is down:')].join('\n');
    expect({
      conditions: told(page),
      all: findDoubts(ofText(`## Steps\n\n${page}`)).map(({ code }) => code),
    }).toEqual({
      conditions: [],
      all: ['alternative'],
    });
  });
});
