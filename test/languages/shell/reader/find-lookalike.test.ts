import { expect, test } from 'vitest';
import { findLookalike } from '../../../../src/languages/shell/reader/find-lookalike.ts';

test.each([
  ['mysql -e “DROP TABLE x”', 'quote', '“DROP'],
  ['psql -c ‘select 1’', 'quote', '‘select'],
  ['export NAME=“web”', 'quote', 'NAME=“web”'],
  ['find . —name x -delete', 'dash', '—name'],
  ['rm –rf /srv/app', 'dash', '–rf'],
  ['docker run –-rm nginx', 'dash', '–-rm'],
  ['tail −5 app.log', 'dash', '−5'],
  ['kubectl get pods －n web', 'dash', '－n'],
  ['systemctl\u00a0restart nginx', 'blank', '\u00a0'],
  ['ls\u3000-la', 'blank', '\u3000'],
  ['rm -rf /srv/app\u200b/cache', 'invisible', '\u200b'],
  ['rm -rf "/srv/app\u200b/cache"', 'invisible', '\u200b'],
  ['apt-get in\u00adstall nginx', 'invisible', '\u00ad'],
  ['\ufeffuname -a', 'invisible', '\ufeff'],
  ['rm -rf \u202eppa/vrs/', 'invisible', '\u202e'],
  ['make a &amp;&amp; make b', 'entity', '&amp;'],
  ['echo a &gt; b', 'entity', '&gt;'],
])('%s', (code, kind, written) => {
  expect(findLookalike(`true\n${code}\n`)).toEqual({ kind, written, line: 1 });
});

test.each([
  'echo "“quoted” — it’s fine"',
  'echo It’s done — really',
  'echo –5 “x”',
  'true # the “new” one — –rf',
  'cat <<EOF > page\n“hi” —name\u00a0x &amp; y\nEOF',
  "sed 's/&amp;/\\&/' page",
  'curl "http://x/?a=1&amp;b=2"',
  'git commit -m "fix — again"',
  'grep -r 2020–2021 .',
  'ls l’été',
  'printf %s "\u00a0"',
  'echo 👩\u200d💻',
  'a & b; c && d',
])('%s', (code) => {
  expect(findLookalike(code)).toBeUndefined();
});
