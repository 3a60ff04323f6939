/** Holds decrypted secrets, or is sending one somewhere. */
export interface ForgetsSecrets {
  /** The app was locked: drops them, and ends what uses them. What needs them later asks for them again. */
  readonly forgetSecrets: () => void;
}
