import { expect, test } from 'vitest';
import { readConsentForm } from '../../../main/sandbox/consent-form.ts';
import { SANDBOX_PEOPLE } from '../../../main/sandbox/people.ts';

const read = (form: string): string => {
  const decision = readConsentForm(new URLSearchParams(form), SANDBOX_PEOPLE);
  if (decision.kind !== 'allow') return decision.kind;
  const { person, sites } = decision;
  const names =
    sites === 'all'
      ? 'all'
      : person.sites.filter(({ cloudId }) => sites.includes(cloudId)).map(({ key }) => key);
  return `${person.key}: ${String(names)}`;
};

test.each([
  ['account=ana&site=acme&decision=allow', 'ana: acme'],
  ['account=ana&site=acme&site=acme-sandbox&decision=allow', 'ana: acme,acme-sandbox'],
  ['account=ana@acme.example&decision=allow', 'ana: all'],
  ['account=noor&decision=allow', 'noor: all'],
  // The boxes of people who were not picked are sent too, and count for nothing.
  ['account=ana&site=ana/acme-sandbox&site=ben/beta&site=chloe/acme&decision=allow', 'ana: acme-sandbox'],
  ['account=ana&site=chloe/acme&decision=allow', 'ana: all'],
  ['account=ana&site=beta&decision=allow', 'incomplete'],
  ['account=nobody&decision=allow', 'incomplete'],
  ['decision=allow', 'incomplete'],
  ['account=ana', 'incomplete'],
  ['account=ana&decision=perhaps', 'incomplete'],
  ['account=ana&site=acme&decision=deny', 'deny'],
  ['decision=deny', 'deny'],
])('%s', (form, expected) => {
  expect(read(form)).toBe(expected);
});
