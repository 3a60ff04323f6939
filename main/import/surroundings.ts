import type { Place } from './candidate.ts';

/** What a source may look at: the files and the keychain of one person. It changes nothing. */
export interface Surroundings {
  /** The person's home; empty when there is none. */
  readonly home: string;
  /** Where programs of the command line keep their settings: `XDG_CONFIG_HOME`, else `~/.config`. */
  readonly configHome: string;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the command was run. */
  readonly folder: string | null;
  /** The one file that the person named: then nothing else is looked at that holds the same. */
  readonly file: string | null;
  /** Epoch ms. */
  readonly now: number;
  /** Whether an address belongs to a site of Atlassian Cloud. */
  readonly isCloudSite: (address: string) => boolean;
  /** The text of a file; null when there is none, or, with a note, when it cannot or must not be read. */
  readonly read: (file: string) => string | null;
  /** Names in a folder, sorted; none when it is not there. */
  readonly list: (folder: string) => string[];
  /** Null when there is no such item, or the keychain cannot be asked. */
  readonly keychain: (service: string, account: string) => Promise<string | null>;
  readonly note: (place: Place | null, message: string, clear?: string) => void;
}
