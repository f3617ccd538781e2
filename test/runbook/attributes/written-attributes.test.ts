// Tests that attributes mean what they meant when they are written and read again.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { writtenAttributes } from '../../../src/runbook/attributes/written-attributes.ts';
import type { Attributes } from '../../../src/runbook/runbook.ts';
import { readCorpus } from '../../corpus.ts';
import { parse } from '../runbook-of.ts';

function attributesOf(braces: string): Attributes {
  const { runbook, diagnostics } = parse(`## Steps\n\n\`\`\`sh {${braces}}\necho\n\`\`\`\n`);
  expect(diagnostics.filter(({ code }) => /attribute/.test(code))).toEqual([]);
  const part = runbook.steps[0]?.parts.find(({ type }) => type === 'block');
  return part?.type === 'block' ? part.block.attributes : {};
}

test.each([
  ['confirm', 'confirm'],
  ['confirm=true', 'confirm'],
  ['confirm="Sure?"', 'confirm=Sure?'],
  [`confirm='Say "yes" \\\\ no'`, 'confirm="Say \\"yes\\" \\\\ no"'],
  ['approve', 'approve=1'],
  ['approve=dba', 'approve=dba'],
  ['exit=0,3', 'exit=0,3'],
  ['exit=nonzero', 'exit=nonzero'],
  ['timeout=90m interval=1s..30s retries=3', 'timeout=1h30m retries=3 interval=1s..30s'],
  ['interval=1.5s retries=1', 'retries=1 interval=1s500ms'],
  ['on-failure=stop tags=a,b notify=ops,dba', 'on-failure=stop tags=a,b notify=ops,dba'],
  ['background=false interactive=true errexit=false', 'errexit=false interactive background=false'],
  ['expect=ok expect!=/x y+/i expect-stderr!="a b"', 'expect=ok expect!=/x y+/i expect-stderr!="a b"'],
  [
    'expect="output" expect-number="<70" expect-json=".a == 1"',
    'expect="output" expect-number=<70 expect-json=".a == 1"',
  ],
  ['expect="/srv"', 'expect="/srv"'],
  [
    'capture=A capture=B:/v (\\d+)/ capture-json=C:.["a key"][0]',
    'capture=A capture=B:/v (\\d+)/ capture-json=C:.["a key"][0]',
  ],
  ['env.A= env.B="x y" cwd=/tmp', 'cwd=/tmp env.A="" env.B="x y"'],
  ['when="test -e x" check="[ -n \\"$A\\" ]"', 'when="test -e x" check="[ -n \\"$A\\" ]"'],
  ['each=N of="a b" parallel=2 must-pass=50%', 'each=N of="a b" parallel=2 must-pass=50%'],
  ['file=/etc/x insert=after=/^a b/i', 'file=/etc/x insert=after=/^a b/i'],
  [
    'file=/etc/x set=/^a=/ mode=600 owner=root:adm validate="a $FILE"',
    'file=/etc/x set=/^a=/ mode=0600 owner=root:adm validate="a $FILE"',
  ],
  ['file=/etc/x mode=4755', 'file=/etc/x mode=04755'],
  ['host=a,b hosts-must-pass=1 user=ada handler=web', 'user=ada handler=web host=a,b hosts-must-pass=1'],
])('%s is %s', (braces, written) => {
  const attributes = attributesOf(braces);
  expect(writtenAttributes(attributes).join(' ')).toBe(written);
  expect(attributesOf(written)).toEqual(attributes);
});

const own = readdirSync(new URL('../../../runbooks', import.meta.url)).filter((name) => name.endsWith('.md'));

/** With each pattern as JavaScript writes it. */
const plain = (attributes: Attributes): unknown =>
  JSON.parse(JSON.stringify(attributes), (key, value) =>
    key === 'source' ? new RegExp(value).source : value,
  );

test('so it is of every real runbook', () => {
  const texts = own.map((name) =>
    readFileSync(new URL(`../../../runbooks/${name}`, import.meta.url), 'utf8'),
  );
  let count = 0;
  for (const text of [...texts, ...readCorpus().map((file) => file.text)])
    for (const { parts } of parse(text).runbook.steps)
      for (const part of parts) {
        if (part.type !== 'block') continue;
        const { onlyByName, interpreter, ...attributes } = part.block.attributes;
        if (
          Object.keys(attributes).length === 0 ||
          attributes.expect?.some(({ type }) => type === 'similarity')
        )
          continue;
        count += 1;
        expect(plain(attributesOf(writtenAttributes(attributes).join(' ')))).toEqual(plain(attributes));
      }
  expect(count).toBeGreaterThan(100);
});
