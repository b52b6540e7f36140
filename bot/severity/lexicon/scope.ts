/** Words for how much is hit: everybody, a part, or next to nobody. */
import { concept } from './phrase.ts'

const PLACE =
  'eu|us|uk|apac|emea|latam|asia|europe|europe*|american?|americas|australian?|japan|japanese|tokyo|osaka|singapore|hong|frankfurt|london|dublin|ireland|irish|virginia|oregon|ohio|dallas|texas|jersey|california|mumbai|sydney|paris|france|french|amsterdam|netherlands|dutch|seoul|korea*|brazil*|india|indian|germany|german|poland|polish|spain|spanish|italy|italian|canada|canadian|china|chinese|africa|african|mexico|chile|switzerland|sweden|norway|stockholm|warsaw|madrid|milan|chicago|seattle|toronto|montreal|eqiad|codfw|esams|de|fr|jp|sg|usnj|ustx'
const REGION_CODE =
  '(?:us|eu|ap|ca|sa|me|af|cn|uk|asia|europe|northamerica|australia)-(?:[a-z]+)(?:-?\\d)?[a-z]?|[a-z]{2}\\d-[a-z]'
const PIECES =
  'regions?|zones?|az|azs|datacent(?:er|re)s?|sites?|nodes?|pods?|servers?|hosts?|clusters?|shards?|racks?|routers?|switches|replicas?|instances?|vms?|mirrors?|runners?|agents?|workers?|brokers?|disks?|stores?|shops?|tenants?|customers?|branches|offices?|partitions?|products|services|systems|components|workspaces?|projects|accounts|machines|stations|lines|locations|repositories|organi[sz]ations|databases|queues|channels|devices'

/** Everybody is hit. */
export const EVERYBODY = [
  concept('everybody is hit', {
    en: [
      'everyone|everybody|everything|everywhere|nobody|no-one|noone|anyone|anybody|globally|worldwide|world-wide|sitewide|site-wide|company-wide|companywide|platform-wide|systemwide|system-wide|systemwide',
      'no-one',
      'no customers?|users?|visitors?|players?|client|clients? can',
      'all|every of~ our|the|its|your~ ... users?|customers?|clients?|visitors?|tenants?|regions|locations|players|services|products|systems|sites|properties|components|traffic|accounts|websites|students|merchants|members|employees|staff|pages?|endpoints?|stores|servers|requests|proxies|shops|cpus?|bots?|people|merchants',
      'all of our|the|its',
      'every page|visitor|endpoint|click|screen|store|request',
      'global|globally|worldwide',
      'entire|whole site|service|platform|app|product|company|system|fleet|network|cluster|website|shop|office|intranet|backend|building|production|stack|infrastructure|application',
      'across the board',
      'users|customers worldwide|everywhere',
      'total|complete|full|major|massive outages?|loss|failure|downtime|blackout|collapse',
      'completely|totally|entirely|fully|hard down|unavailable|unusable|lost|offline|inaccessible|dead|gone|broken|unreachable',
      'nothing usable|works|loads|responds|schedules|serves|reachable',
      'took|takes|taking|taken down|out everything|all|the',
      'the only data|mail|server|database|node',
      'none of',
    ],
    ja: [
      '全(ユーザー?|員|顧客|サービス|システム|拠点|機能|面|断|会員|利用者|リージョン|社|店舗|国|体|プレイヤー|お客様)',
      'すべての(ユーザー?|お客様|サービス|プレイヤー|システム|機能|利用者|ページ)',
      '全ての(ユーザー?|お客様|サービス|プレイヤー|システム|機能|利用者|ページ)',
      '誰も',
      '一切',
    ],
  }),
] as const

/** Really all of it, also where a place is named. */
export const GLOBAL = [
  concept('everybody is hit', {
    en: [
      'global|globally|worldwide|world-wide|everywhere',
      'all|every regions?|data|datacent(?:er|re)s?|locations?|customers',
      'affecting|affects all',
    ],
    ja: ['全(リージョン|拠点|世界|国|ユーザー?|顧客|サービス|店舗)', '日本全国'],
  }),
] as const

