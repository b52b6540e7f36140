/** Words for secrets and people's data in the wrong hands, and for talk of security where nothing is exposed. */
import { concept } from './phrase.ts'

const SECRET =
  'credentials?|secrets?|tokens?|passwords?|passphrases?|(?:api|access|private|ssh|secret|signing|encryption|aws|deploy|licen[cs]e|s3|gpg|pgp)\\s?keys?|apikeys?|keys|pats?|pii|gdpr|ssns?|cookies|dumps?|bucket|hashes'
const PERSONAL =
  "(?:personal|private|customers?'?|users?'?|client|patient|patients?'?|card|credit|payment|medical|health|sensitive|confidential|member|members?'?|employee|internal|billing|bank|tenant|student|students'?)"
const INFO =
  '(?:data|information|info|records?|details|emails?|e-mails?|addresses|numbers?|messages?|statements?|lists?|files?|documents?|repositories|invoices?|profiles?|conversations?|logs?|cards?|accounts?)'
const OUT =
  'leak|leaks|leaked|leaking|leakage|exposed|exposes|exposing|exposure|disclosed|disclosing|disclosure|published|publicly|public|stolen|exfiltrat*|world-readable|dumped|compromis*|accessible|readable|visible|viewable|downloadable|committed|pushed|posted|sold|guessable|plaintext|plain-text|cleartext|unencrypted|indexed|shared|revealed|reveals|revealing|stealer|harvested|breached|accessed|phished'

export const BREACH = [
  concept('somebody got in', {
    en: [
      'attackers?|hackers?|hacked|intruders?|intrusion|adversar*|pwned|backdoor*|backdoored|hijacker*|defac*|exfiltrat*|breached|infiltrat*|burglar*',
      'threat|bad|malicious actors?|insider',
      'was|were|been|got|get|is|are|being|be|have compromised|hijacked|breached|taken|infected|hacked',
      'compromised|hijacked|infected account|accounts|host|hosts|server|servers|machine|laptop|credentials?|package|dependency|agent|agents|key|keys|site|website|domain|library|action|employee|maintainer|user|by',
      'compromise|takeover of|in our|the|a',
      '(?:account|domain|supply|server|key|host|mailbox) chain~ takeover|compromise|hijack*',
      'took|taken|taking over our|the|a|an|his|her|their|control|by|admin',
      'unauthori[sz]ed|illegitimate|illegal|suspicious|unknown ... access|login|logins|use|transactions?|party|person|ip|user|changes|activity|third',
      'third party obtained|gained|got|accessed|had',
      'someone|somebody|entity|person|stranger ... logged|accessed|gained|got|used|published|added|entered|took|removed|posted|stole',
      'gained|gaining|obtained|got access to|in',
      'stolen (?:laptop|token|key|credentials?|session|password|device|phone|cookies?|account)',
      'logged in|into ... former|unknown|ex-employee|stranger|from|another',
      'former|ex ... credentials|account|password ... used|access*|log*',
      'gave|given|giving|handed away|out|over their|his|her ... password|credentials|code|token',
      'phish*|spear-phishing ... gave|employee|staff|account|succe*|clicked|password|credentials|victim|lost|token',
      'steal|steals|stole ... ',
      'exploited|exploiting ... vulnerability|flaw|bug|cve|hole|zero-day',
      'breach (?:of|in|at|confirmed|detected|notification|on)',
      'security|data breach|breaches',
    ],
    ja: [
      '不正(アクセス|ログイン|利用され|侵入|使用され)',
      '改ざん',
      '侵害',
      '侵入',
      '乗っ取',
      'なりすまし',
      '不審な(ログイン|アクセス|ファイル|サイト)',
    ],
  }),
  concept('malicious software', {
    en: [
      'ransomware|ransom|malware|backdoor|trojan|rootkit|spyware|worm|keylogger|cryptominer*|crypto-miner*|coinminer*|skimmer|stealer|botnet',
      'crypto|coin|bitcoin|mining ... miners?|mining|malware|stealer',
      'start miners',
      'web shells?',
      'malicious ... releases?|packages?|versions?|code|commits?|scripts?|updates?|dependenc*|builds?|files?|image|plugin|actor|javascript',
      'encrypted by|for ransom|shares',
      'shares|files are|were encrypted',
    ],
    ja: [
      'ランサム',
      'マルウェア',
      'ウイルス(に)?感染',
      '(に)?感染し',
      'バックドア',
      '暗号化され',
      'フィッシング(被害|に(引|かか))',
    ],
  }),
  concept('secrets or personal data are exposed', {
    en: [
      `(?:${OUT}) ... (?:${SECRET})`,
      `(?:${SECRET}) ... (?:${OUT})`,
      `(?:${SECRET}) ... to|in|on|into ... public|repo|gist|logs?|third-party|pastebin|forum|internet`,
      `(?:leak[\\w'-]*|exposed|exposes|exposing|exposure|disclos[\\w'-]*|published|public|publicly|stolen|sold|revealed|revealing|reveals|accessible|visible|unencrypted|sent|breached|emailed|mailed|accessed|lost) ... ${PERSONAL} ... ${INFO}`,
      `${PERSONAL} ... ${INFO} ... (?:leak[\\w'-]*|exposed|exposure|disclosed|published|public|publicly|stolen|sold|revealed|accessible|visible|exfiltrated|guessable|breached|posted|compromised|unencrypted|dumped|readable|viewable|open|available|sent)`,
      `(?:database|db|dump) ... (?:sold|stolen|leaked|public|exposed|forum|online|internet)`,
      'repositories|repos|projects ... visible|public|readable|accessible to|for all|everyone|anyone|the',
      'leaked|leaking|leaks? (?:data|private|personal|credentials?|secrets?|tokens?|information|customer|user|passwords?|keys?)',
      'data|information leaks?|exposure|disclosure|exfiltration',
      'without authentication|authorization|password|login',
      'hashed passwords',
      'passwords ... plaintext|plain|clear|cleartext',
      `(?:${SECRET}) were|was|are|is public`,
      'card skimm*',
    ],
    ja: [
      '漏(えい|洩|れ(て|た|まし))',
      '流出',
      '(個人情報|顧客情報|会員情報|アドレス|パスワード|秘密鍵|トークン|認証情報|APIキー|apiキー|氏名|カード情報)[^。]{0,24}(公開|閲覧でき|見え|見られ|表示され|露出|漏|コミット|プッシュ|盗|送信し|誤送信|誤って|添付|閲覧可能|アクセス可能)',
      '誰でも(閲覧|見|アクセス|ダウンロード)',
      '誤送信',
      '(盗まれ|窃取|盗難)',
      '他人の(情報|注文|アカウント|画面|個人|データ|プロフィール)',
      '別(の)?(ユーザー|人|会員|顧客)の(情報|データ|画面|注文)',
    ],
  }),
  concept('somebody sees what is not theirs', {
    en: [
      "see|sees|seeing|saw|view|viewing|open|access|accessing|shows?|shown|showing|served|reads?|reading|download|get|got|gets|revealing|reveals|edit|editing ... other|another|someone|somebody|each|strangers?'? ... users?'?s?|customers?'?s?|people'?s?|persons?'?s?|tenants?'?s?|accounts?|orders?|data|profiles?|messages?|invoices?|companies|clients?'?s?|patients?'?s?|members?'?s?|statements?|else's|other's",
      "other (?:users|customers|people|tenants|members|patients)'* ... data|orders|accounts?|invoices|messages|profiles?|information|statements?|addresses|details|files",
      "other|another|each|someone|somebody people's|users'|customers'|user's|customer's|other's|else's",
      'visible|readable|open|accessible to|for anyone|everybody|everyone|strangers|others|competitors|all',
    ],
    ja: [],
  }),
] as const

