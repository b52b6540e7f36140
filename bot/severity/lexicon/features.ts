/** Features, and words for one that fails. */
import { entry } from './entry.ts'

/** Without these a product does not do its job (the labelling rule's list, in the words people use). */
export const KEY = [
  entry(
    /\b(?:log ?-?ins?|log(?:s|ging)? ?-?in|sign(?:ing|s)?[ -]?ins?|sso|single sign-on|auth|oauth|authentication|okta|2fa|mfa|passkeys?|otp)\b|ログイン|サインイン|認証/,
    'signing in',
  ),
  entry(
    /\b(?:check ?out|checkouts?|check out|payments?|pay|paying|cards?|purchas\w+|orders?|ordering|billing|transactions?|cart|subscribe|booking|bookings)\b|決済|支払|購入|注文(?!確認)|カート|予約/,
    'buying and paying',
  ),
  entry(
    /\b(?:publish\w*|posting|deploy(?:s|ing|ments?)? (?:are|is|fail)|releases? (?:are|fail))\b|公開(?:できない|できません|機能)|投稿/,
    'publishing',
  ),
  entry(/\buploads?(?:ing)?\b|アップロード/, 'uploading'),
  entry(
    /\b(?:sign(?:ing)?[ -]?ups?|registrations?|register(?:ing)?|registry|onboarding|create (?:an |new )?accounts?|account creation|new user)\b|新規登録|会員登録|登録/,
    'signing up',
  ),
  entry(
    /\b(?:password (?:reset|recovery)|reset (?:the |their |your )?password|confirmation e?-?mails?|verification e?-?mails?|activation e?-?mails?)\b|パスワード(?:再設定|リセット)|確認メール/,
    'mail that people need to get in',
  ),
  entry(
    /\b(?:the |our |product |site )?search (?:is|are|has|not|returns nothing|does|fails?|down|broken|unavailable|page (?:is )?down|function\w* (?:is )?(?:down|broken))\b|検索(?:でき|機能|が)/,
    'the search',
  ),
  entry(
    /\b(?:incoming|outgoing|inbound|outbound|phone|voice) calls?\b|\bhome ?page\b|\blanding page\b|\bci jobs?\b|\bbuild queue\b|\bpipelines?\b|\badd-?ons\b|\bsend(?:ing)? (?:or receiv\w+ )?(?:messages?|emails?|mail)\b|\breceiv\w+ (?:messages?|emails?|mail)\b|\bapi keys?\b|\bwebhooks? deliver\w*\b|メール送受信|通話/,
    'what the product is for',
  ),
] as const

/** It fails, whatever it is. */
export const FAILS = [
  entry(
    /\b(?:returns? nothing|no results|connection errors?|time-?outs?|loops?|get(?:s)? (?:a |an )?(?:\w+ )?errors?|cannot|nobody gets|not processed|not sent|have stopped|has stopped|stopped)\b/,
    'it fails',
  ),
  entry(
    /\b(?:fail(?:s|ed|ing|ure|ures)?|broken|not work(?:ing|s)?|doesn't work|does not work|don't work|stopped working|no longer works?|impossible|unable to|can ?not|can't|cannot|couldn't|could not|blocked|rejected|errors?(?: out)?|returns? (?:an )?error|crash(?:es|ed|ing)?|down|unavailable|hangs?|stuck|times? ?out|timing out|never (?:arrives?|completes?|finish\w*)|not (?:being )?(?:sent|delivered|received|processed|saved|loading)|500|502|503|504|404|nobody can|no one can|0 could|none could|out of order|disabled|refused|declined|expired|does nothing|fails to render)\b/,
    'it fails',
  ),
  entry(
    /できない|できません|できず|失敗|エラー|不可|動かない|動作しない|機能しない|届かない|届きません|送信されない|配信されていない|500|502|503|504/,
    'it fails',
  ),
] as const

