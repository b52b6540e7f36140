/** Words for another way to get it done. */
import { concept } from './phrase.ts'

/** Said outright: a workaround, or what to use instead. */
export const WORKAROUND = [
  concept('a workaround is named', {
    en: [
      'work-?arounds?|workaround',
      'works? around',
      'for now,?|the~ use|please|you',
      'meanwhile',
      'in the meantime',
      'as a|an temporary|interim|alternative fix|measure|solution|way',
      'instead(?!\\sof)',
      'alternatively',
      'stopgap|alternative is|route|way',
    ],
    ja: ['回避(策|方法|でき|可能)', '代わりに', '代替', '代用', '暫定対応として'],
  }),
] as const

/** Something else works: it is a way out if it does the same job. */
export const OTHER_WAY = [
  concept('it can be done another way', {
    en: [
      'can|could still|also|only|be~ ... be used|generated|done|created|sent|downloaded|exported|edited|reset|reached|opened|triggered|booked ... by|manually|instead|meanwhile|from|via|through|with|using|over',
      'can|could be used|done|generated|created|sent|resent|downloaded|exported|edited|reset|reached|opened|triggered instead|meanwhile|manually|by|from|via|through|with|using|over',
      'users|people|customers|you|they|one|we|agents can|could|may still|also~ (?!not|no)\\w+',
      'by hand',
      '(?<!not\\s)(?<!stopped\\s)(?<!longer\\s)work|works|working|fine|usable|succeeds?|possible|ok|okay|good|helps?|loads? ... via|through|over|using|when|by|if|with|in|from|on|for',
      'when|if|by|via|through|over|with|using|in|from|on|as ... works?|fine|ok|okay|usable|possible|good|helps?|fixes|loads',
      '\\w+ing ... works?|helps?|fixes|solves|resolves|helped|worked|fixed|makes|does|gets|brings',
      '\\w+ing ... is fine|ok|possible|enough|usable',
      '\\w+ing ... brings|gets|makes|does it|them|the ... back|going|usable|trick|again',
      'use|using|try|press|run|open ... instead|makes|works|solves|helps|fixes|meanwhile|for|in',
      'until|unless ... purg*|clear*|refresh*|reload*|restart*|log*|relog*|press*|switch*|reopen*|toggl*|resiz*',
      'only a~ refresh*|reload*|restart* ... ',
      'refresh*|reload*|retry*|retries|restart*|reopen*|re-?open*|clear*|purg*|toggl*|resiz*|f5|reinstall*|relog* ... works?|helps?|fix*|solves?|succe*|brings?|back|again|gets|resolves?|appear*|cache|ok|fine',
      'pressing|rotating|killing|switching|disabling|enabling|waiting|resizing|logging|reinstalling|triggering|pasting|opening|inviting|tethering|saving ... helps?|works?|fixes|solves|fine|gets|makes|does|back|again|trick',
      'chrome|firefox|edge|safari is|works ok|okay|fine',
      'fixes|solves|helps|resolves it',
      'second|next try|attempt|time',
      'in incognito|another|a private|different ... ',
    ],
    ja: [
      '別(の)?(ページ|画面|ブラウザ|方法|経路|端末|回線)(から|では|で|を)',
      'から(は|なら|であれば)?(編集|操作|再送|利用|確認|ダウンロード|アクセス|予約|申請|登録|購入)?(は)?(でき|可能)',
      '再(読み?込み?|起動|試行|送信|送|ログイン|インストール)[^。]{0,14}(すれば|すると|で(き|解消|復旧|表示|直)|できます|可能|直)',
      'すれば(使える|表示|利用|動作|直る|解消|取得|でき|可能)',
      '(なら|であれば|では)(使え|利用(でき|可能)|動(く|作)|登録でき|でき(る|ます)|可能|正常|問題な)',
      'で(保存|対応|取得|操作|登録)(は)?(可能|でき)',
      '手動で(は)?',
    ],
  }),
] as const
