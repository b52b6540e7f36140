/**
 * A description as the classifier reads it: normalised, cut into clauses, each with what it denies. A denial holds for its
 * own clause: "no data loss, but nobody can log in" denies the loss and not the login.
 */

/** More than anybody types; what is beyond it is not read. */
export const MAX_CHARS = 8 * 1024

export type Clause = {
  readonly text: string
  /** The clause says that something is not so. */
  readonly denied: boolean
  /** The clause is about another place than production, or says that something works. */
  readonly fine: boolean
}

export const normalise = (text: string): string =>
  text
    .slice(0, MAX_CHARS)
    .normalize('NFKC')
    .replace(/[’‘`]/g, "'")
    .replace(/[“”]/g, '"')
    .toLowerCase()
    .replace(/[ \t\r]+/g, ' ')

/** Ends of sentences, and the joints where a sentence turns. A point inside a name or a number ends nothing. */
const JOINT =
  /[!?;。！？；\n]+|\.(?=\s|$)|,? \bbut\b|,? \bhowever\b|,? \balthough\b|,? \bwhile\b|, (?=(?:no|not|nothing|none|everything|all other|other)\b)| - (?=[a-z])|(?<=が)、|(?<=です)が|(?<=ます)が/

const DENIAL =
  /\b(?:no|not|never|none|without|isn't|aren't|wasn't|weren't|doesn't|don't|didn't|hasn't|haven't|nothing|zero)\b[^,]{0,60}?\b(?:data loss|data (?:was|were|is|has been)|loss|lost|leak\w*|breach\w*|compromis\w*|affect\w*|impact\w*|exposed?|exposure|evidence|indication|sign|outage|down|downtime|vulnerable|access\w*|tamper\w*|lockfile|stolen)\b|\bunaffected\b|\bnot (?:yet )?confirmed\b|影響(?:は|も)?(?:なし|ありません|ない|無し|ございません|受けて(?:いません|ない))|(?:損失|消失|漏えい|漏洩|流出|被害|障害|停止)(?:は|も)?[^。]{0,12}(?:ありません|なし|ない|ございません|確認されていません|認められません)/

const FINE =
  /\b(?:keeps?|kept) working\b|\bnot affected\b|\bunaffected\b|\beverything else (?:works|is)\b|\b(?:works?|working|worked|runs?|operat\w+|loads?) (?:fine|normally|well|again|ok(?:ay)?|as (?:expected|usual))\b|\b(?:is|are) (?:fine|healthy|ok|normal)\b|\b(?:test|staging|dev|development|sandbox|qa|pre-?prod) (?:servers?|env\w*|site|system|cluster|instance)\b|\bstill works?\b|\bcontinue\w* (?:to work|successfully|normally)\b|正常(?:に|です)/

export function clauses(text: string): readonly Clause[] {
  return normalise(text)
    .split(JOINT)
    .flatMap(each => (DENIAL.test(each) || FINE.test(each) ? each.split(/, |、/) : [each]))
    .map(each => each.trim())
    .filter(each => each !== '')
    .map(each => ({ text: each, denied: DENIAL.test(each), fine: FINE.test(each) }))
}
