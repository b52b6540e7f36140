/** Words for "nothing is broken": plans, drills, false alarms, what is already over. */
import { concept } from './phrase.ts'

export const PLANNED = [
  concept('it is planned', {
    en: [
      'planned|scheduled|upcoming|routine|regular|emergency ... maintenance|downtime|outage|work|upgrade|restart|reboot|migration|release|failover|switchover|window',
      'maintenance window|windows|mode|period|work',
      'maintenance on|of|this|next|from|for|tonight|tomorrow|with|is|will|planned|scheduled|to|at|in',
      'downtime|outage|disruption|interruption|impact of|is~ expected|planned|announced',
      'no outage|downtime|impact|disruption|interruption is|are~ expected',
      'expect|expected no|a|short|brief|multiple|full|some downtime|interruption*|restart*|impact|outage',
      "will|we'll|shall be|have~ ... restarted|upgraded|rebooted|migrated|performing|moved|moving|down|offline|unavailable|switched|retired|shut|disrupted|upgrading|carried|replaced|stopped|put|removed|decommissioned|taken",
      "(?:we|i|they|team|it|cluster|service|server|api|database|wiki) will|'ll|are|is going~ to~ restart|upgrade|migrate|move|reboot|switch|update|replace|perform|retire|proceed|patch|rotate|test|apply|deploy|drain",
      "we'll|i'll restart|upgrade|migrate|move|reboot|switch|update|replace|perform|retire|proceed|patch|rotate|do|test",
      'going under|into maintenance',
      'may|might|could be restarted|rebooted|interrupted|unavailable ... during|on|at|maintenance',
      'next monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|weekend|month ... (?:maintenance|upgrade|restart|migration|will|window|update)',
      'upcoming change|changes|release|deprecation',
      'planned for|on|at|today',
      'scheduled for|on|at',
      'upgrade|migration|update of|to ... (?:planned|scheduled|tomorrow|tonight|next|on)',
    ],
    ja: [
      'メンテナンス(を|が)?(予定|実施(予定|します|いたします)|のお知らせ|を行い|作業)',
      '定期メンテナンス',
      '計画(停止|メンテ|停電)',
      '予定(です|しています|しております)',
      '(明日|今夜|来週|明後日|次回)[^。]{0,24}(実施|行い|予定|停止します|作業)',
    ],
  }),
] as const

/** A plan that went wrong is an incident. */
export const OVERRAN = [
  concept('the plan went wrong', {
    en: [
      'overran|unexpected|unexpectedly|unplanned',
      'longer than',
      'not|never come|came|coming back|up',
      'still down|offline',
      'failed|failing|fails|broke|broken|crashed|corrupted|wiped',
      'went wrong',
      'after the|our|a maintenance|upgrade|migration',
      'since|during the|our|a maintenance|upgrade|migration',
    ],
    ja: [
      '失敗',
      '予定より',
      '(復旧|完了)(し|でき)(ない|ません|ず)',
      '予期せ',
      'メンテナンス(後|明け|終了後)',
    ],
  }),
] as const

export const NO_INCIDENT = [
  concept('nothing is broken', {
    en: [
      'please|kindly ignore|disregard',
      'ignore this|the|these',
      'just|only testing|a~ test|drill',
      'test message|alert|page|incident|notification',
      'testing the|our incident|alert*|bot|pager|page|escalation|pages',
      'fire|incident|disaster|recovery drill|drills|exercise',
      'false alarm|positive|alert',
      'game day',
      'by mistake',
      'opened|declared|created|raised by accident',
      'duplicate of',
      'everything|all systems?|services|is|are operating|operational|green|normal|working normally|again',
      'phishing simulation|training|test',
      'no action|actions needed|required|necessary',
    ],
    ja: ['テスト(です|配信|通知|投稿)', '訓練', '無視して', '誤報', '誤検知', '対応は?不要'],
  }),
] as const

export const PRECAUTION = [
  concept('a precaution', {
    en: [
      'precaution|precautionary|precautions',
      'abundance of caution',
      'proactive*|preventive*',
      'to be safe',
      'not|nor~ are|is|were|be ... vulnerable',
      'nothing of ours|our',
      'nothing|none ... exposed|affected|leaked|compromised',
      "not|don't|doesn't|never ... ship|use|affected|run|vulnerable",
      'no|without exposure|exposures',
      'scheduled for|on',
    ],
    ja: [
      '念のため',
      '予防',
      '影響(は|を)?(受けない|受けません|ない|なし|ありません)',
      '形跡は(ありません|ない|なし)',
    ],
  }),
] as const

/** Talk of weaknesses: of itself no incident. */
export const SECURITY_TALK = [
  concept('talk of security', {
    en: [
      'vulnerability|vulnerabilities|vulnerable|cve|cves|cve-*|advisory|advisories|log4j|log4shell|exploit*|malicious|malware|security|rotated|rotate|passwords?|keys|incident|breach|compromise*|attack',
    ],
    ja: ['脆弱性', 'セキュリティ', 'パスワード', '不正アクセス', 'マルウェア'],
  }),
] as const

/** What happened another time is not what is reported now. */
export const HISTORY =
  /\b(?:last (?:week|month|year|night|friday|monday|quarter|time)(?:'s)?|yesterday's|previous|earlier|past|another|future|next|the) (?:[\w-]+ )?(?:outages?|incidents?|p0s?|p1s?|sev ?[1-4]s?|downtime|breach|disaster|failures?)\b(?: (?:last|in|from|on|like|was|of) (?:[\w']+ ?){1,3})?|\bhad (?:a|an|another) (?:p0|p1|outage|incident|sev ?1)\b[^.]*|\bduring outages\b/g