/** A place, or a number of places. */
export const PLACES = [
  concept('one region is named', {
    en: [
      REGION_CODE,
      `(?:${PLACE}) (?:data|datacent(?:er|re)s?|region|users?|customers?|clients?|accounts?|tenants?|sites?|cluster|zone|pop|office|visitors|players|only|traffic|servers?|shop|store|instance|cloud|based|dc)`,
      `in|for|from|at|affecting|across|near|of the|our~ (?:${PLACE})`,
      `(?:${PLACE}) -|/~ (?:${PLACE})`,
      `(?:eu|us|uk|apac|emea|de|fr|jp|sg) (?:is|are|down|unavailable|outage|out)`,
      'one|a|single|1 region|zone|data|datacenter|datacentre|az|rack|site|availability|location|office',
      `our|the (?:${PLACE}) data cent(?:er|re)`,
    ],
    ja: [
      '(東|西|北|南)(日本|海道|米)',
      '(関西|関東|九州|東京|大阪|名古屋|北海道|東北|中国|四国|沖縄|海外|国内|欧州|米国|アジア)(の|地域|拠点|リージョン|のみ|方面|エリア|データ|から)',
      'リージョン',
      '(地域|拠点|エリア)(のみ|だけ|で)',
      '(?<!全)店舗(のみ|だけ|で)',
    ],
  }),
] as const

