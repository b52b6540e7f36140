/** US dollars for one of each, rough and rarely changed: the thresholds they are held against are rough too. */
export const CURRENCIES: readonly (readonly [RegExp, number])[] = [
  [/^(?:€|eur|euros?|ユーロ)$/, 1.1],
  [/^(?:£|gbp|pounds?|quid|ポンド)$/, 1.3],
  [/^(?:¥|jpy|yen|円)$/, 0.0067],
  [/^(?:₹|inr|rupees?)$/, 0.012],
  [/^(?:₩|krw|won)$/, 0.00075],
  [/^(?:cny|rmb|yuan|元)$/, 0.14],
  [/^(?:chf|francs?)$/, 1.1],
  [/^(?:cad|ca\$|c\$)$/, 0.73],
  [/^(?:aud|a\$|au\$)$/, 0.66],
  [/^(?:brl|r\$|reais)$/, 0.19],
  [/^(?:\$|us\$|usd|dollars?|bucks|ドル)$/, 1],
]

export const SCALES: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  grand: 1e3,
  m: 1e6,
  mn: 1e6,
  mm: 1e6,
  mio: 1e6,
  million: 1e6,
  bn: 1e9,
  billion: 1e9,
  lakh: 1e5,
  crore: 1e7,
  千: 1e3,
  万: 1e4,
  百万: 1e6,
  千万: 1e7,
  億: 1e8,
}