/** Nobody gets anything out of what the thing is for. */
export const CORE_BLOCKED = [
  entry(
    /\b(?:all|any|every|no|none of the) (?:\w+ ){0,3}(?:jobs?|builds?|images?|agents?|pods?|prs?|pull requests?|deploy\w*|pipelines?|merges?|runs?|tests?|releases?|notebooks?|sessions?|calls?|messages?|emails?|orders?|payments?|uploads?)\b[^.]{0,60}\b(?:fail\w*|stuck|blocked|pending|hang\w*|merge|start\w*|launch\w*|broken|not)\b/,
    'all of its work is blocked',
  ),
  entry(
    /\b(?:unable to|can ?not|can't|cannot|fails? to|failing to|impossible to|not able to) (?:\w+ ){0,2}(?:start|launch|run|build|merge|deploy|schedule|spawn|create|make|send|receive|place|submit|save|connect|access|process|push|pull|clone|book|order|pay|play|print|ship|join)\w* (?:\w+ ){0,3}(?:any|all|new|or|calls?|messages?|emails?|orders?|jobs?|builds?|images?|agents?|sessions?|meetings?|tickets?|packages?)\b/,
    'what it is for cannot be done',
  ),
  entry(
    /\b(?:build|job|order|message) queues? (?:is|are) (?:growing|stuck|blocked|backing up)\b|\bno (?:pr|pull request|build|job|order)s? can\b|\b0 (?:could|can|succeed)/,
    'its work piles up',
  ),
] as const

/** A feature that people can do without for a while: what fails and is nothing bigger. */
export const BROKEN = [
  entry(
    /\b(?:no effect|stopped|late|wrong|rotated|twice|two (?:clicks|steps)|leads? to|never|lost|fails?|helps|regress\w*|not (?:sent|processed|sorted|kept))\b|正しくない|誤って|機能しない|ずれる|止まって/,
    'something does not work',
  ),
  entry(
    /\b(?:does ?n[o']t|do ?n[o']t|did ?n[o']t|is ?n[o']t|are ?n[o']t|won't|not) (?:\w+ ){0,3}(?:work|apply|save|update|load|show|display|do|open|appear|render|refresh|sync|respond|fire|trigger|export|import|download|send|sent|delivered|sort|filter|react|shown|saved|anything|playing|playable)\w*\b/,
    'something does not work',
  ),
  entry(
    /\b(?:ignored?|incorrect(?:ly)?|wrong(?:ly)?|missing|disappear\w*|vanish\w*|duplicated?|twice|stale|outdated|unexpected\w*|inconsistent|empty|blank|reloads?|resets?|freez\w*|stuck|broken|fail\w*|error\w*|crash\w*|unreachable|bug|delayed|404|403|500|dead link|not found|unable|cannot|can't|does nothing|gone)\b/,
    'something does not work',
  ),
  entry(
    /できない|できません|されない|されません|動かない|反応しない|失敗|エラー|不具合|おかしい|バグ|届かない|消える|表示されない/,
    'something does not work',
  ),
] as const

/** Another way to get it done. */
export const WORKAROUND = [
  entry(
    /\b(?:re-?connecting|switching|disabling|waiting|pressing|resizing|logging out|reinstalling|re-?saving)\b[^.]{0,50}\b(?:helps?|works?|fixes|solves)\b|\bcan be (?:used|generated|done|created|sent|downloaded|exported|edited|reset) (?:by hand|manually|instead|meanwhile|from|via|through)\b|\bby hand\b|\bit works (?:through|via|from|on|in)\b/,
    'it works another way',
  ),
  entry(
    /\bwork-?around\b(?! (?:is |are )?(?:not|none|unknown))|\bworks? around\b|\bfor now,? (?:use|please|you can|we)\b|\bin the meantime\b|\bas a temporary (?:fix|measure)\b/,
    'a workaround is named',
  ),
  entry(
    /\b(?:works?|working|fine|usable|succeeds?|possible|ok) (?:\w+ ){0,3}(?:via|through|over|using|when (?:connecting|using|you|opening)|by (?:\w+ing)|if (?:you|they|one)|with a different|in (?:incognito|another|a different)|from (?:another|a different|the))\b|\bwhen (?:connecting|using|opened) (?:via|in|with|through) [^.]{0,40}\b(?:works?|fine)\b/,
    'it works another way',
  ),
  entry(
    /\b(?:using|use) (?:the |a |an )?[\w -]{2,30} (?:instead|makes it|works|solves|helps|fixes)\b|\binstead\b(?<!instead of)(?! of)|\b(?:users?|people|customers?|you|they|one|we) can (?:still |also )?(?:\w+ )?(?:from|via|through|by|use|using|do|retry|reload|refresh|download|reset|log|access)\b/,
    'it can be done another way',
  ),
  entry(
    /\b(?:retry\w*|re-?trying|reload\w*|refresh\w*|restart\w*|re-?open\w*|clear(?:s|ing)?|purg(?:e|es|ing)|re-?log\w*|logging (?:out|in) again|toggl\w+|resizing|second (?:try|attempt))\b[^.]{0,60}\b(?:works?|helps?|fix(?:es)?|solves?|success\w*|brings?|back|again|cache|resolves?)\b|\b(?:until|unless) (?:the |a |you |they )?(?:user|users|page|you|they|cache|one|we)?\s*(?:\w+ )?(?:purges?|clears?|refresh\w*|reload\w*|restart\w*|log\w* (?:out|in))|\bonly (?:a )?(?:refresh|reload|restart)\b/,
    'doing it again helps',
  ),
  entry(
    /回避策|代わりに|代替|別(?:の)?(?:ページ|画面|ブラウザ|方法|経路)(?:から|では|で|を)|から(?:は)?(?:編集|操作|再送|利用|確認|ダウンロード|アクセス)(?:でき|可能)|再(?:読み?込み?|起動|試行|送|ログイン)[^。]{0,12}(?:すれば|すると|で(?:き|解消|復旧|表示)|できます|可能)|すれば(?:使える|表示|利用|動作|直る|解消)/,
    'it can be done another way',
  ),
] as const