/** Some of several: counted pieces, some people, one kind of client, comes and goes. */
export const PART = [
  concept('it comes and goes', {
    en: [
      'intermittent*|sporadic*|occasional*|flapping|flaky|randomly|temporarily|partial|partially|partly|unstable',
      'on and off',
      'from time to time',
      'at times',
      'now and then|again',
    ],
    ja: [
      '断続的',
      '間欠',
      '不安定',
      '時々',
      'ときどき',
      'たまに',
      '(つなが|繋が)りに(くい|くく)',
      '(し|アクセスし|接続し)(づら|にく|辛)(い|く)',
    ],
  }),
  concept('only some are hit', {
    en: [
      'some|several|certain|few|many|multiple|most|part|parts|portion|subset|various|handful|numerous|selected|specific|limited|brief of~ our|the|these|us|eu|uk|de|its~ ... users?|customers?|clients?|visitors?|tenants?|regions?|services?|sites?|systems?|endpoints?|accounts?|nodes?|pods?|servers?|zones?|clusters?|shards?|instances?|requests?|shoppers?|shops?|stores?|devices?|databases?|queues?|workers?|people|players|merchants|students|hosts?|connections?|products?|pages?|subscribers|organi[sz]ations|workspaces?|projects|websites|apps|repositories|calls|agents|runners|members|teams|attempts|locations|countries|outages|employees',
      'not all',
      'subset|minority',
      'some|part of',
      'half of|the a~',
      'but some|others?',
      'up|fine|ok|works for most',
      'legacy|free|trial|enterprise|beta|premium|paid plan|tier|customers|users|accounts|plans',
      'customers|users|clients|those|anyone|people of|on|with|behind one|a|an|the single|certain|some|legacy|old|ipv6|ipv4',
      'corporate|company|office network|networks|proxy|users',
      'one isp|carrier|operator|provider|customer|tenant|shop|client|bank|issuer',
    ],
    ja: ['一部', '特定の', '数(社|件|名|台)', '部分的', '複数の(お客様|ユーザー|サーバー|サービス|拠点)'],
  }),
  concept('one kind of client', {
    en: [
      'only on|in|for|affects?|affecting|users|customers|from|via|over|when|with',
      '(?:eu|us|uk|mobile|ios|android|desktop|chrome|safari|firefox|edge|ipv6|ipv4|windows|linux|macos|enterprise|free|trial|web) only',
      'on|the|for|in|of~ android|ios|iphone|ipad|safari|firefox|chrome|edge|windows|macos|linux|mobile|desktop|ipv6|ipv4|arm64|s390x app|apps|client|clients|browser|users|agents|agent|runners|devices|version|shows?|crash*',
      'android|ios ... fail*|cannot|crash*|white|broken|not|blank',
      'on|in|for|with android|ios|iphones?|ipads?|safari|firefox|chrome|edge|windows|macos|linux|ipv6|ipv4',
      'mobile|desktop|native app|apps|client|clients',
      'pop3|imap|smtp|websocket|websockets|ipv6|v1|v2|legacy ... not|fail*|down|cannot|rejected|unavailable|disconnect*|returns?|broken|unreachable|502|503|500',
      '(?:to|from) outlook|gmail|hotmail|yahoo|icloud|microsoft',
    ],
    ja: [
      '(iOS|Android|ios|android|アプリ|Safari|safari|Chrome|chrome|スマホ|モバイル|Windows|windows|POP3|pop3|IPv6|ipv6)(版|アプリ|端末)?(のみ|だけ|で(は)?)',
      'のみ',
      '(?<!いた)だけ(?!で|ま)',
    ],
  }),
  concept('a raised rate of failures', {
    en: [
      'high|higher|increased|elevated|raised|rising|growing|increase|increasing|spike|spikes|surge|rise rates?|number|numbers|levels?|amount|counts? of~ ... errors?|failures?|5xx|timeouts?|rejections|500s|502s|503s|failed|failing|exceptions',
      'high|higher|increased|elevated|raised|many|more|lots|spike|surge|increase of|in~ http|api|server|tcp|dns|error|failure|5xx~ errors?|error|failures?|failure|5xx|500s|502s|503s|timeouts|exceptions rates?|responses|ratio|count~',
      'error|failure rates? ... up|elevated|increased|rising|high|rose|jumped|climbing|above',
      'errors|failures ... increased|rising|elevated|spiking|climbing',
      '404 and 50\\d|5xx',
    ],
    ja: ['エラー(率)?が(増|多発|上昇|急増)', '(多発|頻発|増加)し'],
  }),
  concept('a number of parts is named', {
    en: [
      `one|two|three|four|five|six|seven|eight|nine|ten|half|1|(?<![,.])(?!50\\d|404)\\d+|several|multiple out~ of~ the|our|\\d+|two|three|four|five|ten~ ... (?:${PIECES}) (?:is|are|was|were|went|fail*|down|unreachable|crash*|malfunction*|offline|gone|cannot|died|lost|out|disappeared|unavailable)`,
      `one|two|three|four|five|six|seven|eight|nine|ten|\\d+ out~ of the|our~ \\d+|two|three|four|five|ten~ ... (?:${PIECES})`,
      `two|three|four|five|six|seven|eight|nine|ten|[2-9]|(?!50\\d|404)[1-9]\\d{1,4} .. (?:${PIECES})`,
      'half a|the rack|cluster|fleet|servers|nodes',
      'a|one switch|replica|node|disk|shard|pod|host|broker|worker',
      'read replica',
    ],
    ja: ['\\d+(台|店舗|拠点|社|サイト|ノード)'],
  }),
] as const

/** So few that it is a nuisance. */
export const FEW = [
  concept('a small share is hit', {
    en: [
      'very~ small|tiny|minor|low|limited percentage|number|fraction|share|portion|subset|amount of~',
      'very~ few requests?|customers?|users?|runs|jobs|calls|people|clients|accounts',
      'handful of',
      'occasional* errors?|failures?|5\\d\\ds?|timeouts?|slow*',
      'fraction of',
      'small|minor impact',
      'a|one short|brief|small spike|blip|burst',
      'slight*',
    ],
    ja: ['ごく(一部|わずか|少数)', 'わずか', '軽微', '少数の'],
  }),
] as const
