import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leadInPatterns } from '../../../src/runbook/prose/lead-in-patterns.ts';
import { otherLeads } from '../../../src/runbook/prose/leads-to-command.ts';
import { fitsKeyed, type KeyedPattern } from '../../../src/text/keyed-pattern.ts';

/** Pieces of which sentences before blocks are made, those of all patterns among them. */
const pieces =
  `the|this|an|example|expected|error|log|json|\`a b\`|\`a.yaml\`|output|outputs|response|results|stdout|logs|messages|log lines
  looks|reads|resembles|appears|similar to|like this|as follows|shown below|you should|see|get|receive|observe|find|sample|following
  returns|prints|displays|reports|produces|yields|responds|answers|shows|gives|results in|is printed|is shown|contents of|file
  /etc/hosts|a.conf|crontab|with the following content|with these lines|add|append|put|insert|include|copy|to|in|into|inside|from
  create|edit|update|save|write|make|configure|define|set|run|using|via|do|command|commands|following commands|next steps|of|is
  speichern als|erstelle|in your|pipeline|cron|prestop hook|schedule|populate|edit|should contain|\`.env\`|use this|configure the|in your \`a.yaml\`|inside \`a.sh\`
  结果|返回|输出示例|如下|执行|以下命令|文件内容如下|添加到|出力例|次のように表示|コマンド|ファイルの内容|결과|명령|以下のとおり
  ausgabe|la sortie|résultat|salida|resultado|saída|uitvoer|wynik|вывод|результат`
    .split(/[|\n]/)
    .map((piece) => piece.trim());

test('no word is missing of those that are looked for before a pattern', () => {
  const sentence = fc
    .tuple(
      fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(' ', '-'),
      fc.constantFrom(':', '：', '.', ''),
    )
    .map(([words, first, end]) => words.join(' ').replace(' ', first) + end);
  const patterns = [...Object.values(leadInPatterns).flat(), ...otherLeads];
  const fitted = new Set<KeyedPattern>();
  fc.assert(
    fc.property(sentence, (said) => {
      for (const keyedPattern of patterns) {
        if (!keyedPattern.pattern.test(said)) continue;
        fitted.add(keyedPattern);
        expect([said, fitsKeyed(keyedPattern, said)]).toEqual([said, true]);
      }
    }),
    { numRuns: 20_000, seed: 1 },
  );
  expect(patterns.filter((pattern) => !fitted.has(pattern))).toEqual([]);
});
