import { SECTIONS, type Section } from '../../contract/sections.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import { DETAIL_TABS, type AppState, type DetailTab } from './state.ts';

/** What the window shows, as far as its address says it: places and ids, no names. */
export interface Place {
  section: Section;
  /** Of the connections; null: whichever. */
  connection: ConnectionId | null;
  tab: DetailTab;
}

const ID = /^[\w-]{1,64}$/;

/** `#/connections/<id>/<tab>`, or a section; the first tab is left out. */
export function addressOf({ section, selectedId, detailTab }: AppState): string {
  if (section !== 'connections') return `#/${section}`;
  const parts = [
    ...(selectedId === null ? [] : [selectedId]),
    ...(detailTab === DETAIL_TABS[0] ? [] : [detailTab]),
  ];
  return selectedId === null ? '#/connections' : ['#/connections', ...parts].join('/');
}

/** What an address means; of what is not known, the nearest that is. Null: it says nothing. */
export function placeOf(address: string): Place | null {
  const [start, section, id, tab] = address.split('/');
  if (start !== '#' || section === undefined) return null;
  const known = SECTIONS.find((each) => each.id === section)?.id ?? 'connections';
  return {
    section: known,
    connection: section === 'connections' && id !== undefined && ID.test(id) ? (id as ConnectionId) : null,
    tab: DETAIL_TABS.find((each) => each === tab) ?? DETAIL_TABS[0],
  };
}
