/** Words for data that is gone and for secrets that are out. */
import { entry } from './entry.ts'

const DATA = `(?:data|records?|rows?|tables?|users?|files?|messages?|measurements?|orders?|database|backups?|history|uploads?|documents?|photos?|images?|comments?|entries|transactions?|emails?|accounts?|commits?|repositor(?:y|ies)|projects?|metrics|content|volumes?|snapshots?|buckets?|progress|saves?|invoices?|posts?|photos?|conversations?|columns?|customers? list|work|settings|originals?|articles?|tickets?)`

export const DATA_LOSS = [
  entry(
    new RegExp(
      String.raw`\b(?:permanent(?:ly)? |player |customer |user |production |some |confirmed )*data[ -]loss\b|\bloss of (?:\w+ ){0,3}${DATA}\b`,
    ),
    'data is lost',
  ),
  entry(
    new RegExp(
      String.raw`\b(?:lost|losing|deleted|deletes|deleting|wiped|wipes|erased|erases|truncated|dropped|destroyed|overwrote|overwritten|purged|corrupted|removed|zeroed|rm -rf'?d?)\b(?! (?:dns|connection|access|contact|power|network|packets?|track|quorum|leader|sync|connectivity|sight))[^.]{0,50}?\b${DATA}\b`,
    ),
    'data was lost or deleted',
  ),
  entry(
    new RegExp(
      String.raw`\b${DATA}\b[^.]{0,40}?\b(?:(?:was|were|is|are|been|got|get) (?:\w+ )?(?:lost|deleted|wiped|erased|truncated|dropped|destroyed|overwritten|purged|corrupted|unrecoverable)|gone (?:for good|forever)|disappeared permanently|cannot be (?:recovered|restored)|can't be (?:recovered|restored)|unrecoverable)\b`,
    ),
    'data was lost or deleted',
  ),
  entry(
    /\b(?:no|without) (?:usable |working |recent )?backups?\b|\bbackups? (?:\w+ ){0,3}(?:failed|missing|empty|unusable|corrupt\w*)\b[^.]*\b(?:lost|deleted|wiped)\b|\bunrecoverable\b|\b(?:wiped|deleted|erased|dropped|destroyed)\b[^.]*\b(?:cannot|can't|could not) be (?:restored|recovered)|\blost for good\b|\birrecoverabl\w+\b/,
    'there is no way back to it',
  ),
  entry(
    /データ(?:の)?(?:消失|損失|欠損|喪失|破損)|データ(?:が|を)[^。]{0,10}(?:消え|失|削除|破損|消去|飛)|(?:復旧|復元)(?:でき|不可|不能)|(?:消えて|消去して|削除して)しま/,
    'data is lost',
  ),
] as const

/** Deleted or lost, and yet not what people mean by data loss. */
export const NOT_LOSS = [
  entry(
    /\bdns (?:records?|zone|entries)\b|(?<!not be |n't be |cannot be |not )\b(?:restored|recovered|recovering|restoring|recoverable)\b|\b(?:hidden|delayed|not (?:yet )?(?:indexed|visible|shown)|temporarily missing|will (?:re)?appear|catch(?:ing)? up|backfill\w*|staging|test (?:data|database|environment)|cache[sd]?|session data|draft text)\b|\blost (?:in|his|her|my|revenue|sales)\b|復元(?:しました|済|完了)|復旧(?:しました|済|完了)/,
    'it is not lost for good',
  ),
] as const

export const BREACH = [
  entry(
    /\b(?:attackers?|hackers?|intruders?|threat actors?|adversar\w+)\b|\b(?:was|were|been|got|is|are|being|may be|might be|potentially) (?:hacked|compromised|breached|pwned|backdoored|hijacked|defaced|exfiltrated|taken over)\b|\bcompromise of\b|\bcompromised\b|\b(?:account|host|server|key|credential|domain|package|supply chain) (?:takeover|compromise|hijack\w*)\b/,
    'somebody got in',
  ),
  entry(
    /\b(?:ransomware|malware|crypto-?miner|backdoor|trojan|rootkit|web ?shell|worm)\b/,
    'malicious software',
  ),
  entry(
    /\bmalicious (?:\w+ ){0,2}(?:releases?|packages?|versions?|code|commits?|scripts?|updates?|dependenc\w+|actor|insider|builds?)\b/,
    'a malicious release',
  ),
  entry(
    /\b(?:leak(?:s|ed|ing|age)?|exposed?|exposing|exposure|disclos\w+|published|visible|public(?:ly)?|pushed|committed|posted|dumped|sent|stolen|exfiltrat\w+|world-readable|accessible)\b[^.]{0,70}\b(?:credentials?|secrets?|tokens?|passwords?|api keys?|access keys?|private keys?|ssh keys?|(?:github |gitlab )?pats?\b|certificates? key|pii|personal (?:data|information)|private (?:information|data|messages?)|customer (?:data|records|details|emails?|information)|user (?:data|records|emails?|information)|card (?:data|numbers?)|credit cards?|ssns?|medical|health records?|other (?:users?'?|customers?'?|people'?s?|tenants?'?) (?:data|orders|accounts?|invoices|messages|profiles|information)|session cookies)\b/,
    'secrets or personal data are exposed',
  ),
  entry(
    /\b(?:credentials?|secrets?|tokens?|passwords?|api keys?|access keys?|private keys?|ssh keys?|pii|personal (?:data|information)|private (?:information|data|messages?)|customer (?:data|records|details|emails?|information)|user (?:data|records|emails?|profiles)|card (?:data|numbers?)|health records?|database dump|s3 bucket)\b[^.]{0,60}\b(?:leak\w*|exposed|expose|stolen|public(?:ly)?|visible to|exfiltrat\w+|compromised|dumped|disclosed|in (?:plain|clear) ?text|in (?:the )?(?:logs?|repo\w*|public)|for sale|accessed by)\b/,
    'secrets or personal data are exposed',
  ),
  entry(
    /\b(?:unauthori[sz]ed|illegitimate) (?:\w+ )?(?:access|use|logins?|transactions?|party|person)\b|\b(?:see|sees|saw|view|viewing|access|accessing|logged into|shows?|shown|served) (?:\w+ ){0,3}(?:other|another|someone else'?s?|somebody else'?s?|each other'?s?) (?:users?|customers?|people|persons?|tenants?|accounts?|orders?|data|profiles?|messages?|invoices?)'?s?\b|\bsecurity breach\b|\bdata breach\b|\bphish\w+ (?:\w+ )?(?:succeed\w*|employee|staff|account)/,
    'somebody sees what is not theirs',
  ),
  entry(
    /漏(?:えい|洩|れ)|流出|不正(?:アクセス|ログイン|利用され)|改ざん|侵害|侵入|乗っ取|ランサム|マルウェア|個人情報(?:が|の)[^。]{0,12}(?:公開|閲覧|見え|表示|露出|漏)|(?:パスワード|秘密鍵|トークン|認証情報|APIキー)(?:が|を)[^。]{0,16}(?:公開|漏|コミット|露出)/,
    'secrets or personal data are exposed',
  ),
] as const

/** Talk of security without anything being exposed. */
export const NO_BREACH = [
  entry(
    /\b(?:we|our \w+|us) (?:\w+ ){0,3}(?:are|is|were|was) not (?:\w+ )?(?:affected|vulnerable|impacted|exposed)\b|\bnot (?:affected|exploited|vulnerable)\b|\bas a precaution\b|\bprecautionary\b|\bproactive(?:ly)?\b|\bno (?:known )?(?:exploit\w*|exposure)\b|\bpatch(?:es|ed|ing)? (?:is |are )?(?:available|for|needed|required)\b|\bvulnerabilit(?:y|ies) (?:in|reported|found|scan|was found|disclosed)\b[^.]*$|\bexpir(?:ed?|es|ing|y)\b|\bpen(?:etration)? ?test\b|\bphishing (?:training|simulation|test)\b/,
    'nothing of ours is exposed',
  ),
] as const
