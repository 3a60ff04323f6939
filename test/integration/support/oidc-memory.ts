import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/**
 * Storage for one server that forgets nothing while it runs. The adapter that comes with oidc-provider holds about a
 * thousand entries: past that it drops live refresh tokens, which looks just like a fault of the client under test.
 */
export function oidcMemory(): AdapterFactory {
  const entries = new Map<string, AdapterPayload>();
  return (model): Adapter => {
    const find = (matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
      for (const [key, payload] of entries)
        if (key.startsWith(`${model}:`) && matches(payload)) return payload;
      return undefined;
    };
    const resolved = Promise.resolve();
    return {
      upsert: (id, payload) => {
        entries.set(`${model}:${id}`, payload);
        return resolved;
      },
      find: (id) => Promise.resolve(entries.get(`${model}:${id}`)),
      findByUid: (uid) => Promise.resolve(find((payload) => payload.uid === uid)),
      findByUserCode: (userCode) => Promise.resolve(find((payload) => payload.userCode === userCode)),
      consume: (id) => {
        const payload = entries.get(`${model}:${id}`);
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
        return resolved;
      },
      destroy: (id) => {
        entries.delete(`${model}:${id}`);
        return resolved;
      },
      // Asked once for each model, of all tokens under a grant.
      revokeByGrantId: (grantId) => {
        for (const [key, payload] of entries)
          if (key.startsWith(`${model}:`) && payload.grantId === grantId) entries.delete(key);
        return resolved;
      },
    };
  };
}
