import { describe, expect, test } from 'vitest';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parse } from '../runbook-of.ts';

/** Each item of a run of the page: its phase, its risk, and the first line of its code. */
function itemsOf(text: string): string[] {
  const { plan, diagnostics } = compilePlan(parse(text).runbook);
  expect(diagnostics).toEqual([]);
  return plan.items.map((item) => {
    const [line] = item.kind === 'block' ? item.code.split('\n') : [item.kind];
    return `${item.phase} ${item.risk}: ${line}`;
  });
}

const block = (code: string, label = 'sh') => `\`\`\`${label}\n${code}\n\`\`\`\n`;

describe('a block of a section that only looks', () => {
  test.each([
    ['Diagnosis', 'kubectl get pods', 'read'],
    ['Diagnosis', './look-at-it.sh', 'read'],
    ['Diagnosis', 'rm -f /tmp/victim', 'change'],
    ['Diagnosis', 'sudo systemctl restart nginx', 'change'],
    ['Diagnosis', "ssh web-1 'sudo reboot'", 'change'],
    ['Diagnosis', 'kubectl get pods -o name | xargs kubectl delete', 'change'],
    ['Diagnosis', 'echo rm -rf /', 'read'],
    ['Diagnosis', 'kubectl get pods > pods.txt', 'change'],
    ['Diagnosis', 'kubectl get pods > /dev/null 2>&1', 'read'],
    ['Validation', 'curl -sf localhost/health', 'read'],
    ['Validation', 'curl -sf -X POST localhost/orders', 'change'],
    ['Troubleshooting', 'kubectl delete pod web-0', 'change'],
  ])('%s: `%s` has risk %s', (heading, code, risk) => {
    const text = `# T\n\n## ${heading}\n\n${block(code)}`;
    const { runbook } = parse(text);
    const parts = runbook.steps.flatMap((step) => step.parts);
    expect(parts.flatMap((part) => (part.type === 'block' ? [part.block.risk] : []))).toEqual([risk]);
  });

  test.each([
    ['sql', 'SELECT 1', 'read'],
    ['sql', 'DELETE FROM jobs WHERE failed', 'change'],
    ['http', 'GET http://localhost/health', 'read'],
    ['http', 'DELETE http://localhost/orders/1', 'change'],
    ['http', 'POST http://es/logs/_search\n\n{}', 'read'],
    ['python', 'import os; print(os.listdir("x"))', 'read'],
    ['python', 'import os; os.remove("x")', 'change'],
  ])('in %s: `%s` has risk %s', (label, code, risk) => {
    const { runbook } = parse(`# T\n\n## Diagnosis\n\n${block(code, label)}`);
    const parts = runbook.steps.flatMap((step) => step.parts);
    expect(parts.flatMap((part) => (part.type === 'block' ? [part.block.risk] : []))).toEqual([risk]);
  });

  test('has the risk that is written, whatever it holds', () => {
    expect(itemsOf(`# T\n\n## Diagnosis\n\n${block('rm a', 'sh {risk=read}')}`)).toEqual([
      'diagnosis read: rm a',
    ]);
    expect(itemsOf(`# T\n\n## Diagnosis\n\n### A {risk=read}\n\n${block('rm a')}`)).toEqual([
      'diagnosis read: rm a',
    ]);
  });

  test('changes what a function changes that a block above defines', () => {
    const text = `# T\n\n## Steps\n\n${block('restart() { systemctl restart nginx; }')}\n## Validation\n\n${block('restart')}`;
    expect(itemsOf(text)).toEqual([
      'steps change: restart() { systemctl restart nginx; }',
      'validation change: restart',
    ]);
  });

  test('only looks where its transcript shows how others change something', () => {
    const text = `# T\n\n## Diagnosis\n\n${block('$ kubectl get pods\nrm -rf /data', 'console')}`;
    expect(itemsOf(text)).toEqual(['diagnosis read: kubectl get pods']);
  });
});

describe('a precondition that changes something', () => {
  test('is a preparation: behind what only looks, before the steps', () => {
    const text = [
      '# T\n\n## Steps\n\n### Work\n\n',
      block('./work'),
      '\n## Prerequisites\n\n### Install jq\n\n',
      block('sudo apt install -y jq'),
      block('jq --version'),
      '\n### Reach the cluster\n\n',
      block('kubectl get nodes'),
    ].join('');
    expect(itemsOf(text)).toEqual([
      'preconditions read: kubectl get nodes',
      'steps change: sudo apt install -y jq',
      'steps change: jq --version',
      'steps change: ./work',
    ]);
  });

  test('takes along what may need it', () => {
    const text = [
      '# T\n\n## Prerequisites\n\n1. Get it\n\n   ```sh\n   git clone https://h/r\n   ```\n\n',
      '2. Go there\n\n   ```sh\n   cd r\n   ```\n\n3. Look\n\n   ```sh\n   kubectl get ns\n   ```\n\n',
      '4. Check\n\n   ```sh\n   ./check.sh\n   ```\n',
    ].join('');
    expect(itemsOf(text)).toEqual([
      'preconditions read: kubectl get ns',
      'steps change: git clone https://h/r',
      'steps change: cd r',
      'steps change: ./check.sh',
    ]);
  });

  test('is one by its word, too', () => {
    const text = `# T\n\n## Preconditions\n\n${block('./prepare', 'sh {risk=change}')}\n### B\n\n${block('ls', 'sh {risk=read}')}`;
    expect(itemsOf(text)).toEqual(['preconditions read: ls', 'steps change: ./prepare']);
  });

  test('leaves what stands before it in its step at the gate', () => {
    const text = `# T\n\n## Preconditions\n\n### A\n\n${block('which jq')}${block('brew install jq')}\n- [ ] It is there\n`;
    expect(itemsOf(text)).toEqual([
      'preconditions read: which jq',
      'steps change: brew install jq',
      'steps change: checklist',
    ]);
  });
});
