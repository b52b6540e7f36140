/** Words for slowness. */
import { concept } from './phrase.ts'

/** Slow by more than half, or mostly failing, in words. */
export const VERY_SLOW = [
  concept('it is very slow', {
    en: [
      'extremely|severely|very|unusably|painfully|massively|significantly|dramatically|drastically|terribly|incredibly|unbearably|horribly|awfully|insanely|super|really|considerably|heavily slow*|degraded|high|delayed|long|sluggish|laggy|reduced',
      'severe|severely|massive|significant|huge|major|extreme|heavy|serious|substantial slow*|latency|degradation|degraded|delays?|performance|lag|slowness',
      'slow|slowed to a|the crawl|point',
      'crawl|crawling|snail*',
      'almost|nearly|practically|virtually|barely|hardly|all|close unusable|usable|responsive|unresponsive|works|nothing|but',
      'much|far|many|way|several slower|times|longer',
      'takes?|taking|took over|more|about|up|at~ than|to|least~ half|several|\\d+|a|two|three|many minutes?|minute|hours?|hour',
      'takes?|taking|took over|more|about|up|at~ than|to|least~ [2-9]\\d|1\\d|[2-9]\\ds|1\\ds s|secs?|seconds|to|now|per',
      'every click|page|request|query|action|screen takes',
      'most|majority of~ the|our~ ... fail*|time|timing|timeout*|slow|error|stuck|hang*',
      'majority of',
      'for over|more than|an|several~ hours?',
      'grinding to',
    ],
    ja: [
      '大幅(に|な)',
      '著し(く|い)',
      '極端に',
      '非常に(遅|重|時間|低|不)',
      'かなり(遅|重|時間)',
      'とても(遅|重)',
      'ほとんど(の|操作|動|使)',
      '大半の',
      '数分(かか|以上)',
      '半数以上',
    ],
  }),
] as const

export const SLOW = [
  concept('it is slow or delayed', {
    en: [
      'slow|slower|slowly|slowness|slowdown|slowdowns|slowed|sluggish|latency|latencies|lag|lags|laggy|lagging|delay|delays|delayed|delaying|degraded|degradation|degradations|backlog|behind|queued|throttl*|stutter*|congest*|overload*|overloaded|unresponsiveness|saturat*|bottleneck',
      'performance issues?|problems?|degradation|drop|loss|impact',
      'take|takes|taking|took ... longer|long|time|ages|forever',
      'longer|late|later than usual|normal|expected|planned',
      'minutes?|hours?|seconds?|bit|days late|longer|slower|behind',
      'up to an? hour|minutes? late',
      'show*|arriv*|come*|appear* ... late',
      'long|longer|high|higher|increased|elevated|bad|poor|slow load|loading|response|responses|wait|waiting|cpu|latency|times?|queue|waits|loads?|start|utili[sz]ation',
      'response|load|loading|wait|queue|start times?',
      'heavy load',
      'reduced capacity|throughput|performance|quality',
      'resource exhaustion',
      'packet loss',
      'queue waits?',
    ],
    ja: [
      '遅(い|く|延|れ)',
      '重(い|く|たい)',
      'もたつ',
      '時間(が|を)(かか|要)',
      '時間がかか',
      'レスポンス',
      '応答(が|時間)(遅|悪|低)',
      '低下',
      '滞留',
      '鈍',
      '高負荷',
      '混雑',
      '渋滞',
      '(メール|反映)の?遅',
    ],
  }),
] as const
