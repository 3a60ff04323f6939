import type { ConsumerId, ExportId } from '../../../contract/ids.ts';

/** Elements of the page that the focus is moved to from elsewhere; null: not there now. */
type Place = HTMLElement | null;

/** The row of the connection list that Tab reaches. */
export const leadRow = (): Place => document.querySelector('[role="listbox"] [tabindex="0"]');

export const selectedTab = (): Place => document.querySelector('[role="tab"][aria-selected="true"]');

/** The first button of the row: it shows where the focus is, as a row does not. */
const rowOf = (attribute: string, id: string): Place => {
  const row = document.querySelector<HTMLElement>(`[${attribute}="${CSS.escape(id)}"]`);
  return row?.querySelector('button') ?? row;
};

export const exportRow = (id: ExportId): Place => rowOf('data-export', id);

export const consumerRow = (id: ConsumerId): Place => rowOf('data-consumer', id);
