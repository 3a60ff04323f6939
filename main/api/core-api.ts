import type { CoreEvent } from '../../contract/events.ts';
import type { Event } from '../lib/emitter.ts';
import type { Dispatch } from './dispatcher.ts';

/** What a transport exposes of the core: calls in, events out. */
export interface CoreApi {
  readonly dispatch: Dispatch;
  readonly events: Event<CoreEvent>;
}
