/** Words for what wakes nobody: looks, documents, wishes, plans; and for slowness. */
import { entry } from './entry.ts'

export const COSMETIC = [
  entry(
    /\b(?:typos?|misspell\w*|mis-?spelt|spelling|grammar|wording|capitali[sz]\w+|copyright year|punctuation|pluralisation|pluralization)\b|\b(?:says?|reads?|labell?ed|titled|shows?|spelled)\s*:?\s*"[^"]{1,60}"(?:,? (?:instead|should|and not|rather|in place)|$|[.)])|"[^"]{1,60}" (?:at|in|on|should)\b[^.]*\bshould (?:be|read|say)\b|\bshould (?:be|read|say) "|\bsays? "/,
    'a wrong text',
  ),
  entry(
    /\b(?:mis-?align\w*|alignment|off-?cent(?:er|re)\w*|off by (?:a |one |\d+ ?)?(?:pixels?|px)|pixels?|padding|margins?|spacing|overlap\w*|overflows?|cut off|cropped|clipped|truncated (?:text|label|title|on)|too (?:small|large|big|wide|narrow)|wraps?|indent\w*|offset|layout|squished|stretched|z-?index|jagged|blurry|pixelated)\b/,
    'a matter of layout',
  ),
  entry(
    /\b(?:colou?rs?|fonts?|icons?|logos?|favicons?|contrast|dark (?:mode|theme)|light (?:mode|theme|grey|gray)|themes?|tooltips?|hover|shade|border|shadow|animation|emoji|avatar|placeholder|barely (?:be )?(?:seen|visible|readable)|hard to read|unreadable text|ugly|flicker\w*|scroll ?bars?)\b/,
    'a matter of looks',
  ),
  entry(
    /誤字|脱字|誤植|文言|表記(?:ゆれ|揺れ|の)|レイアウト|表示(?:が)?(?:崩れ|ずれ|ズレ)|ずれて|ズレ|余白|アイコン|フォント|配色|文字色|見切れ|重なって/,
    'a matter of looks',
  ),
] as const

export const DOCUMENT = [
  entry(
    /\b(?:docs?|documentation|readme(?:\.md)?|user guides?|guides?|manuals?|tutorials?|changelogs?|release notes|faq|help (?:pages?|articles?|cent(?:er|re) articles?)|wiki|javadocs?|docstrings?|man pages?|knowledge base|quick ?start|getting started|code (?:samples?|examples?|comments?)|api reference|instructions|contributing\.md|runbook (?:page|link|step))\b/,
    'it is about documents',
  ),
  entry(
    /readme|ドキュメント|マニュアル|手順書|ヘルプページ|説明書|ガイド|仕様書|リファレンス|解説記事/,
    'it is about documents',
  ),
] as const

