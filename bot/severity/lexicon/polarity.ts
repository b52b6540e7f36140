/** Words that take back: what is denied, what is said to be well, other environments; and words of doubt. */

/** What can be denied. */
const BAD =
  'data[ -]?loss|loss(?:es)?|lost|leak\\w*|breach\\w*|compromis\\w*|affect\\w*|impact\\w*|expos\\w*|evidence|indications?|signs?|traces?|outages?|down|downtime|vulnerable|access(?:ed)?|tamper\\w*|stolen|misuse\\w*|errors?|issues?|problems?|failures?|disruptions?|interruptions?|corrupt\\w*|deleted|missing|fraud|unauthori[sz]ed access|security (?:breach|incident)'

/** "no data loss or breach", "nothing was lost", "there is no sign that data was accessed": to the end of the statement. */
export const DENIAL = new RegExp(
  `\\b(?:there (?:is|are|was|were|has been) )?(?:no|not any|without(?: any)?|zero|neither|nor|never any|nothing|none|did not|does not|do not|was not|were not|is not|are not|has not|have not|isn't|aren't|wasn't|weren't|didn't|doesn't|hasn't|haven't|not)(?: (?!longer|able|only|one|user|customer|yet available|respond|reachable|work|load|available|mail|phone|backup|copy|healthy|orders?\\b)[\\w'-]+){0,4}? (?:${BAD})\\b(?:(?:,| or| and|, or|, nor| nor) (?:[\\w'-]+ ){0,3}?(?:${BAD})\\b)*(?: (?:that|of|to|on|in|for|at|by|with) [^.;,]*)?`,
  'g',
)
export const DENIAL_JA =
  /[^。、\n]{0,24}(?:は|も|が|の)?(?:確認され(?:て(?:いません|おりません|いない)|ず)|認められ(?:ません|て(?:いません|いない)|ない)|発生して(?:いません|おりません|いない)|(?:損失|消失|漏えい|漏洩|流出|被害|影響|障害|停止|欠損|形跡|異常|問題)(?:は|も|が)?(?:特に|一切)?(?:ありません|ない|なし|無し|ございません|見られません|受けて(?:いません|いない|おりません)))/g

/** A part of a sentence that says that something is well. */
export const FINE =
  /\b(?:(?:is|are|was|were|appears? to be|remains?|seems?|keeps?|still|stays?) (?:all )?(?:un(?:affected|impacted)|not (?:affected|impacted)|fine|ok(?:ay)?|healthy|normal|intact|safe|up(?! \d| to| by)|online|good|available|operational|running)|unaffected|(?:is|are) not affected|everything else|(?:works?|working|worked|runs?|operat\w+|loads?|builds?|functions?) (?:fine|normally|well|perfectly|properly|ok(?:ay)?|as (?:expected|usual))|(?:still|also|keeps?|kept|continues? to|continue) (?:works?|working|work|serves?|operat\w+|function\w*)|continue\w* (?:successfully|normally)|(?:web|ios|android|v2|imap|https) (?:ok|okay|fine|works?))\b|正常(?:に|です|に動)|影響を?受け(?:ません|ない)|問題(?:な(?:し|く|い)|ありません)|利用可能|は可能/

/** Not production. */
export const ELSEWHERE =
  /\b(?:(?:staging|sandbox|qa|uat|pre-?prod)\b(?! (?:area|deploy))|(?:test|stage|dev|development|demo|preview|canary|local|testing) (?:servers?|env\w*|sites?|systems?|clusters?|instances?|deployments?|databases?|machines?|db|slots?)\b)|ステージング|検証環境|テスト(?:環境|サーバー)/
export const PRODUCTION = /\b(?:(?<!pre-)prod|production|live)\b|本番/

export const HEDGE =
  /\b(?:may|might|possibly|perhaps|maybe|could be|could have|seems?|appears?|suspect\w*|unclear|not sure|probably|potential(?:ly)?|approximately|about|roughly|around|estimate\w*|reportedly|likely|looks like|i think|not confirmed)\b|可能性|かもしれ|おそれ|恐れ|らしい|ようです|疑い|模様|推定/

/** Words that mean something else than they say here. */
export const IDIOMS =
  /\b(?:drop-?down|drop down|scroll(?:s|ed|ing)? down|count ?down|break(?:s|ing)? down by|down to|went down to|write-?down|markdown|touch down|pull(?:s|ed)? down menu|cool down|down payment|hand-me-down|go(?:es|ing)? down the drain|spin(?:s|ning)? up|down the drain|death note|error message|error messages|error page for|failed-?login(?:s)?|failed logins?|crash reports?|status page|the error|bug ?fix(?:es)?|issue tracker|issue page|incident bot|incident page|outage page|fail-?over|failover|time zone|timeout setting|session timeout|error log)\b/g
