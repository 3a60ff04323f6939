import { BodyWriter, firstString } from '../lib/dbus-wire.ts';
import type { SessionBus } from '../lib/session-bus.ts';

/** What the Secret Service says of the items with some attributes. */
export interface ItemSearch {
  unlocked: boolean;
  locked: boolean;
  /** Whether the keyring where new items go is there and locked. */
  defaultLocked: boolean;
}

const SERVICE = 'org.freedesktop.secrets';
const ROOT = '/org/freedesktop/secrets';

/**
 * Asks, without any prompt, whether there are items of these attributes. libsecret's lookup, and so keytar,
 * answers a locked keyring and a dismissed prompt in the same way as an item that is not there.
 * https://specifications.freedesktop.org/secret-service-spec/latest/
 */
export async function searchItems(
  bus: SessionBus,
  attributes: Readonly<Record<string, string>>,
): Promise<ItemSearch> {
  const found = await bus.call({
    destination: SERVICE,
    path: ROOT,
    interface: 'org.freedesktop.Secret.Service',
    member: 'SearchItems',
    signature: 'a{ss}',
    body: new BodyWriter().stringMap(attributes).bytes(),
  });
  // Two arrays of object paths: the length in bytes of the first, the first, the length of the second.
  const unlockedBytes = found.readUInt32LE(0);
  const lockedAt = 4 + unlockedBytes + ((4 - (unlockedBytes % 4)) % 4);
  const unlocked = unlockedBytes > 0;
  const locked = found.readUInt32LE(lockedAt) > 0;
  if (unlocked || locked) return { unlocked, locked, defaultLocked: false };
  return { unlocked, locked, defaultLocked: await isDefaultLocked(bus) };
}

async function isDefaultLocked(bus: SessionBus): Promise<boolean> {
  const alias = await bus.call({
    destination: SERVICE,
    path: ROOT,
    interface: 'org.freedesktop.Secret.Service',
    member: 'ReadAlias',
    signature: 's',
    body: new BodyWriter().string('default').bytes(),
  });
  const collection = firstString(alias);
  // '/': there is no default keyring yet.
  if (collection === '/') return false;
  const property = await bus.call({
    destination: SERVICE,
    path: collection,
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    signature: 'ss',
    body: new BodyWriter().string('org.freedesktop.Secret.Collection').string('Locked').bytes(),
  });
  // A variant of a boolean: signature (length 1, 'b', NUL), padding to 4, 32-bit value.
  return property.readUInt32LE(4) === 1;
}