export const DOCUMENT_WRONG = [
  entry(
    /\b(?:outdated|out of date|obsolete|stale|wrong(?:ly)?|incorrect(?:ly)?|mistakes?|errors?|typos?|missing|broken|dead|404|403|unclear|confusing|misleading|does(?:n't| not) (?:mention|match|exist|describe|explain|work)|no longer (?:match|exist|valid|work)\w*|still (?:mentions?|refers?|says|shows|describes?|lists?)|refers? to (?:a |an |the )?(?:old|removed|non-?existent|wrong|deprecated)|not (?:documented|mentioned|explained|updated|up to date)|undocumented|lacks?|inconsistent|typo|misspel\w+|duplicated|incomplete|deprecated|mentions? the (?:old|wrong)|bad link|renders?)\b/,
    'the document is wrong',
  ),
  entry(
    /古い|間違い|間違って|誤り|誤って|誤字|記載(?:が|漏れ|ミス|され)|不足|崩れ|リンク切れ|リンクが|更新されていない|抜けて|説明がない|わかりにくい/,
    'the document is wrong',
  ),
] as const

export const WISH = [
  entry(
    /\b(?:feature|enhancement) requests?\b|\b(?:it )?would (?:be (?:\w+ )?(?:nice|great|good|helpful|useful|cool|handy|awesome|lovely|better)|love|like (?:to (?:have|see|be able)|a|an|the)|save|help (?:a lot|if|us|me)|appreciate|prefer)\b|\bnice to have\b|\bplease (?:add|support|allow|consider|make it possible|provide|include|implement|let)\b|\b(?:wish|wishlist|suggestion|proposal|idea|rfc)\b|\bany (?:plans?|chance)\b|\bis (?:it|there) (?:possible|a way) to\b|\bcan (?:we|you) (?:please )?(?:have|add|get|make|support|include)\b|\bcould (?:we|you) (?:please )?(?:add|have|support|get|make)\b|\b(?:we|i|users?) (?:want|need|would like) (?:a|an|to be able|the ability|support|an option)\b/,
    'it is a wish',
  ),
  entry(
    /^(?:\[?(?:feature|feat|enhancement|request|improvement|proposal|idea)\]?:? ?)?(?:add|create|support|allow|implement|introduce|provide|enable|improve|make|let|offer|include|extend|expose|show|display|integrate|migrate|upgrade|rename|replace|refactor|remove|consider|bump|increase|reduce|set up|switch)\b(?! (?:chat|desk|tickets?|team|staff|portal|line|phone|cent(?:er|re)|fails?|failed|is|are|was|button|link|page|not|does|stopped|returns?|broken|calls?|requests?|api))/,
    'it asks for something new',
  ),
  entry(
    /^(?:[\w ]{2,40}) should (?:\w+ )?(?:show|support|allow|have|be able|offer|include|display|let|provide|send|remember|use|be (?:configurable|sortable|searchable|optional|possible|shown|faster|added))\b|\b(?:ability|option|possibility|support) (?:to|for)\b(?=[^.]*(?:missing|wanted|please|would|needed|$))/,
    'it asks for something new',
  ),
  entry(
    /(?:して|て|が|も)(?:ほしい|欲しい)|要望|追加(?:して|希望|を希望|したい|をお願い)|できるように(?:して|したい|なると)|改善(?:要望|提案|して)|機能(?:追加|要望)|対応(?:して(?:ほしい|いただ)|希望)|あると(?:便利|嬉しい|うれしい|助か)|検討(?:して|を)|提案/,
    'it is a wish',
  ),
] as const

export const PLANNED = [
  entry(
    /\b(?:please ignore|ignore this|just testing|test (?:message|alert|page))\b|\bmaintenance (?:on|of|this|next|from|planned|scheduled)\b|\bphishing (?:training|simulation)\b/,
    'nothing is broken',
  ),
  entry(
    /\b(?:planned|scheduled|upcoming) (?:maintenance|downtime|outage|work|upgrade|restart|reboot|migration|release)\b|\bmaintenance window\b|\bwill be (?:restarted|upgraded|rebooted|migrated|unavailable|performing)\b[^.]*\b(?:on|at|tomorrow|next|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|メンテナンス(?:を)?(?:予定|実施(?:予定|します)|のお知らせ)|計画(?:停止|メンテ)/,
    'it is planned',
  ),
] as const

/** Slow by more than half, in words. */
export const VERY_SLOW = [
  entry(
    /\b(?:extremely|severely|very|unusably|painfully|massively|significantly|dramatically|drastically|terribly) (?:slow|degraded|high latency|delayed|long)\b|\b(?:severe|massive|significant|huge|major|extreme) (?:slow\w*|latency|degradation|delays?|performance)\b|\bslow to (?:the point|a crawl)\b|\bcrawl(?:ing)?\b|\balmost (?:unusable|all)\b|\bbarely (?:usable|responsive|works?)\b|\btakes? (?:over |more than |about |up to )?(?:\d{2,} ?s(?:ec\w*)?|\d+ minutes|a minute|half a minute|minutes) (?:to (?:load|open|answer|respond)|per |now\b)|\bevery (?:click|page|request|query) takes\b|\bmost (?:of the )?(?:requests?|calls?|queries|logins?|jobs?|builds?) (?:are |is )?(?:fail\w*|time? ?out|timing out|slow)/,
    'it is very slow or mostly failing',
  ),
  entry(
    /大幅(?:に|な)[^。]{0,12}(?:遅|時間|低下|遅延)|著しく|極端に|非常に(?:遅|重|時間)|かなり(?:遅|重)|ほとんど(?:の)?[^。]{0,10}(?:失敗|タイムアウト|エラー)/,
    'it is very slow',
  ),
] as const

export const SLOW = [
  entry(
    /\b(?:slow(?:er|ly|ness|down)?|sluggish|latency|latencies|lag(?:s|gy|ging)?|delay(?:s|ed|ing)?|degrad\w+|performance (?:issues?|problems?|degradation)|takes? (?:too |very )?long\w*|(?:minutes?|hours?|seconds?) late|arrive\w* late|long (?:load|response|wait) times?|high (?:load|cpu|latency)|backlog|behind|queue(?:d|ing)? up|throttl\w+|elevated (?:latency|response|errors?|error rates?)|response times?|higher latency)\b/,
    'it is slow or delayed',
  ),
  entry(
    /\bsmall (?:percentage|number|fraction|share|portion|subset)\b|\bfew (?:requests?|customers?|users?)\b|\boccasional(?:ly)? (?:errors?|failures?|5\d\ds?|timeouts?)\b|\ba (?:minority|fraction) of\b/,
    'a small share is hit',
  ),
  entry(
    /遅い|遅く|遅延|重い|重く|重たい|もたつ|時間がかか|レスポンス|応答が(?:遅|悪)|低下|滞留|動作が鈍/,
    'it is slow or delayed',
  ),
] as const

export const RECOVERED = [
  entry(
    /\b(?:recovered|resolved|fixed|restored|mitigated|back (?:up|online|to normal)|works again|working again|is over)\b|復旧(?:しました|済)|解消(?:しました|済)|回復/,
    'it has recovered',
  ),
] as const
