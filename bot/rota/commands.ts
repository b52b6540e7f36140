/** What can be asked of the rota. */

export type RotaCommand =
  /** Look who is on call: at a change of shift, at the start, after a reload. */
  { readonly do: 'look' }
