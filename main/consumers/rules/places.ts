import type { RequestFacts } from './request-facts.ts';
import { confluencePlaces } from './places-confluence.ts';
import { jiraPlaces } from './places-jira.ts';

/** The projects (of Jira) or spaces (of Confluence) that a request is about. */
export interface Places {
  /** Upper case. */
  readonly keys: readonly string[];
  /** False: there may be others, or nobody can tell. */
  readonly certain: boolean;
}

export const NO_PLACE: Places = { keys: [], certain: true };
export const UNKNOWN_PLACE: Places = { keys: [], certain: false };

/** One place that a request names: by its key, or by something whose place the service knows. */
export type PlaceReference =
  | { readonly key: string }
  | {
      /** Asked one after the other until one answers; `read` finds the key in the answer, or what to ask next. */
      readonly ask: readonly Question[];
      /** The place that its own name is of, which may be an earlier one; it counts too where something is changed. */
      readonly named?: string;
    };

export interface Question {
  /** Below the API's address, with its query. */
  readonly path: string;
  readonly read: (answer: unknown) => PlaceReference | null;
}

/** Where the places of a request are named. */
export interface PlaceSources {
  /** In its path and query. */
  readonly named: readonly PlaceReference[];
  /** In its body too; null when nothing there counts. Gives null when the body does not say what it has to. */
  readonly inBody: ((body: unknown) => readonly PlaceReference[] | null) | null;
}

/** Null: nobody can tell. */
export function placeSources(facts: RequestFacts, query: string): PlaceSources | null {
  if (facts.api === 'jira') return jiraPlaces(facts, query);
  if (facts.api === 'confluence') return confluencePlaces(facts, query);
  return { named: [], inBody: null };
}

/** What can be told without waiting; null when the body or the service has to be asked. */
export function placesAtOnce(facts: RequestFacts, sources: PlaceSources | null): Places | null {
  if (facts.placeless) return NO_PLACE;
  if (sources === null) return UNKNOWN_PLACE;
  if (sources.inBody !== null) return null;
  const keys: string[] = [];
  for (const reference of sources.named) {
    if (!('key' in reference)) return null;
    keys.push(reference.key.toUpperCase());
  }
  return { keys, certain: true };
}

/** More are never asked for one request. */
const MOST_REFERENCES = 50;
const MOST_QUESTIONS = 8;

/**
 * The places by the body and the service's answers. `body` undefined: there is none that can be read. `ask` gives null where there
 * is no answer.
 */
export async function findPlaces(
  { kind }: Pick<RequestFacts, 'kind'>,
  sources: PlaceSources,
  body: unknown,
  ask: (path: string) => Promise<unknown>,
): Promise<Places> {
  const inBody = sources.inBody === null ? [] : body === undefined ? null : sources.inBody(body);
  const references = [...sources.named, ...(inBody ?? [])];
  const keys = new Set<string>();
  let certain = inBody !== null && references.length <= MOST_REFERENCES;
  const answers = new Map<string, Promise<unknown>>();
  const askOnce = (path: string): Promise<unknown> => {
    const known = answers.get(path);
    if (known !== undefined) return known;
    const answer = answers.size < MOST_QUESTIONS ? ask(path) : Promise.resolve(null);
    answers.set(path, answer);
    return answer;
  };
  for (const reference of references.slice(0, MOST_REFERENCES)) {
    const key = await resolve(reference, askOnce);
    if ('named' in reference && (kind === 'change' || key === null)) keys.add(reference.named.toUpperCase());
    if (key === null) certain = false;
    else keys.add(key.toUpperCase());
  }
  return { keys: [...keys], certain };
}

async function resolve(
  reference: PlaceReference,
  ask: (path: string) => Promise<unknown>,
): Promise<string | null> {
  if ('key' in reference) return reference.key;
  for (const { path, read } of reference.ask) {
    const answer = await ask(path);
    const found = answer === null ? null : read(answer);
    if (found !== null) return resolve(found, ask);
  }
  return null;
}
