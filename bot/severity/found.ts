/** A figure with the words that gave it. */
export type Found = { readonly value: number; readonly quote: string }

export const largest = (all: readonly Found[]): Found | undefined =>
  all.reduce<Found | undefined>((best, each) => (best && best.value >= each.value ? best : each), undefined)
