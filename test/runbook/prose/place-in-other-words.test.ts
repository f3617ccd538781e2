import { expect, test } from 'vitest';
import { placeInOtherWords } from '../../../src/runbook/prose/place-in-other-words.ts';

test.each([
  ['在所有节点上执行：', '节点', 'elsewhere'],
  ['在每个节点上执行以下命令', '节点', 'elsewhere'],
  ['在从库上执行：', '从库', 'named'],
  ['登录到主库，', '主库', 'named'],
  ['在服务器上执行', 'the machine', 'named'],
  ['在容器内：', '容器', 'inside'],
  ['在本地机器上执行：', '本地机器', 'here'],
  ['各ノードで実行します。', 'ノード', 'elsewhere'],
  ['レプリカで、次を実行します', 'レプリカ', 'named'],
  ['コンテナ内で：', 'コンテナ', 'inside'],
  ['auf jedem knoten:', 'knoten', 'elsewhere'],
  ['auf dem replica-server ausführen:', 'replica-server', 'named'],
  ['im container:', 'container', 'inside'],
  ['sur chaque nœud :', 'nœud', 'elsewhere'],
  ['sur le serveur secondaire :', 'serveur secondaire', 'named'],
  ['dans le conteneur :', 'conteneur', 'inside'],
  ['en cada nodo:', 'nodo', 'elsewhere'],
  ['en la réplica:', 'réplica', 'named'],
  ['на каждом узле:', 'узле', 'elsewhere'],
  ['на реплике:', 'реплике', 'named'],
])('%s', (words, name, is) => {
  expect(placeInOtherWords(words)).toEqual({ name, is });
});

test.each([
  '在配置文件中添加：',
  '在节点加入集群之后，',
  '检查节点：',
  'ノードの状態を確認します。',
  'auf diese weise:',
  'auf aktualisierungen prüfen:',
  'en la página:',
  'sur la page :',
  'на странице:',
  'in order to do it:',
])('%s names no machine', (words) => {
  expect(placeInOtherWords(words)).toBeUndefined();
});
