import { clientTitle } from '../../../contract/consent-title.ts';
import type { HeldRequestView } from '../../../contract/gateway.ts';
import type { McpConsentView } from '../../../contract/mcp.ts';
import { longerAnswers } from '../../../contract/program-words.ts';
import { heldFacts } from './held-words.ts';
import { LINE, type TrayCommand, type TrayItem } from './tray-item.ts';
import { trayLabel } from './tray-label.ts';

const SHOWN_HELD = 5;
const SHOWN_CONSENTS = 5;

/** An answer about a program may hold for longer than this once. */
function heldAnswers({ id, program }: HeldRequestView): TrayItem[] {
  const longer = program === undefined ? [] : longerAnswers(program, 'approve');
  return [
    { kind: 'action', label: 'Allow once', command: { do: 'decide', request: id, decision: 'approve' } },
    ...longer.map(({ label, lasts }): TrayItem => ({
      kind: 'action',
      label,
      command: { do: 'decide', request: id, decision: 'approve', lasts },
    })),
    {
      kind: 'action',
      label: 'Deny',
      command: { do: 'decide', request: id, decision: 'deny' },
    },
  ];
}

/** Requests that wait for the person, oldest first; each says what it would do before it can be let through. */
export function heldItems(held: readonly HeldRequestView[]): TrayItem[] {
  if (held.length === 0) return [];
  const items: TrayItem[] = held.slice(0, SHOWN_HELD).map((request) => {
    const { consumer, connection, summary } = request;
    return {
      kind: 'submenu',
      label: trayLabel(`⚠ ${consumer.name}: ${summary}`),
      items: [
        { kind: 'heading', label: trayLabel(`${consumer.name} asks “${connection.name}”`) },
        { kind: 'heading', label: trayLabel(summary) },
        ...heldFacts(request).map((fact): TrayItem => ({ kind: 'heading', label: trayLabel(fact) })),
        LINE,
        ...heldAnswers(request),
      ],
    };
  });
  const open: TrayCommand = { do: 'open', target: { view: 'gateway' } };
  return [
    ...items,
    {
      kind: 'action',
      label: held.length === 1 ? 'Show this request…' : `Show all ${held.length} requests…`,
      command: open,
    },
  ];
}

/** MCP clients that wait for consent, oldest first; the window shows what they ask for, so nothing is decided here. */
export function consentItems(consents: readonly McpConsentView[]): TrayItem[] {
  if (consents.length === 0) return [];
  const items: TrayItem[] = consents.slice(0, SHOWN_CONSENTS).map((consent) => ({
    kind: 'action',
    label: trayLabel(`⚠ ${clientTitle(consent)} wants to sign in…`),
    command: { do: 'open', target: { view: 'consent', consent: consent.id } },
  }));
  if (consents.length > SHOWN_CONSENTS)
    items.push({
      kind: 'action',
      label: `Show all ${consents.length} programs…`,
      command: { do: 'open', target: { view: 'gateway' } },
    });
  return items;
}
