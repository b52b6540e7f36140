/** Words for something that does not work at all, for everybody or for some. */
import { entry } from './entry.ts'

/** Down, whatever it is. */
export const DOWN = [
  entry(
    /\b(?:stopped|no longer|not) (?:resolving|serving|responding|answering)\b|\bconnection refused\b|\b(?:loss|lack) of service\b|\bno healthy (?:backends?|hosts?|nodes?)\b|\bhard down\b|\bmaintenance page\b|\berror page instead\b|\brefuses? to open\b/,
    'it cannot be reached',
  ),
  entry(
    /\b(?:cluster|database|server|site|service|platform|system)s? (?:is|are|was|were)? ?(?:gone|died|dead)\b|\b(?:primary|main|core) \w+ (?:died|is dead|crashed)\b/,
    'it is down',
  ),
  entry(
    /\b(?:is|are|was|were|went|goes|gone|been|being|still|completely|totally|site|service|server|api|all|everything) (?:currently |completely |totally |entirely |still |all |hard )?(?:down|offline|dead|dark)\b/,
    'it is down',
  ),
  entry(/\bdown (?:for|since|again|globally|after|hard|due)\b|^[\w .'-]{2,40} down$|^down\b/, 'it is down'),
  entry(/\boutages?\b|\btak(?:ing|en|e) down\b|\btook down\b|\bmalfunction\w*\b|\bblackout\b/, 'an outage'),
  entry(
    /\b(?:is|are|was|were|became|becomes?|remains?|currently|completely) (?:currently |completely |totally |entirely |fully )?(?:un(?:available|reachable|responsive|usable)|inaccessible|not (?:available|reachable|accessible|responding|loading|working|operational))\b|\bunreachable\b/,
    'it cannot be reached',
  ),
  entry(
    /\b(?:returns?|returning|serves?|serving|shows?|answer\w*|only|gives?|throws?|responds?|nothing but)\b[^.]{0,24}\b(?:50[0234]|bad gateway|service unavailable|internal server error|gateway time-?out)/,
    'it answers with server errors',
  ),
  entry(
    /\b(?:server error|http) 50[0234]\b|^50[0234]s? (?:on|for|from|across)\b|\b(?:50[0234]|5xx) (?:errors? )?(?:on|for|from|across) (?:all|every|the (?:production|prod|main|whole))/,
    'it answers with server errors',
  ),
  entry(
    /\b(?:does ?n[o']t|won't|not|fails? to|cannot|can't) (?:load|open|respond|start|come up|boot) at all\b|\bcompletely (?:lost|broken|gone|failed)\b|\bcrash(?:ed|es|ing)?[ -]?loop\w*|\b(?:refuses?|rejects?) (?:all )?(?:writes|connections|requests)\b/,
    'it does not run',
  ),
  entry(
    /\b(?:nothing|nobody|no one|no-one|none of) [\w ]{0,20}(?:usable|works|loads|responds|can (?:be |)(?:access\w*|reach\w*|use|open|load|connect|get in)\b)/,
    'nobody can use it',
  ),
  entry(
    /停止(?:し|中|状態)|ダウン|落ちて|接続できず|接続できない|つながらない|繋がらない|アクセスできない|アクセスできません|アクセス不可|表示不可|利用できない|利用できません|使えない|使えません|全断|障害(?:が)?発生|サービス障害/,
    'it is down',
  ),
] as const

/** Everybody is hit. */
export const EVERYBODY = [
  entry(
    /\b(?:every|all) (?:page|pages|visitors?|regions?|endpoints?|click|clicks|screen|screens|store|stores|sites?)\b|\bno (?:customers?|users?|visitors?|one) can\b|\b(?:anything|everything)\b/,
    'everybody is hit',
  ),
  entry(
    /\b(?:for|to|affects?|affecting|impacts?|impacting|hits?|hitting|by)? ?(?:all|every) (?:of )?(?:our |the |its )?(?:users?|customers?|clients?|visitors?|tenants?|regions?|requests?|traffic|services|products|systems|sites|properties|components|endpoints|accounts|production|students|merchants|players)\b/,
    'everybody is hit',
  ),
  entry(
    /\b(?:everyone|everybody|globally|worldwide|world-wide|site-?wide|company-?wide|platform-?wide|across the board|nobody|no one|no-one)\b|\bglobal(?:ly)? outage\b|\bwhole (?:site|service|platform|app|product|company)\b|\bentire (?:site|service|platform|app|product|company|system|fleet)\b/,
    'everybody is hit',
  ),
  entry(
    /\b(?:total|complete|full|major) (?:service )?(?:outage|loss|failure|downtime|blackout)\b|\b(?:completely|totally|entirely|fully) (?:down|unavailable|unusable|lost|offline|inaccessible)\b|\bnothing (?:usable|works|loads)\b|\btaking down all\b|\btook (?:everything|all of|the whole)\b/,
    'it is total',
  ),
  entry(
    /全(?:ユーザー?|員|顧客|サービス|システム|拠点|機能|面|断|会員|利用者|リージョン)|すべての|全ての|誰も/,
    'everybody is hit',
  ),
] as const

/** Only a part: a region, some people, one kind of client, one of several. */
export const PART = [
  entry(
    /\b(?:some|several|certain|a few|few|many|multiple|most|part|parts|portion|subset|a number|various|handful|limited number|small number|numerous|numerous brief) (?:of )?(?:our |the |these |us |eu |uk |de |of )*(?:\w+ )?(?:users?|customers?|clients?|visitors?|tenants?|regions?|services?|sites?|systems?|endpoints?|accounts?|nodes?|pods?|servers?|zones?|datacent(?:er|re)s?|clusters?|shards?|instances?|requests?|shoppers|shops?|stores?|devices?|databases?|queues?|workers?|people|players|merchants|students|hosts?|connections?)\b/,
    'only some are hit',
  ),
  entry(
    /\bnot all\b|\bpartial(?:ly)?\b|\bintermittent(?:ly)?\b|\bsporadic(?:ally)?\b|\boccasional(?:ly)?\b|\bon and off\b|\bflapping\b|\bsubset\b|\bat times\b|\bfrom time to time\b/,
    'it is partial or comes and goes',
  ),
  entry(
    /\b(?:eu|us|uk|apac|emea|asia|europe|european|america|american|australia|japan|tokyo|osaka|singapore|frankfurt|london|dublin|ireland|virginia|oregon|ohio|mumbai|sydney|paris|amsterdam|seoul|brazil|india|germany|canada|north america|eqiad|codfw|us-?(?:east|west)(?:-?\d)?|eu-?(?:central|west|north|south)(?:-?\d[a-z]?)?|ap-?(?:northeast|southeast|south)(?:-?\d[a-z]?)?|[a-z]{2}-[a-z]+-\d[a-z]?)\b(?= |:|,|$|\)|;)/,
    'one region is named',
  ),
  entry(
    /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:of (?:the |our )?(?:\w+ )?)?(?:production |prod |backend |web |edge |our )*(?:regions?|zones?|datacent(?:er|re)s?|data cent(?:er|re)s?|nodes?|pods?|servers?|sites?|clusters?|shards?|tenants?|customers?|hosts?|instances?|replicas?|availability zones?|routers?|racks?|shops?)\b/,
    'a number of parts is named',
  ),
  entry(
    /\bonly (?:on|in|for|affects?|affecting|the|users|customers|from|via|over|when|with)\b|\b(?:android|ios|iphone|safari|firefox|chrome|mobile|desktop|windows|macos|linux|ipv6|ipv4|pop3|imap|smtp|s390x|arm64) ?(?:app |client |browser |users? |clients? )?(?:only|users?|clients?)\b|\b(?:eu|us|mobile|ios|android|enterprise|free|trial)[ -]only\b/,
    'one kind of client or place',
  ),
  entry(
    /\bhigh(?:er)? rate of\b|\bincreased (?:rate|number) of\b|\belevated (?:rate|number|errors?|failures?)\b|\berror rates? (?:is|are|has|have)? ?(?:up|elevated|increased|rising)\b/,
    'a raised rate of failures',
  ),
  entry(
    /一部|断続的|間欠|リージョン|拠点のみ|のみ|だけ|特定の|地域|東日本|西日本|不安定|つながりにくい|繋がりにくい|つながりにくく|しづらい|しにくい/,
    'only a part is hit',
  ),
] as const