/** Talk of security without anything being exposed. */
export const NO_BREACH = [
  concept('nothing of ours is exposed', {
    en: [
      "we|our|us|nothing|none|images|systems|services ... not|aren't|isn't|wasn't|weren't ... affected|vulnerable|impacted|exposed|ship|use|compromised",
      'nothing of~ ours|our~ was|is|were|has exposed|affected|leaked',
      'not|never exploited|vulnerable|exploitable',
      "we|our ... do|does not|don't|doesn't use|ship|run|have",
      'precaution*|proactive*|preventive*|preventative*',
      'out of an abundance',
      'no|without known|any|further|confirmed~ exploit*|exposure|exploitation',
      'patch|patches is|are|available|scheduled|needed|required|planned|released',
      'pen-?tests?|pentest|phishing|security ... training|simulation|exercise|drill|tests?|audit|scan',
      'penetration test|tests|testing',
      'vulnerability|vulnerabilities|cve|cves ... found|reported|published|disclosed|announced|in|scan|advisory',
      'new|security cve|cves|advisory|advisories|vulnerability',
      'rotate|rotated|rotating|renew|expire|expired|expires|expiring',
      'ddos|denial-of-service|dos attack|attacks|flood',
      'leak|leaks|leaking memory|goroutine|connections|handles',
      'memory|goroutine|connection|file-descriptor|handle|fd leak|leaks|leaked',
    ],
    ja: [
      '影響(は|を)?(受けない|受けません|ない|なし|ありません)',
      '念のため',
      '予防(的|措置)',
      '脆弱性',
      '訓練',
      '形跡は(ありません|ない|なし)',
    ],
  }),
] as const

/** So plain that talk of patches and precaution does not take it back. */
export const SURE_BREACH = [
  concept('somebody got in', {
    en: [
      'attackers?|hackers?|hacked|intruders?|intrusion|ransomware|backdoored|exfiltrat*|stolen|exploited|compromised|hijacked|defaced',
      'web shells?',
      'leaked|exposed|stole',
    ],
    ja: ['漏(えい|洩)', '流出', '改ざん', '侵入', '感染'],
  }),
] as const
