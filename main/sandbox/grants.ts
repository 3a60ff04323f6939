import { z } from 'zod';

/** How refresh tokens are replaced. */
export interface RotationRules {
  /** How long the previous refresh token still works after a rotation; 0: not at all. */
  reuseWindowSeconds: number;
  /** After how long without use a refresh token expires. */
  idleLifetimeSeconds: number;
}

/** Atlassian: 10 minutes, 90 days. */
export const ATLASSIAN_ROTATION: RotationRules = {
  reuseWindowSeconds: 600,
  idleLifetimeSeconds: 90 * 86_400,
};

const Family = z.object({
  id: z.string(),
  /** Serial number of the one current refresh token. */
  current: z.number().int(),
  /** When the current one was issued, epoch ms. */
  issuedAt: z.number(),
  /** The ones replaced within the reuse window, and when, epoch ms. Older ones are known by their number alone. */
  replaced: z.array(z.object({ serial: z.number().int(), at: z.number() })),
});
/** The refresh tokens of one sign-in, each replacing the previous one. */
export type Family = z.infer<typeof Family>;

/** What a person allowed an app. There is one for an app and account, however many times they signed in. */
export const Grant = z.object({
  id: z.string(),
  clientId: z.string(),
  person: z.string(),
  scopes: z.array(z.string()),
  /** Cloud ids the person picked, or every site they have. */
  sites: z.union([z.literal('all'), z.array(z.string())]),
  families: z.array(Family),
});
export type Grant = z.infer<typeof Grant>;

/** What a refresh token is at the moment it is used. */
export type TokenStanding =
  /** The one to use. */
  | 'current'
  /** Replaced, but still accepted. */
  | 'grace'
  /** Replaced too long ago: Atlassian considers it stolen and revokes the family. */
  | 'replaced'
  /** Not used for too long. */
  | 'expired';

/** Decides the status of the token with this serial number at `now` (epoch ms). */
export function standing(
  family: Family,
  serial: number,
  now: number,
  rules: RotationRules = ATLASSIAN_ROTATION,
): TokenStanding {
  if (serial === family.current)
    return now - family.issuedAt > rules.idleLifetimeSeconds * 1000 ? 'expired' : 'current';
  const replaced = family.replaced.find((entry) => entry.serial === serial);
  return replaced !== undefined && inReuseWindow(replaced.at, now, rules) ? 'grace' : 'replaced';
}

const inReuseWindow = (at: number, now: number, { reuseWindowSeconds }: RotationRules): boolean =>
  reuseWindowSeconds > 0 && now - at <= reuseWindowSeconds * 1000;

/** The family after one more rotation: whichever token was used, the current one is replaced by a new one. */
export const rotated = (family: Family, now: number, rules: RotationRules = ATLASSIAN_ROTATION): Family => ({
  ...family,
  current: family.current + 1,
  issuedAt: now,
  replaced: [
    ...family.replaced.filter(({ at }) => inReuseWindow(at, now, rules)),
    { serial: family.current, at: now },
  ],
});

/** `unknown` includes revoked tokens: nothing about them is kept. */
export type Rotation =
  | { standing: 'current' | 'grace'; grant: Grant; serial: number }
  | { standing: 'replaced' | 'expired' | 'unknown' };

/** Every grant there is. `onChange` is called before a caller learns of the change. */
export class Grants {
  readonly #grants = new Map<string, Grant>();
  readonly #grantOfFamily = new Map<string, string>();
  readonly #newId: () => string;
  readonly #onChange: () => void;

  constructor(newId: () => string, onChange: () => void, restored: readonly Grant[]) {
    this.#newId = newId;
    this.#onChange = onChange;
    for (const grant of restored) {
      this.#grants.set(grant.id, grant);
      for (const family of grant.families) this.#grantOfFamily.set(family.id, grant.id);
    }
  }

  list(): Grant[] {
    return [...this.#grants.values()];
  }

  get(id: string): Grant | null {
    return this.#grants.get(id) ?? null;
  }

  /** The newest consent replaces the scopes, for earlier sign-ins too; sites come on top of those granted before. */
  consent(consent: Pick<Grant, 'clientId' | 'person' | 'scopes' | 'sites'>): Grant {
    const { clientId, person, scopes, sites } = consent;
    const before = this.list().find((grant) => grant.clientId === clientId && grant.person === person);
    const grant = before ?? { id: this.#newId(), clientId, person, scopes, sites, families: [] };
    grant.scopes = scopes;
    grant.sites = sites === 'all' || grant.sites === 'all' ? 'all' : [...new Set([...grant.sites, ...sites])];
    this.#grants.set(grant.id, grant);
    this.#onChange();
    return grant;
  }

  startFamily(grant: Grant, now: number): { family: string; serial: number } {
    const family: Family = { id: this.#newId(), current: 1, issuedAt: now, replaced: [] };
    grant.families.push(family);
    this.#grantOfFamily.set(family.id, grant.id);
    this.#onChange();
    return { family: family.id, serial: family.current };
  }

  /** Judges a refresh token; unless `keep`, rotates the family to a new one and returns its serial number. */
  rotate(
    familyId: string,
    serial: number,
    now: number,
    keep: boolean,
    rules: RotationRules = ATLASSIAN_ROTATION,
  ): Rotation {
    const grant = this.get(this.#grantOfFamily.get(familyId) ?? '');
    const family = grant?.families.find(({ id }) => id === familyId);
    if (!grant || !family) return { standing: 'unknown' };
    const verdict = standing(family, serial, now, rules);
    if (verdict === 'replaced' || verdict === 'expired') {
      grant.families = grant.families.filter((other) => other !== family);
      this.#grantOfFamily.delete(familyId);
      this.#onChange();
      return { standing: verdict };
    }
    if (!keep) {
      Object.assign(family, rotated(family, now, rules));
      this.#onChange();
    }
    return { standing: verdict, grant, serial: family.current };
  }

  /** Ends the grants that match, and with each every sign-in under it. Gives how many. */
  revoke(matches: (grant: Grant) => boolean): number {
    const ended = this.list().filter(matches);
    for (const grant of ended) {
      this.#grants.delete(grant.id);
      for (const family of grant.families) this.#grantOfFamily.delete(family.id);
    }
    if (ended.length > 0) this.#onChange();
    return ended.length;
  }

  grantOfFamily(familyId: string): string | null {
    return this.#grantOfFamily.get(familyId) ?? null;
  }
}
