/** An `ok: false` answer of the Web API, thrown by a method and written to the wire by web-api.ts. */

import type { Json } from './types.ts'

export class ApiError extends Error {
  readonly code: string
  readonly extra: Json

  /** `extra` is merged into the answer's body (needed, provided, errors, response_metadata). */
  constructor(code: string, extra: Json = {}) {
    super(code)
    this.code = code
    this.extra = extra
  }
}

/** Stops the call with `code` unless `holds`. */
export function demand(holds: unknown, code: string, extra: Json = {}): asserts holds {
  if (!holds) throw new ApiError(code, extra)
}

/** Slack's shape for a refused argument: the code plus one line for each problem, with a JSON pointer. */
export function refuse(code: string, problems: readonly string[]): never {
  throw new ApiError(code, {
    ...(code === 'invalid_blocks' ? { errors: problems } : {}),
    response_metadata: { messages: problems.map(problem => `[ERROR] ${problem}`) },
  })
}
