/** Names our items to the keychain. */
export const KEYCHAIN_SERVICE = 'Tokentray';

/** Why the keychain gave no answer. `reason` is the system's own text and holds no secret. */
export interface KeychainRefusal {
  kind:
    | 'locked'
    /** No keychain service runs, or its library is not installed. */
    | 'missing'
    | 'timed-out'
    /** The user or a policy refused. */
    | 'denied'
    | 'failed';
  reason: string;
}

export type KeychainAnswer =
  | { kind: 'found'; secret: string }
  /**
   * The keychain knows no such item. `locked`: the keychain where new items go is locked, and some services
   * (KeePassXC) do not show what they hold then. `unreached`: why another one, which may have it, could not be asked.
   */
  | { kind: 'absent'; locked: boolean; unreached?: string }
  | KeychainRefusal;

/** The operating system's keychain. An answer may take as long as a person takes to type a password. */
export interface KeychainPort {
  /** `absent` only when the keychain itself says so; never after an error. */
  read(account: string): Promise<KeychainAnswer>;
  /** Adds the item, or replaces the one of the same account. */
  write(account: string, secret: string): Promise<{ kind: 'written' } | KeychainRefusal>;
  /** Cancels a pending request, where that is possible. */
  close(): void;
  /** Only where a keychain belongs to a session, and there may be more than one. */
  readonly sessions?: KeychainSessions;
}

/** The message buses on which a keychain is looked for. */
export interface KeychainSessions {
  /** A bus that a caller has, as D-Bus addresses: it is tried too, from the next question on. True when it is news. */
  add(address: string): boolean;
  /** What the last question found, in the order in which it looked. `answer` null: it has not said anything yet. */
  readonly tried: readonly {
    address: string;
    origin: 'caller' | 'environment' | 'user';
    answer: KeychainAnswer['kind'] | null;
    reason: string;
  }[];
}
