import type { Rule, Rules } from '../../../../contract/gateway.ts';
import { decide, type Decision } from '../../../../main/consumers/rules/decide.ts';
import {
  findPlaces,
  NO_PLACE,
  placesAtOnce,
  placeSources,
  UNKNOWN_PLACE,
  type Places,
} from '../../../../main/consumers/rules/places.ts';
import { factsOf, type RequestFacts } from '../../../../main/consumers/rules/request-facts.ts';

/** `jira GET /rest/api/3/issue/ABC-1?x=y` as rules see it; `jira@site` comes to a Cloud site's own address. */
export function factsFrom(text: string): RequestFacts & { query: string } {
  const [api = '', method = '', address = ''] = text.split(' ');
  const [path = '', query = ''] = address.split('?');
  const [id = '', route = 'default'] = api.split('@');
  const site = { cloudId: 'cloud-1', name: 'acme', url: 'https://acme.example', products: [] };
  const facts = factsOf({ connection: { site, route }, api: id, method, path });
  return { ...facts, query: query === '' ? '' : `?${query}` };
}

export const decideAbout = (rules: Rules, text: string, places: Places = UNKNOWN_PLACE): Decision =>
  decide(rules, factsFrom(text), places);

export const rule = (then: Rule['then'], conditions: Partial<Rule> = {}): Rule => ({ then, ...conditions });

/** Of an issue that is where its key says. */
const unmoved = (path: string): unknown => {
  const key = /^\/rest\/api\/2\/issue\/(\D+)-\d+\?fields=project$/.exec(path)?.[1];
  return key === undefined ? null : { fields: { project: { key } } };
};

/** As admission finds them; `answers` by path, `body` as JSON. */
export function placesOf(
  text: string,
  body?: unknown,
  answers: Record<string, unknown> = {},
): Promise<Places> {
  const facts = factsFrom(text);
  const sources = placeSources(facts, facts.query);
  const atOnce = placesAtOnce(facts, sources);
  if (atOnce !== null || sources === null) return Promise.resolve(atOnce ?? NO_PLACE);
  return findPlaces(facts, sources, body, (path) =>
    Promise.resolve(path in answers ? answers[path] : unmoved(path)),
  );
}
