/** A connection to a local socket, as bytes. */
export interface Link {
  write(text: string): void;
  /** Closes it; no events follow. */
  close(): void;
}

export interface LinkEvents {
  connected(): void;
  data(piece: Buffer): void;
  /** Closed by the other side (null), or by an error with the system's code. Called once. */
  ended(code: string | null): void;
}

export type OpenLink = (path: string, events: LinkEvents) => Link;
