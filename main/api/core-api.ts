import type { CoreEvent } from '../../contract/events.ts';
import type { Event } from '../lib/emitter.ts';
import type { Dispatch } from './dispatcher.ts';

/** All of the core that a transport carries: calls in, events out. */
export interface CoreApi {
  readonly dispatch: Dispatch;
  readonly events: Event<CoreEvent>;
}
