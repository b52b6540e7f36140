/** Words for production data that is gone, and for what only looks like it. */
import { concept } from './phrase.ts'

const DATA =
  'data|records?|rows?|tables?|users?|accounts?|files?|messages?|measurements?|readings?|orders?|databases?|backups?|history|uploads?|documents?|photos?|albums?|images?|comments?|entries|entry|transactions?|emails?|mails?|mailbox|mailboxes|profiles?|commits?|repositor(?:y|ies)|projects?|metrics|telemetry|events|content|contents|volumes?|snapshots?|buckets?|progress|saves?|invoices?|posts?|conversations?|work|playlists?|notes?|articles?|tickets?|archives?|attachments?|writes|objects?|collections?|schemas?|disks?|director(?:y|ies)|everything|bookings?|logs|submissions?|answers?|drafts?|payments?|inventory|customers?|members?|library|libraries|home|wallets?|balances?|settings|configurations?|pages|items'
const GONE =
  'lost|deleted|wiped|erased|truncated|dropped|destroyed|overwritten|purged|corrupted|unrecoverable|irrecoverable|gone|vanished|zeroed|removed|discarded|missing|nuked'
const REMOVES =
  'lost|loses|lose|losing|deleted|deletes|delete|deleting|wiped|wipes|wipe|wiping|erased|erases|erase|erasing|truncated|truncates|truncate|dropped|drops|destroyed|destroys|destroying|overwrote|overwritten|overwrites|purged|purges|corrupted|corrupts|removed|removes|nuked|nukes|eats|ate|reformatted|zeroed|discarded|expired|rm'

/** Said so plainly that it needs no more: data is gone, or there is no way back to it. */
export const LOSS = [
  concept('data is lost', {
    en: [
      'data loss',
      'data-loss|dataloss',
      `loss of ... (?:${DATA})`,
      `permanent(?:ly)? ... (?:lost|deleted|gone|removed|erased|destroyed)|loss`,
      `permanently ... (?:${REMOVES})`,
      `(?:${GONE}) permanently|forever|irrevocably`,
      `(?:${GONE}) for good|ever`,
      `drop|dropped|ran|running database|drop|schema|table|tables ... live|production|prod|database`,
      "cannot|can't|couldn't|can ... be|not|bring ... recovered|restored|replayed|retrieved|reconstructed|back",
      "cannot|can't|could|unable not|be|to ... recover|restore|retrieve ... data|records?|files?|it|them|anything",
      'not|no possible|way to recover|restore',
      'restoring|recovery|restore is not|impossible',
      'unrecoverable|irrecoverabl*|unrestorable',
      `no|without usable|working|recent|valid|any~ backups?|copy|copies|versioning`,
      `backups? ... failed|missing|empty|unusable|corrupt*|wiped|gone|useless`,
      'original values|files|data',
      'latest|last|newest dump|backup|snapshot is|was from',
      'never reached storage|disk|database',
    ],
    ja: [
      '(データ|ファイル|記録|履歴|メール|投稿|注文|写真|レコード|情報)[^。、]{0,12}(消失|損失|欠損|喪失|破損|消え|失われ|削除され|消去|飛んだ|飛びました)',
      '(データ|ファイル|テーブル|レコード|記録|DB)を[^。]{0,10}(消して|削除して|消去して|失|上書き)',
      '(復旧|復元|リストア)(が|は|も|の)?(でき(ない|ず|ません)|不可|不能|見込みが?(ない|なし|立た))',
      '復元(は|が)?不可能',
      '(消失|全損|全消去|全件削除)',
    ],
  }),
] as const

/** Data and a verb that removes it: loss, unless it was only a thing of another kind. */
export const REMOVED = [
  concept('data was lost or deleted', {
    en: [
      `(?:${REMOVES}) ... (?:${DATA})`,
      `(?:${REMOVES}) ... (?:hours?|days?|weeks?|months?|years?|minutes?) of`,
      `(?:${DATA}) ... was|were|is|are|been|got|get|being ... (?:${GONE})`,
      `(?:${DATA}) (?:${GONE})`,
      `months?|days?|weeks?|hours?|minutes? of ... is|are|was|were (?:${GONE})`,
      'everything since|from|after|before ... gone|lost|missing',
      'writes|everything are|is gone',
    ],
    ja: ['(消えて|消去して|削除して)しま', '(削除|消去)されてしま', '削除(して)?しま'],
  }),
] as const

/** Deleted or lost, and yet not what people mean by data loss. */
export const NOT_LOSS = [
  concept('it is not lost for good', {
    en: [
      'dns records?|zone|entries|entry',
      "(?<!not\\s)(?<!n't\\s)were|was|been|be|being|all|fully|we|now|can restored|recovered|recovering|restoring|recoverable|replayed|backfilled",
      'restored|recovered from|by|after|all|everything|within',
      'hidden|unindexed|reindex*|backfill*|resync*',
      'not yet~ indexed|visible|shown',
      'temporarily missing|hidden|invisible|unavailable',
      'will|should re-?appear|show|be|catch ... ',
      'catch|catching|caught up',
      'staging|test|dev|sandbox|demo ... database|data|environment|tables?|accounts?|cluster',
      'cache|caches|cached|session|sessions|draft text',
      'lost in|his|her|my|revenue|sales|orders|quorum|power|connection|connectivity|access|contact|packets?|leader|sync|track|network',
      'lost|loses|losing|loss ... power|quorum|connection|connectivity|contact|leader|network|packets?|functionality|service',
      'dropped connections?|requests?|packets?|calls?|frames?|traffic|sharply|by|to|from|offline|out|off',
      'drops? connections?|requests?|packets?|calls?|frames?|traffic',
      'removed|deleted branch|step|in|option|button|member',
      'undo|filters?|sort* ... ',
    ],
    ja: [
      '(復元|復旧)(しました|済|完了|でき(ます|ました|る|た))',
      '反映が(遅|され)',
      'キャッシュ',
      'テスト(データ|環境)',
    ],
  }),
] as const
