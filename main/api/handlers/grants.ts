import { ok } from '../../lib/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type GrantCalls = Extract<keyof Handlers, `grants.${string}`>;

export const grantHandlers = ({ approvals }: Pick<Services, 'approvals'>): Pick<Handlers, GrantCalls> => ({
  'grants.list': async () => ok({ grants: await approvals.list() }),
  'grants.revoke': ({ grants }) => {
    const revoked = approvals.revoke(grants);
    return revoked.ok ? ok({ revoked: revoked.value }) : revoked;
  },
});
