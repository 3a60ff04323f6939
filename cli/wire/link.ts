/** A connection to a local socket, as bytes. */
export interface Link {
  write(text: string): void;
  /** Ends it; nothing is told afterwards. */
  close(): void;
}

export interface LinkEvents {
  connected(): void;
  data(piece: Buffer): void;
  /** It is over: by the other side (null), or by a fault with the system's code. Told once. */
  ended(code: string | null): void;
}

export type OpenLink = (path: string, events: LinkEvents) => Link;
