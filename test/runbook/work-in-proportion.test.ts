import { expect, test } from 'vitest';
import { compilePlan } from '../../src/run/planning/compile-plan.ts';
import { lintRunbook } from '../../src/runbook/lint/lint-runbook.ts';
import { squaresOf } from '../work-counts.ts';
import { parse } from './runbook-of.ts';

const block = (code: string, info = 'sh'): string => `\`\`\`${info}\n${code}\n\`\`\`\n`;

/** What pages consist of, the part of that number; each is written as often as the page is long. The ways of one choice are few. */
const shapes: Record<string, (number: number) => string> = {
  'steps with prose': (i) =>
    `### Look at part ${i}\n\nThis says what part ${i} is for. Check the dashboard of it first.\n\n${block(`echo ${i}`)}\nIt prints ${i}. If it does not, stop here.\n`,
  'blocks below one heading': (i) => `Then:\n\n${block(`echo ${i}`)}`,
  'lines of one block': (i) => `${i === 0 ? '```sh\n' : ''}echo "line ${i}" | grep -q ${i} && ls /srv/x${i}`,
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
  functions: (i) => `### Make ${i}\n\n${block(`f${i}() { echo "$1"; }\nf${i} ${i}`)}`,
};

test.each(Object.entries(shapes))('%s', async (_, part) => {
  const work = (size: number) => {
    const text = `# Shape\n\n## Steps\n\n${Array.from({ length: size }, (_, index) => part(index)).join('\n')}`;
    const { runbook } = parse(text);
    compilePlan(runbook);
    lintRunbook(runbook);
  };
  expect(await squaresOf(work, 60)).toEqual([]);
});
