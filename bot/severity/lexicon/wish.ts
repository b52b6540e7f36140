/** Words for a wish: something new, or other than it is. */
import { concept } from './phrase.ts'

/** Nobody says this of what is broken. */
export const WISH = [
  concept('it is a wish', {
    en: [
      'feature|enhancement|improvement requests?|idea|proposal|suggestion',
      'would be ... nice|great|good|helpful|useful|cool|handy|awesome|lovely|better|neat|convenient|nicer|fantastic|wonderful|practical|appreciated',
      "it'd be ... nice|great|good|helpful|useful|cool|handy|awesome|lovely|better|neat|convenient",
      "would|i'd|we'd love|appreciate|prefer|welcome",
      "would|i'd|we'd like to|a|an|the|if|more|some",
      'would save|help|make|allow|reduce',
      'nice to have',
      'nice-to-have|wishlist',
      'please add|support|allow|consider|make|provide|include|implement|let|enable|introduce|show|offer|extend|improve',
      ', please$',
      '(?:i|we) wish|wished',
      'suggestion|proposal|suggest|propose|idea|rfc|wish|request: ... ',
      'suggestion:|proposal:|idea:|request:|wish:|rfc:|feature:|enhancement:|feat:',
      'any plans?|chance|way|possibility ... to|of|for|that',
      'is it|there possible|a|any way|to',
      'can|could|may|might|shall we|you|i get|have|please|add|make|support|include',
      'can|could|may we|you|i ... add|have|get|make|support|include|show|see|offer',
      '(?:we|i|users?|admins?|customers?|people) want|wants|need|needs a|an|to|the|more|some|better',
      '(?:we|i) should show|add|have|support|offer|display|let|page|alert|monitor|log|cache|make|provide|consider|use',
      'ability|option|possibility to|for',
      'make ... configurable|optional|possible|easier|faster|sortable|searchable|customi[sz]able|clearer',
      'should|could|might be configurable|sortable|searchable|optional|possible|faster|added|supported|easier|customi[sz]able|able',
      'should|could also|ideally|rather|really~ show|support|allow|have|offer|include|display|let|provide|remember|default|send',
    ],
    ja: [
      '(して|て|が|も)(ほしい|欲しい)',
      '要望',
      '追加(して(ほしい|くだ|いただ)|希望|を希望|したい|を?お願い|を検討)',
      'できるように(して|したい|なると|なれば|お願い)',
      '改善(要望|提案|して)',
      '機能(追加|要望|が欲しい|がほしい|を追加)',
      '対応(して(ほしい|いただ|くだ)|希望|をお願い)',
      'あると(便利|嬉しい|うれしい|助か|良い|いい)',
      '(検討(して|を)|提案)',
      '(もっと|より)[^。]{0,12}(したい|して)',
      '(し|でき|り|え|み|き)たい(です)?$',
      '(出力|保存|変更|表示|設定|利用|選択|追加|管理|確認)したい',
      '助かります',
      'お願いします$',
    ],
  }),
] as const

/** A sentence that begins with one of these asks for it, unless it goes on to say that this fails. */
export const IMPERATIVE =
  /^(?:\[[\w -]{2,20}\]:? ?)?(?:please )?(?:add|create|support|allow|implement|introduce|provide|enable|improve|make|let|offer|include|extend|expose|show|display|integrate|migrate|upgrade|rename|replace|refactor|remove|consider|bump|increase|reduce|monitor|document|simplify|automate|use|option|ability|possibility|hide|notify|send|split|merge|move|prevent|warn|group|persist|remember|validate|rework|redesign|clean up|set up|switch to|give) (?!(?:fails?|failed|is|are|was|were|button|link|does|stopped|returns?|broken|calls?|requests?|api|tickets?|chat|desk|portal|phone|team|staff|cent(?:er|re)|line|page|dialog|form|cannot|can't|not|error|errors|of|and|agents?|function|feature|option|window|mails?|engineers?)\b)/

/** ... and this is how it goes on when it fails. */
export const IMPERATIVE_FAILS =
  /^[^,;:]*?\b(?:fails?|has failed|is broken|are broken|does ?n[o']t|do ?n[o']t|not work\w*|do(?:es)? nothing|returns?|hangs?|throws?|crash\w*|stopped|is down|times out|has no effect|gives?|errors out|is slow|is empty)\b/

/** What comes after these is the case in mind, not what is going on. */
export const SUBORDINATE =
  /\b(?:when|if|after|before|so that|because|since|that|whenever|in case|instead|like|until|once|during|while|to avoid|which)\b/

/** What comes after these, and in Japanese before, may never have happened. */
export const IMAGINED = /\b(?:when|whenever|if|in case|so that|to avoid)\b.*|.*(?:場合|とき(?!どき))/
