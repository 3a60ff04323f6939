import type { ConnectionId } from '../../contract/ids.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import type { SignIns } from '../signin/ports.ts';
import { planOf } from './view.ts';
import type { Found } from './merge.ts';
import type { ProviderRegistry } from '../providers/ports.ts';

/** Takes a secret the way a person enters it: tried at the provider first, then stored. */
export async function takeSecret(
  found: Found,
  { registry, signIns }: { registry: Pick<ProviderRegistry, 'get'>; signIns: SignIns },
): Promise<Result<ConnectionId>> {
  const plan = planOf(found, registry);
  if (!plan.ok) return plan;
  const { definition, method } = plan.value;
  const { address, username, secret, expiresAt } = found.candidate;
  const started = await signIns.start({
    provider: definition.id,
    client: undefined,
    method,
    grant: null,
    name: null,
    scopes: null,
    site: null,
    url: null,
    username,
    expiresAt,
    reconnects: null,
    open: false,
  });
  if (!started.ok) return started;
  const { id } = started.value;
  const place = definition.instance === undefined ? 'site' : 'url';
  const answered = await signIns.answer(id, { secret, ...(address === null ? {} : { [place]: address }) });
  const stage = answered.ok ? answered.value.stage : null;
  if (stage?.stage === 'done') return ok(stage.connection);
  signIns.cancel(id);
  if (!answered.ok) return answered;
  if (stage?.stage === 'failed') return failure(stage.error);
  return fail(
    'failed',
    'It needs an answer that an import cannot give.',
    `Run: tokentray connect ${definition.id}`,
  );
}
