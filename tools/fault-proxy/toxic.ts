/** Which way bytes go: `up` to the server, `down` to the client. */
export type Direction = 'up' | 'down';

/** One way for a network to misbehave. Times are milliseconds. */
export type Toxic =
  /** Everything arrives later. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** No more than so many bytes a second. */
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number }
  /** The end of the connection is passed on later. */
  | { readonly kind: 'slow-close'; readonly ms: number }
  /** Nothing arrives, and after `ms` the connection is closed; 0: never. */
  | { readonly kind: 'timeout'; readonly ms: number }
  /** Arrives in pieces of `bytes`, one every `ms`. */
  | { readonly kind: 'slicer'; readonly bytes: number; readonly ms: number }
  /** After so many bytes the connection is closed, or reset. */
  | { readonly kind: 'limit-data'; readonly bytes: number; readonly end: 'close' | 'reset' }
  /** The first byte in this direction does not arrive: `ms` after it the connection is reset. */
  | { readonly kind: 'reset-peer'; readonly ms: number }
  /** Packets vanish in both directions from the first byte in this one on, and nobody is told, for ever. */
  | { readonly kind: 'half-open' };

/** Where and how often a toxic works. */
export interface ToxicPlan {
  readonly direction: Direction;
  /** How many connections it strikes, counted as they are opened. Default: all, those that are open included. */
  readonly connections?: number;
}
