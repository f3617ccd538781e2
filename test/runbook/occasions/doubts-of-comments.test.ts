import { describe, expect, test } from 'vitest';
import { findDoubts } from '../../../src/runbook/find-doubts.ts';
import { expectCostInProportion } from '../../costs-in-proportion.ts';
import { parse } from '../runbook-of.ts';

/** What is said of a block below `## Steps`. */
function told(code: string, { title = 'Deploy', attributes = '' } = {}): readonly string[] {
  const { runbook } = parse(`# ${title}\n\n## Steps\n\n### Go\n\n\`\`\`sh${attributes}\n${code}\n\`\`\`\n`);
  return findDoubts(runbook).map((doubt) => `${doubt.code}: ${doubt.text}`);
}

describe('a comment says that what stands below it', () => {
  test.each([
    ['make\n# rollback\nmake undo', 'teardown: `# rollback` leads to an undo'],
    ['make\n# To undo this:\nmake undo', 'teardown: `# To undo this` leads to an undo'],
    ['# Roll back the deployment\nmake undo', 'teardown: `# Roll back the deployment` leads to an undo'],
    ['make\n# if that fails\nmake force', 'condition: `# if that fails` says that it is run only sometimes'],
    [
      'make\n\n# Optional: clear the cache\nmake clear',
      'condition: `# Optional: clear the cache` says that it is run only sometimes',
    ],
    [
      '# Start Redis (if using Docker)\ndocker run -d redis',
      'condition: `# Start Redis (if using Docker)` says that it is run only sometimes',
    ],
    ['make\n# or\nmake fast', 'condition: `# or` leads to another way to do it'],
    [
      'make\n# Or directly in apps\ncd apps',
      'condition: `# Or directly in apps` leads to another way to do it',
    ],
    [
      'make\n# DANGER: never run this in production\nmake wipe',
      'condition: `# DANGER: never run this in production` says not to run it',
    ],
    [
      '# on Debian\napt install x\n# on RHEL\nyum install x',
      'condition: its comments tell ways apart, of which one is meant: `# on Debian`, `# on RHEL`',
    ],
    [
      '# Debian/Ubuntu\napt install x\n\n# RHEL/Rocky/Alma\ndnf install x',
      'condition: its comments tell ways apart, of which one is meant: `# Debian/Ubuntu`, `# RHEL/Rocky/Alma`',
    ],
    [
      'make\n# on the db server\nsystemctl restart db',
      'session: `# on the db server` says where it is meant for, and it would run here',
    ],
    [
      '# on each node\nsystemctl restart db',
      'session: `# on each node` says where it is meant for, and it would run here',
    ],
    [
      '# change this to your cluster\nexport CLUSTER=my-cluster',
      'to-replace: `# change this to your cluster` says to change it first',
    ],
    [
      'export CLUSTER=x # replace with your cluster\nmake',
      'to-replace: `# replace with your cluster` says to change it first',
    ],
  ])('%j', (code, said) => {
    expect(told(code)).toEqual([said]);
  });
});

describe('nothing is doubtful', () => {
  test.each([
    'make\n# to undo:\n# make undo',
    'kubectl get pods\n# NAME  READY',
    '# deploy\nmake\n# check\nmake check',
    '# if the folder is there\nif [ -d x ]; then\n  # or not\n  rm x\nfi',
    '# only if it is missing\n[ -f x ] || touch x',
    'make\n# 6. If successful, delete blue\nmake clean',
    'f() {\n# rollback\nmake undo\n}\nmake',
    'cat <<EOF\n# rollback\nmake undo\nEOF',
    '# Restore the previous settings\nmake settings',
    '# or download it from https://example.com\n\n# Create it\nmake',
    'make config.yaml # change these as desired',
    '# on the server\nmake',
    '#!/bin/sh\nmake',
    'echo "\n# rollback\nmake undo"',
  ])('in %j', (code) => {
    expect(told(code)).toEqual([]);
  });

  test('where the block says what is run', () => {
    for (const attributes of [
      ' {run}',
      ' {when="true"}',
      ' {check="false"}',
      ' {host=db1}',
      ' {interactive}',
    ])
      expect(told('make\n# rollback\nmake undo', { attributes })).toEqual([]);
  });

  test('of an undo where the page goes back', () => {
    expect(told('make\n# roll back the database\nmake undo', { title: 'Roll back a release' })).toEqual([]);
  });
});

test('a long block with a comment above each command takes time in proportion', () => {
  const code = (count: number): string =>
    Array.from(
      { length: count },
      (_, index) => `# with care on the server number ${index}\necho ${index}`,
    ).join('\n');
  expectCostInProportion((times) => void told(code(40 * times)));
});

describe('a transcript', () => {
  const typed = (code: string): readonly string[] => {
    const { runbook } = parse(`# Deploy\n\n## Steps\n\n### Go\n\n\`\`\`console\n${code}\n\`\`\`\n`);
    return findDoubts(runbook).map((doubt) => `${doubt.code}: ${doubt.text}`);
  };

  test('has its comments among what was typed', () => {
    expect(typed('$ make\nbuilt\n$ # rollback\n$ make undo')).toEqual([
      'teardown: `# rollback` leads to an undo',
    ]);
  });

  test('of root has no comment in its prompts', () => {
    expect(typed('# git revert HEAD\nreverted\n# make\nbuilt')).toEqual([]);
  });
});
