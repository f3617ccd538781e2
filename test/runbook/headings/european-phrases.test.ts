import { describe, expect, test } from 'vitest';
import {
  europeanPhrases,
  europeanPreparation,
  europeanTrouble,
} from '../../../src/runbook/headings/european-phrases.ts';
import { normaliseHeading } from '../../../src/runbook/headings/normalise-heading.ts';
import { makeSectionMatcher } from '../../../src/runbook/headings/section-matcher.ts';
import { allBlocks } from '../../../src/runbook/lint/lint-rule.ts';
import { parse } from '../runbook-of.ts';

const match = makeSectionMatcher();

const phrases = (list: string): string[] => list.trim().split(/\s*[|\n]\s*/);

test('every phrase is in the form that headings are compared in, and means its section or that of an English word', () => {
  const all = Object.entries(europeanPhrases).flatMap(([kind, list]) =>
    phrases(list).map((phrase) => ({ kind, phrase })),
  );
  for (const { kind, phrase } of all) {
    expect.soft(normaliseHeading(phrase)).toBe(phrase);
    expect.soft([phrase, match(phrase)?.kind]).toEqual([phrase, kind]);
  }
  for (const phrase of phrases(europeanPreparation))
    expect.soft(match(phrase)).toMatchObject({ nature: 'preparation' });
  for (const phrase of phrases(europeanTrouble))
    expect.soft(match(phrase)).toMatchObject({ nature: 'trouble' });
});

/** What a run makes of code below a heading behind the steps of a deployment. */
function below(heading: string): string {
  const { runbook } = parse(
    `# Deployment\n\n## Steps\n\n### Go\n\n\`\`\`sh\nmake\n\`\`\`\n\n## ${heading}\n\n\`\`\`sh\nback\n\`\`\`\n`,
  );
  const found = allBlocks(runbook).find(({ block }) => block.code === 'back');
  const doubts = [...(found?.block.doubts ?? []), ...(found?.step.doubts ?? [])].map(
    ({ code }) => ` ?${code}`,
  );
  return `${found?.step.section}${doubts.join('')}`;
}

describe('what a heading behind the work says', () => {
  test.each([
    ['Deployment zurückrollen', 'rollback'],
    ['Alle Änderungen rückgängig machen', 'rollback'],
    ['Anhang B: Rücknahme', 'rollback'],
    ['Revenir en arrière', 'rollback'],
    ['Procédure de retour arrière', 'rollback'],
    ['Revertir el despliegue', 'rollback'],
    ['Desfazer a migração', 'rollback'],
    ['Annullare le modifiche al database', 'rollback'],
    ['Wijzigingen terugdraaien', 'rollback'],
    ['Wycofanie wdrożenia', 'rollback'],
    ['Откат миграции', 'rollback'],
    ['Wiederherstellen der alten Version', 'context ?teardown'],
    ['Revenir à la version précédente', 'context ?teardown'],
    ['Volver a la versión anterior', 'context ?teardown'],
    ['Ripristino', 'context ?teardown'],
    ['Вернуть старую версию', 'context ?teardown'],
    ['Falls das Deployment fehlschlägt', 'context ?condition'],
    ['Bei Problemen', 'context ?condition'],
    ['En cas de problème', 'context ?condition'],
    ['Si falla el despliegue', 'context ?condition'],
    ['Em caso de falha', 'context ?condition'],
    ['In caso di errore', 'context ?condition'],
    ['W razie problemów', 'context ?condition'],
    ['Если что-то пошло не так', 'context ?condition'],
  ])('%s: %s', (heading, found) => {
    expect(below(heading)).toBe(found);
  });

  test.each(['Falls back to DNS', 'SE Linux', 'Alteryx version'])('%s is no case', (heading) => {
    expect(below(heading)).not.toMatch(/condition|rollback/);
  });
});

test('steps are counted in these languages', () => {
  const { runbook } = parse(
    ['Schritt 1: Bauen', 'Étape 2 : déployer', 'Paso 3: Probar', 'Шаг 4. Проверить']
      .map((title) => `## ${title}\n\n\`\`\`sh\nmake\n\`\`\`\n`)
      .join('\n'),
  );
  expect(runbook.steps.map(({ rule }) => rule)).toEqual([
    'step-heading',
    'step-heading',
    'step-heading',
    'step-heading',
  ]);
});
