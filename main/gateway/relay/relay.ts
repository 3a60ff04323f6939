import type { ConsumerId } from '../../../contract/ids.ts';
import type { Admission, Consumers, Traffic, Verdict } from '../../consumers/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import type { ForgetsSecrets } from '../../lib/forgets-secrets.ts';
import type { Logger } from '../../lib/log.ts';
import { pause } from '../../lib/pause.ts';
import type { Governor } from '../governor.ts';
import { failureAnswer } from '../own-answer.ts';
import type { Relay, Upstream, Upstreams } from '../ports.ts';
import type { OwnAnswer } from '../own-answer.ts';
import { attempt, type Outcome } from './attempt.ts';
import { Job } from './job.ts';
import {
  faultAnswer,
  lacksScopes,
  limitedAnswer,
  renewedAnswer,
  refusedCredential,
  verdictAnswer,
  BUG,
  CLOSING,
  KEY_ENDED,
  LATE,
  LOCKED,
} from './relay-answers.ts';

export interface RelayOptions {
  admission: Admission;
  upstreams: Upstreams;
  governor: Governor;
  consumers: Pick<Consumers, 'onRemoved'>;
  traffic: Pick<Traffic, 'record'>;
  clock: Clock;
  logger: Logger;
}

const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);

/** Sends requests on with the credential of their connection. Disposing of it ends what is under way. */
export function createRelay(options: RelayOptions): Disposable & ForgetsSecrets & { relay: Relay } {
  const { admission, upstreams, governor, consumers, traffic, clock, logger } = options;
  const underWay = new Set<Job>();

  function stopAll(answer: OwnAnswer, of: ConsumerId | null = null): void {
    for (const job of underWay) if (of === null || job.target.consumer.id === of) job.stop(answer);
  }
  const removals = consumers.onRemoved((id) => {
    stopAll(KEY_ENDED, id);
  });

  async function send(job: Job): Promise<void> {
    const { connection, api, path } = job.target;
    const permit = governor.permit(connection, api, job.method, path);
    if (permit.kind === 'limited') {
      job.decision = 'limited';
      job.reason = 'The provider asked to wait.';
      job.answer(limitedAnswer(connection, permit.afterMs));
      return;
    }
    if (permit.kind === 'wait') await pause(clock, permit.forMs, job.signal);
    const found = upstreams.open(connection, api);
    const opened = found instanceof Promise ? await found : found;
    if (job.isGone()) return;
    if (!opened.ok) {
      job.decision = 'failed';
      job.reason = opened.error.message;
      job.answer(failureAnswer(opened.error));
      return;
    }
    await sendTo(job, opened.value);
  }

  async function sendTo(job: Job, first: Upstream): Promise<void> {
    const { connection, api, path } = job.target;
    let upstream = first;
    let mayRenew = true;
    let mayRepeat = IDEMPOTENT.has(job.method);
    for (;;) {
      const outcome = await attempt(job, upstream, clock, (status, raw) => {
        governor.learn(connection, { api, method: job.method, path }, { status, raw });
      });
      if (outcome.kind === 'over' || job.isGone()) return;
      if (outcome.kind === 'unauthorized') {
        // A newer token of the same sign-in has no more scopes.
        const mayHelp = mayRenew && outcome.missing === null;
        const newer = mayHelp ? await upstreams.replace(connection, api, upstream) : null;
        mayRenew = false;
        if (job.isGone()) return;
        if (newer === null) {
          await refuse(job, outcome.missing);
          return;
        }
        if (job.body?.canRepeat === false) {
          failed(job, renewedAnswer(connection));
          return;
        }
        upstream = newer;
      } else if (mayRepeat && canRepeat(job, outcome)) {
        mayRepeat = false;
        // Others that are kept have likely been closed too.
        for (const sockets of Object.values(upstream.agent.freeSockets))
          for (const socket of sockets ?? []) socket.destroy();
      } else {
        failed(job, outcome.kind === 'late' ? LATE : faultAnswer(outcome.fault, upstream.url));
        return;
      }
    }
  }

  /** The upstream does not take the credential, and there is no better one. */
  async function refuse(job: Job, missing: readonly string[] | null): Promise<void> {
    const { connection, api } = job.target;
    if (missing !== null) {
      failed(job, lacksScopes(connection, missing));
      return;
    }
    const opened = await upstreams.open(connection, api);
    failed(job, opened.ok ? refusedCredential(connection) : failureAnswer(opened.error));
  }

  function failed(job: Job, answer: Parameters<Job['answer']>[0]): void {
    job.decision = 'failed';
    job.reason = answer.message;
    job.answer(answer);
  }

  const relay: Relay = async (request, response, target) => {
    const job = new Job(request, response, target, clock);
    underWay.add(job);
    let verdict: Verdict | null = null;
    try {
      const asked = admission.admit(job.asked(), job.signal);
      verdict = asked instanceof Promise ? await asked : asked;
      job.decision = verdict.decision;
      job.reason = verdict.reason;
      if (!job.isGone()) {
        if (verdict.goes) await send(job);
        else job.answer(verdictAnswer(verdict));
      }
      await job.ended;
    } catch (fault) {
      logger.error('gateway.relay', { error: fault instanceof Error ? fault.message : 'unknown' });
      failed(job, BUG);
    } finally {
      if (verdict?.goes === true) verdict.end();
      underWay.delete(job);
      record(job);
    }
  };

  function record(job: Job): void {
    const { consumer, connection, entrance, api, path } = job.target;
    traffic.record({
      at: clock.now(),
      consumer: { id: consumer.id, kind: consumer.kind, name: consumer.name },
      connection: connection.id,
      connectionName: connection.name,
      entrance,
      api,
      method: job.method,
      path,
      status: job.response.headersSent ? job.response.statusCode : 0,
      durationMs: clock.monotonicMs() - job.startedMs,
      requestBytes: job.body?.bytes ?? 0,
      responseBytes: job.responseBytes,
      decision: job.decision,
      reason: job.reason,
    });
  }

  return {
    relay,
    forgetSecrets: () => {
      stopAll(LOCKED);
    },
    dispose: async () => {
      await removals.dispose();
      stopAll(CLOSING);
    },
  };
}

/** Whether it was lost on a connection that the upstream was closing, and may be sent again. Pure. */
const canRepeat = (job: Job, outcome: Outcome): boolean =>
  outcome.kind === 'fault' && outcome.stale && !job.response.headersSent && job.body?.canRepeat !== false;
