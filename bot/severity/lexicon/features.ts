/** What a product is made of: what it cannot be without, and the rest. */
import { concept } from './phrase.ts'

/** Without these a product does not do its job (the labelling rule's list, in the words that people use). */
export const KEY = [
  concept('signing in', {
    en: [
      'log-?ins?|logins?|signin|sign-ins?|sso|saml|oauth|oidc|okta|2fa|mfa|otp|passkeys?|authenticat*|auth|logon',
      'log|logging|logged in|on|into',
      'sign|signs|signing|signed in|into',
      'get|gets|getting back~ in',
      'single sign-on',
    ],
    ja: [
      'ログイン(?!画面|ページ|履歴)',
      'ログイン(画面|ページ)(から|で)(進|入)',
      'サインイン',
      '認証(?!情報)',
    ],
  }),
  concept('buying and paying', {
    en: [
      'check-?outs?|pay|pays|paying|payments?|purchas*|billing|carts?|basket|baskets|transactions|donations?|card|cards|tills?|subscriptions?',
      'check|checking out',
      'buy|buying',
      'place|placing|submit|create|complete an?~ orders?',
      'orders?(?=\\s(?:fail|rejected|stuck|cannot|can|go|come|coming|are|not|placed|placement|processing|entry|api))',
      'new|zero|no|0 orders?',
      'apple|google pay',
      'card terminals?',
      'book|booking|bookings|reservations?',
    ],
    ja: ['決済', '支払', '購入', '注文(?!確認|データ|履歴)', 'カート', '予約', '会計', 'レジ'],
  }),
  concept('publishing', {
    en: [
      'publish*|posting|deploys|deployments?|releasing',
      'post|send|create|write|save|submit new|their|messages?|posts?|articles?|work|changes|documents?|forms?|applications?|claims?',
      'git push|pushes|clone|pull',
    ],
    ja: ['公開(?!リポジトリ|鍵|され)', '投稿(?!データ)', 'デプロイ', '送信(?!元|者|履歴)'],
  }),
  concept('uploading', { en: ['upload*'], ja: ['アップロード'] }),
  concept('signing up', {
    en: [
      'sign-?ups?|signups?|registrations?|registering|register|onboarding',
      'sign|signing up',
      'create|creating|open|opening an?~ new~ accounts?',
      'account creation',
      "new users?|customers?|members? cannot|are|can't|registrations?",
    ],
    ja: [
      '新規登録',
      '会員登録',
      'アカウント(作成|登録)',
      '(?<!スケジュール|カレンダー|一括|日付が.{0,8})登録(が|を|でき|の完了)',
    ],
  }),
  concept('mail that people need to get in', {
    en: [
      'password reset|recovery|mails?|emails?|change',
      'reset ... password',
      'forgot* password',
      'forgotten|lost password',
      'confirmation|verification|activation|verify* e-?mails?|mails?|emails?|codes?|link|links',
      'email|e-mail verification|confirmation',
      'account verification|activation',
      'verifying your email',
    ],
    ja: [
      'パスワード(の)?(再設定|リセット|再発行)',
      '(?<!注文|予約)確認(メール|コード)',
      '認証(メール|コード)',
      '完了メール',
    ],
  }),
  concept('the search', {
    en: [
      'search(?=\\s(?:is|are|has|not|returns?|does|fails?|failing|down|broken|unavailable|gives?|finds?|shows?|yields?|function|feature|engine|api|endpoint|throws?|errors?|cannot|times))',
      'searching',
      'site|product|code|full-text search',
      "can't|cannot|unable to~ search",
    ],
    ja: ['検索(でき|機能|が|する|を実行|して)'],
  }),
  concept('what the product is for', {
    en: [
      'incoming|outgoing|inbound|outbound|phone|voice|video calls?',
      'calls?(?=\\s(?:do|does|cannot|fail|drop|are|never))',
      'answer|make|receive|receiving|take|place|get|getting ... calls?|tickets?|chats?|orders?|trips',
      'homepage',
      'home|landing|start page',
      'build|builds|ci jobs?|builds?|pipelines?|queue',
      'merge|merges|merged|merging',
      'send|sending|receive|receiving ... messages?|emails?|mail|mails',
      'messages(?=\\s(?:are|cannot|do|not|never|stay|get|fail))',
      'join|joining|joined ... meetings?|calls?|games?|rooms?',
      'patient charts?|records?',
      'add-ons|addons|extensions',
      'api keys?',
      'streaming|playback|streams',
      'matchmaking',
      'any|new|no|all ... image|images|notebook|notebooks|jobs?|runs?|builds?|sessions?|agents?|runners?|trips?|rides?|orders?|deliveries|workflows?|codespaces?',
    ],
    ja: ['(送受信|受信)(?!確認)', '通話', '着信', '配信が', '再生'],
  }),
] as const

