// Owns what pages consist of, for tests of what becomes of long ones.
const block = (code: string, info = 'sh'): string => `\`\`\`${info}\n${code}\n\`\`\`\n`;

/** Where the numbers begin: all have as many digits, so that no part is longer than another. */
export const first = 100;

/** What pages consist of, the part of that number; each is written as often as the page is long. The ways of one choice are few. */
export const pageShapes: Record<string, (number: number) => string> = {
  'steps with prose': (i) =>
    `### Look at part ${i}\n\nThis says what part ${i} is for. Check the dashboard of it first.\n\n${block(`echo ${i}`)}\nIt prints ${i}. If it does not, stop here.\n`,
  'blocks below one heading': (i) => `Then:\n\n${block(`echo ${i}`)}`,
  'lines of one block': (i) =>
    `${i === first ? '```sh\n' : ''}echo "line ${i}" | grep -q ${i} && ls /srv/x${i}`,
  lines: (i) => `ordinary line ${i} with words and \`code${i}\` in it`,
  'items of a list': (i) => `- item ${i} of it says something\n- run \`echo ${i}\` now`,
  'steps as a numbered list': (i) => `${i + 1}. Do the thing ${i}\n\n   \`\`\`sh\n   echo ${i}\n   \`\`\`\n`,
  tasks: (i) => `- [ ] tick ${i}`,
  'rows of tables': (i) => `${i % 20 === 0 ? '\n| a | b |\n|---|---|\n' : ''}| \`echo ${i}\` | does ${i} |`,
  links: (i) =>
    `See [part ${i}](#look-at-part-${i}), [gone](#gone-${i}) and [other](https://example.com/${i}).\n\n### Look at part ${i}\n`,
  conditions: (i) => `### Restart ${i}\n\n${block(`echo ${i}`)}\n#### If it fails\n\n${block(`cat log${i}`)}`,
  'steps of one title': (i) => `### Install\n\n${block(`echo ${i}`)}`,
  alternatives: (i) =>
    `### Step ${i}\n\nUbuntu:\n\n${block(`apt show a${i}`)}\nCentOS:\n\n${block(`dnf info a${i}`)}`,
  tabs: (i) =>
    `### Install ${i}\n\n=== "Linux"\n\n    \`\`\`sh\n    apt show a${i}\n    \`\`\`\n\n=== "macOS"\n\n    \`\`\`sh\n    brew info a${i}\n    \`\`\`\n`,
  sections: (i) =>
    `## Steps of part ${i}\n\n### Do ${i}\n\n${block(`echo ${i}`)}\n## Validation of part ${i}\n\n${block(`test ${i}`)}`,
  attributes: (i) =>
    `### Drop ${i} {#id${i} approve=1}\n\n${block(`echo ${i}`, `sh {name=n${i} timeout=5s expect="${i}"}`)}`,
  placeholders: (i) =>
    `### Delete the node NODE_NAME ${i}\n\n${block(`kubectl delete node NODE_NAME --id=<id-${i}>`)}`,
  undos: (i) => `### Make ${i}\n\n${block(`touch ${i}`)}\n#### Rollback\n\n${block(`rm ${i}`)}`,
  'what takes away': (i) => `### Remove the volume ${i}\n\n${block(`lvremove v${i}`)}`,
  'parts of a way back': (i) => `### Put ${i} back\n\n${block(`mv ${i}.bak ${i}`)}`,
  outputs: (i) => `### Get ${i}\n\n${block(`cat x${i}`)}\nOutput:\n\n${block(`abc ${i}`, '')}`,
  sessions: (i) => `Log in with \`ssh host${i}.example.com\`:\n\n${block(`uptime ${i}`)}`,
  details: (i) => `<details><summary>Part ${i}</summary>\n\n${block(`echo ${i}`)}\n</details>\n`,
  comments: (i) => `<!-- note ${i} -->\n\n### Do ${i}\n\n${block(`echo ${i}`)}`,
  quotes: (i) => `> **Note** ${i}: run \`echo ${i}\`\n`,
  variables: (i) => `### Set ${i}\n\n${block(`V${i}=$(date)\nexport V${i}\necho "$V${i / 2}"`)}`,
  'orders in sentences': (i) =>
    `### Part ${i}\n\nStop the service s${i}. Replace the disk ${i}. Run \`echo ${i}\` and wait until it is up.\n`,
  'a step of many orders': (i) => `${i === first ? '### All\n\n' : ''}Replace the disk ${i}.\n`,
  'items beside code': (i) =>
    `${i === first ? '### All\n\n' : ''}- Replace the disk ${i}\n\n${block(`echo ${i}`)}`,
  'numbered headings': (i) => `### ${i + 1}. Do ${i}\n\n${block(`echo ${i}`)}`,
  'deep lists': (i) =>
    `- a ${i}\n  - b\n    - c \`echo ${i}\`\n\n      ${'```'}sh\n      echo ${i}\n      ${'```'}\n`,
  files: (i) => `### Write ${i}\n\n${block(`a: ${i}\nb: 2`, `yaml {file=/tmp/x${i}.yaml}`)}`,
  'configuration of files': (i) => `Edit \`/etc/app/x${i}.conf\`:\n\n${block(`a = ${i}`, 'ini')}`,
  'indented code': (i) => `Do ${i}:\n\n    echo ${i}\n    ls ${i}\n`,
  console: (i) => `### Look ${i}\n\n${block(`$ echo ${i}\n${i}\n$ ls\nx`, 'console')}`,
  cases: (i) =>
    `### Check ${i}\n\nIf the lag is more than ${i}, stop here.\n\n${block(`test ${i}`)}\nIf that fails, run \`echo ${i}\`.\n`,
  'cases as lists': (i) => `- If node ${i} is down:\n\n  ${'```'}sh\n  echo ${i}\n  ${'```'}\n`,
  'links of pages': (i) => `- [Page ${i}](p${i}.md)\n- [Page ${i} again](p${i}.md#part)\n`,
  references: (i) => `See [it][r${i}].\n\n[r${i}]: https://example.com/${i}\n`,
  footnotes: (i) => `Words[^${i}] of it.\n\n[^${i}]: note ${i}\n`,
  admonitions: (i) =>
    `!!! warning "Look ${i}"\n    This deletes ${i}.\n\n    ${'```'}sh\n    rm ${i}\n    ${'```'}\n`,
  alerts: (i) => `> [!WARNING]\n> Never run this on prod ${i}.\n\n${block(`rm ${i}`)}`,
  html: (i) => `<div class="x">\n\n${block(`echo ${i}`)}\n</div>\n\n<p>text ${i}</p>\n`,
  setext: (i) => `Do ${i}\n---\n\n${block(`echo ${i}`)}`,
  images: (i) => `![shot ${i}](x${i}.png)\n\nClick **Save ${i}**.\n`,
  emphasis: (i) => `**Step ${i}:** do \`x${i}\`\n\n${block(`echo ${i}`)}`,
  python: (i) => `### Py ${i}\n\n${block(`import os\nprint(${i})\nopen("x${i}").read()`, 'python')}`,
  sql: (i) => `### Q ${i}\n\n${block(`SELECT ${i};\nDELETE FROM t WHERE id = ${i};`, 'sql')}`,
  http: (i) => `### H ${i}\n\n${block(`GET https://example.com/${i}\nA: b`, 'http')}`,
  heredocs: (i) =>
    `### W ${i}\n\n${block(`cat > f${i} <<EOF\na ${i}\n$V\nEOF\nif test -f f${i}; then echo 1; else echo 2; fi`)}`,
  captures: (i) =>
    `### C ${i}\n\n${block(`echo ${i}`, `sh {capture=C${i}}`)}\n${block(`echo $C${i} $C${i - 1}`)}`,
  'calls of names': (i) => `${block(`echo ${i}`, `sh {name=n${i}}`)}\nGo back to [n${i}](#n${i}).\n`,
  each: (i) => `### E ${i}\n\n${block(`echo $h`, `sh {each=h of="a b c" name=e${i}}`)}`,
  preconditions: (i) =>
    `${i === first ? '## Preconditions\n\n' : ''}- The disk ${i} is mounted\n- You have access to ${i}\n\n${block(`test ${i}`)}`,
  rollback: (i) => `${i === first ? '## Rollback\n\n' : ''}### Back ${i}\n\n${block(`echo ${i}`)}`,
  'clean-up': (i) => `${i === first ? '## Clean up\n\n' : ''}### Remove ${i}\n\n${block(`rm ${i}`)}`,
  troubleshooting: (i) =>
    `${i === first ? '## Troubleshooting\n\n' : ''}### Error ${i}\n\n${block(`echo ${i}`)}`,
  'output of expectation': (i) =>
    `### Look ${i}\n\n${block(`echo ${i}`, `sh {expect=output}`)}\n${block(`${i}`, 'output')}`,
  'many headings': (i) => `${'#'.repeat(2 + (i % 4))} Title ${i}\n`,
  'long line': (i) => `${i === first ? '### One\n\n```sh\n' : ''}echo a${i} && \\`,
  'one paragraph': (i) => `Then restart the service ${i} and check that it is up.`,
  'one table': (i) =>
    `${i === first ? '| Step | Command |\n|---|---|\n' : ''}| Do ${i} | \`systemctl restart s${i}\` |`,
  brackets: (i) => `[a${i}] ( {x} <y> *z* _w_ \`q\` ${'['.repeat(i % 7)}`,
  German: (i) => `### Schritt ${i}\n\nStarten Sie den Dienst ${i} neu.\n\n${block(`echo ${i}`)}`,
  Chinese: (i) => `### 步骤 ${i}\n\n重启服务 ${i}。\n\n${block(`echo ${i}`)}`,
  terminals: (i) => `In a second terminal:\n\n${block(`tail -f x${i}`)}`,
  hosts: (i) => `### On the node ${i}\n\nOn each node run:\n\n${block(`uptime ${i}`)}`,
  'logs of runs': (i) =>
    `### L ${i}\n\n${block(`echo ${i}`)}\n<!-- runsheet:result name=l${i} -->\n> passed\n<!-- /runsheet:result -->\n`,
  'placeholders of shells': (i) =>
    `### P ${i}\n\n${block(`echo <name-${i}> \${NAME_${i}} {{x${i}}} YOUR_NAME_${i}`)}`,
  functions: (i) => `### Make ${i}\n\n${block(`f${i}() { echo "$1"; }\nf${i} ${i}`)}`,
};
