/** Names of the messages between a window and the core; the preload knows no others. */
export const CHANNELS = {
  /** Window → core, `invoke(name, input)`: gives a `Result`. */
  call: 'tokentray:call',
  /** Core → window: a `CoreEvent`. */
  event: 'tokentray:event',
  /** Core → window: a `ShowTarget`. */
  show: 'tokentray:show',
} as const;