/** A named part of a product that people can do without for a while. */
export const FEATURE = [
  concept('a single feature', {
    en: [
      'exports?|exporting|imports?|importing|notifications?|reports?(?!\\s(?:that|of|from|say))|reporting|charts?|graphs?|filters?|filtering|sort|sorting|sorted|print|printing|previews?|widgets?|buttons?|links?|badges?|avatars?|thumbnails?|statistics|stats|analytics|calendar|integrations?|webhooks?|indexing|autosave|menus?|tabs?|dialogs?|shortcuts?|rss|newsletters?|feeds?|toggles?|settings?|preferences|themes?|tags?|labels|comments|reactions|emoji|attachments?|pagination|scroll*|drag|undo|redo|copy|paste|download|downloads|csv|xlsx|pdf|excel|tooltip|sidebar|popup|pop-up|form|field|fields|column|columns|rows|dropdown|drop-down|autocomplete|newsletter|pull-to-refresh|pagination|undo|webhook|scheduler|retries|retry|integration|viewer|rotation|cropping|autosave|spellcheck|onboarding|profiles|subtitles|captions|suggestions?|history|timeline|counter|summary|digest|reminders?|invites?|invitations?|share|sharing|sync|bookmark*|favou?rites?|leaderboards?|ranking|rankings|profile|picture|image|photo|gallery|translation|translations|timezone|badge|audit|map|viewer|editor|wizard|modal|checkbox|slider|unsubscribe|archiv*|mirror|coverage|renewal|cron|nightly|cleanup|weekly',
      'push notifications?',
      'dark mode',
    ],
    ja: [
      '通知',
      'エクスポート',
      'インポート',
      'CSV',
      'csv',
      '出力',
      '印刷',
      'グラフ',
      'ランキング',
      'カレンダー',
      'ボタン',
      'リンク',
      'フィルタ',
      '絞り込み',
      '並び(替|順)',
      '設定画面',
      'プレビュー',
      '集計',
      'ウィジェット',
      'ダウンロード',
      'レポート',
      '凡例',
      '一覧',
      'プロフィール',
      'コメント',
      'タグ',
      'お気に入り',
      '履歴',
      '一括',
    ],
  }),
] as const

/** Words that make a named thing a service of its own, so that it being down is its whole outage. */
export const SERVICE = [
  concept('a whole service', {
    en: [
      'service|api|platform|system|product|server|site|website|portal|app|application|cluster|gateway|backend|prod|production|network|domain|database|infrastructure|intranet|vpn|host|registry|erp|crm|wiki|tracker|game|store|shop|tool|tools|bot',
      'mail server',
    ],
    ja: [
      'サービス',
      'システム',
      'サーバー?',
      'サイト',
      'アプリ',
      'API',
      'api',
      '本番',
      'プラットフォーム',
      'データベース',
      'db',
      'ネットワーク',
      'bot',
      'ゲーム',
      'ホームページ',
      'トップページ',
    ],
  }),
] as const
