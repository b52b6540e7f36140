/** Words for wrong text and wrong looks. */
import { concept } from './phrase.ts'

/** Nothing but looks: no word of failure beside it makes it more. */
export const SURE_LOOKS = [
  concept('a wrong text', {
    en: [
      'typos?|typo*|misspell*|misspelled|misspelt|mis-spelled|spelling|spelled|spelt|grammar|grammatical|wording|capitali[sz]*|punctuation|plurali[sz]*',
      'copyright|footer year|says|still|copyr*',
      'should be|read|say ".{1,40}"',
      '(?:says?|reads?|labell?ed|titled|spelled|shows?|called|named|written),? ".{1,60}"',
      '(?:label|title|caption|heading|button|menu|message|text|footer|tooltip|placeholder|banner|header|dialog|page|string) ... (?:says?|reads?|shows?) ',
      'extra|missing|double|unneeded comma|period|space|spaces|dot|full|letter|accent',
      'translated as|wrongly|incorrectly',
      'untranslated|mistranslat*',
      'date|dates is|are shown|formatted',
      'date format',
    ],
    ja: [
      '誤字',
      '脱字',
      '誤植',
      '文言',
      '表記(ゆれ|揺れ|の)',
      '翻訳',
      '誤訳',
      '(ラベル|ボタン|メニュー|タイトル|見出し|表示|文字)が「[^」]{1,30}」に?な',
      'スペル',
      '綴り',
      'タイポ',
    ],
  }),
  concept('a matter of layout', {
    en: [
      'misalign*|mis-align*|alignment|unaligned|aligned|off-?cent(?:er|re)*|off-center|pixels?|px|padding|margins?|spacing|whitespace|overlap|overlaps|overlapped|overlapping|overflow|overflows|overflowing|cropped|clipped|indentation|squished|squashed|stretched|z-index|jagged|blurry|blurred|pixelated|pixelat*|kerning|letterbox*|crooked|uneven|lopsided',
      'off|not cent(?:er|re)d|centered|centred',
      'runs? over|outside|off|into the',
      'cut|chopped off|in|at|on',
      'too big|small|large|wide|narrow|close|far|tall|high|low|dark|light|bright|thin|bold|tight',
      "does not|doesn't fit",
      'line height|break|breaks|spacing',
      'sticks? out',
      'alignment|position ... off|wrong',
    ],
    ja: [
      'レイアウト',
      '表示(が)?(崩れ|くずれ|ずれ|ズレ)',
      '(位置|レイアウト|表示|ボタン|アイコン|画像|文字)(が)?(ずれ|ズレ)',
      'はみ出',
      '余白',
      '見切れ',
      '重なって',
      '(にじ|滲)',
      'ぼやけ',
      '崩れ',
      '揃って',
      '隙間',
      '中央に',
    ],
  }),
  concept('a matter of looks', {
    en: [
      'colou?r|colou?rs|shade|tint|gradient|contrast|ugly|legible|illegible|legibility|unreadable|flicker*|favicon|font|fonts|typeface|bold|italic|hover|cosmetic|cosmetics|visually|visual|aesthetic*|grey|gray|beige|purple|retina|darker|lighter|scrollbars?',
      'background image|colou?r|picture',
      '(?:white|black|grey|gray|blue|red|yellow|light|dark|green) (?:on|text|background|font|instead|colou?r|line|border|box)',
      'wrong|old|missing|incorrect|outdated|broken|stretched icons?|logos?|colou?rs?|fonts?|image|picture|shade|style|styling|theme|avatar|emoji',
      'logos?|icons?|emoji is|are|looks?|shows?|blurry|stretched|missing|wrong|old|off|appear*|not|too|next',
      'barely|hardly|hard|difficult be~ to~ seen|visible|readable|read|see|legible|spot',
      'looks? odd|ugly|off|weird|strange|bad|squashed|funny|cheap',
      'dark|light|grey theme|themes|mode ... (?:text|contrast|icon|background|visible|readable|colou?r|white|black|grey)',
      'styling|css|style|styles is|are|broken|off|wrong|issue',
      'inconsistent|wrong wording|label|labels|capitalisation|style|styling|spacing|title|text|icon|icons|casing',
      'header|banner jumps?',
    ],
    ja: [
      'アイコン(の|が)',
      'フォント',
      '配色',
      '文字色',
      '背景色',
      '色(が|の|味)',
      '見(に|づ)(くい|らい)',
      '読み(に|づ)(くい|らい)',
      '(サイズ|大きさ)が(合|小|大|ば|違)',
      'デザイン',
      'ロゴ',
      '見た目',
    ],
  }),
] as const

/** A matter of looks only if nothing is said to fail. */
export const MAYBE_LOOKS = [
  concept('a matter of looks', {
    en: [
      'logos?|icons?|tooltips?|placeholder|animation|border|shadow|footer|headings?|caption|theme|themes|emoji|layout|style|headline|spinner|splash',
      'cut off',
      'wrong title|label|text|name|caption|heading|icon',
    ],
    ja: ['アイコン', 'ロゴ', '見出し', 'ラベル', 'ヘッダー', 'フッター', '(表示|画面)(が|の)(乱|おかしい)'],
  }),
] as const
