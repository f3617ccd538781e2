// Owns which words of other languages than English say on which machine something is to be done.

/** Where they send their reader, as words in English do. */
interface PlaceInOtherWords {
  readonly name: string;
  readonly is: 'elsewhere' | 'inside' | 'named' | 'here';
}

/** The beginnings of sentences and titles; `many` is there where it is several machines or another one. */
const places: readonly RegExp[] = [
  // 在所有节点上执行：, 登录到从库，, 在容器内：
  /^(?:然后|接着|再|请|需要)?(?:在|登录到?|进入)(?<many>每一?[个台]|所有的?|全部|各个?|其[他它]|另一[个台]|[两三]台)?(?<what>(?:[\p{Script=Han}]{0,4}|[a-z][\w.-]{0,20} ?)??(?:容器|节点|主机|机器|服务器|实例|主库|从库|备库|客户端|服务端|跳板机|堡垒机))[上中内里]?[面]?(?:都?(?:执行|运行|操作|进行|安装|输入|启动|停止|创建|查看|使用)|[,，:：]|$)/u,
  // 各ノードで実行します, レプリカで：, コンテナ内で
  /^(?<many>各|すべての|全ての?|他の|別の)?(?<what>(?:[\p{Script=Han}]{0,4}|[a-z][\w.-]{0,20} ?)??(?:コンテナ|ノード|サーバー?|ホスト|マシン|インスタンス|マスター?|スレーブ|プライマリ|レプリカ|スタンバイ|クライアント|踏み台))(?:側|上|内|の中)?(?:で|にて)(?:、|は|以下|次|実行|コマンド|下記|[:：]|$)/u,
  /^(?:dann |nun |danach )?(?:auf|im|in) (?:(?<many>jedem|jeder|allen|beiden|(?:de[mn]|der) anderen) )?(?:de[mnr] )?(?<what>(?:[\wäöüß-]*-)?[\wäöüß]*(?:knoten|servern?|hosts?|rechnern?|maschinen?|clients?|master|slave|primary|replica|standby|container))(?: ausführen)?\s?(?:[,:：]|$)/,
  /^(?:puis |ensuite )?(?:sur|dans) (?:(?<many>chaque|tous les|toutes les|les autres|l['’]autre) )?(?:le |la |l['’]|les )?(?<what>(?:nœuds?|noeuds?|serveurs?|machines?|hôtes?|clients?|maître|esclave|primaire|réplica|secondaire|bastion|conteneurs?)(?: [\wéè-]+)?)\s?(?:[,:：]|$)/,
  /^(?:luego |después )?(?:en|dentro de) ?(?:(?<many>cada|todos los|todas las|los demás|el otro|la otra) )?(?:el |la |l )?(?<what>(?:nodos?|servidor(?:es)?|máquinas?|clientes?|maestro|esclavo|primario|réplica|bastión|contenedor(?:es)?)(?: [\wáéíóú-]+)?)\s?(?:[,:：]|$)/,
  /^(?:затем |потом )?(?:на|в|внутри) (?:(?<many>кажд(?:ом|ой)|всех|друг(?:ом|ой)|остальных) )?(?<what>(?:[а-яё]+ )?(?:узл|сервер|машин|хост|нод|клиент|мастер|реплик|контейнер)[а-яё]*)\s?(?:[,:：]|$)/u,
];
const inside = /容器|コンテナ|container|conteneur|contenedor|контейнер/;
const own = /本地|本机|ローカル|手元|lokal|\blocal|локальн/;
/** Said of anything, as "the server" is. */
const vague =
  /^(?:节点|主机|机器|服务器|实例|客户端|服务端|ノード|サーバー?|ホスト|マシン|インスタンス|クライアント|knoten|servern?|hosts?|rechnern?|maschinen?|clients?|n(?:œ|oe)uds?|serveurs?|machines?|hôtes?|nodos?|servidor(?:es)?|máquinas?|clientes?|(?:узл|сервер|машин|хост|нод|клиент)[а-яё]*)$/;

/** The place that words in lower case, without marks around them, begin with. */
export function placeInOtherWords(plain: string): PlaceInOtherWords | undefined {
  for (const pattern of places) {
    const { many, what } = pattern.exec(plain)?.groups ?? {};
    if (what === undefined) continue;
    if (own.test(what)) return { name: what, is: 'here' };
    if (inside.test(what)) return { name: what, is: 'inside' };
    if (many !== undefined) return { name: what, is: 'elsewhere' };
    return { name: vague.test(what) ? 'the machine' : what, is: 'named' };
  }
  return undefined;
}
