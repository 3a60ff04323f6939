/** A site that exists only in the sandbox. */
export interface SandboxSite {
  /** What tests and the control name it by. */
  key: string;
  cloudId: string;
  name: string;
  /** A name to show; nothing is ever asked of it. Requests go to `siteAddress`. */
  url: string;
}

/** Where a site answers. A path, because not every machine resolves `acme.localhost`. */
export const siteAddress = (url: string, { key }: SandboxSite): string => `${url}/sites/${key}`;

export interface SandboxPerson {
  /** What the sign-in form, tests and the control name the person by. */
  key: string;
  accountId: string;
  name: string;
  email: string;
  /** The sites the person may grant; the first is picked beforehand. */
  sites: readonly SandboxSite[];
}

const site = (key: string, cloudId: string, name = key): SandboxSite => ({
  key,
  cloudId,
  name,
  url: `https://${key}.atlassian.net`,
});

const acme = site('acme', '11111111-a5e1-4c3e-9b6a-0000000ac3e0');
const acmeSandbox = site('acme-sandbox', '11111111-a5e1-4c3e-9b6a-0000000ac3e5');
const beta = site('beta', '22222222-be7a-4d1f-8c2b-000000000be7');
const atelier = site(
  'atelier-etoile',
  '33333333-a7e1-4f0e-a3d4-0000000e7011',
  'Étoile & Fils <Produktion> – 東京 – אתר עם שם ארוך מאוד 🌟',
);

/** Ana and Ben share a site; the others are the edges: one site, none, and names that strain a layout. */
export const SANDBOX_PEOPLE: readonly SandboxPerson[] = [
  {
    key: 'ana',
    accountId: '712020:0a4a0001-5eed-4a11-8b01-00000000aa01',
    name: 'Ana Keller',
    email: 'ana@acme.example',
    sites: [acme, acmeSandbox],
  },
  {
    key: 'ben',
    accountId: '712020:0be40002-5eed-4a11-8b01-00000000be02',
    name: 'Ben Okoro',
    email: 'ben@beta.example',
    sites: [beta, acme],
  },
  {
    key: 'chloe',
    accountId: '712020:0c410003-5eed-4a11-8b01-00000000c103',
    name: 'Chloé Dubois',
    email: 'chloe@acme.example',
    sites: [acme],
  },
  {
    key: 'noor',
    accountId: '712020:04000004-5eed-4a11-8b01-0000000a0004',
    name: 'Noor Haddad',
    email: 'noor@nowhere.example',
    sites: [],
  },
  {
    key: 'leila',
    accountId: '5b10ac8d82e05b22cc7d4ef5',
    name: '🦊 ليلى بنت عبد الرحمن Aleksandra-Philomena Müller-Lüdenscheidt von und zu Hohenstein',
    email: 'leila.aleksandra-philomena.mueller-luedenscheidt@atelier-etoile.example',
    sites: [atelier, beta],
  },
];

/** Accounts without a person (Atlassian administration, *Service accounts*). They appear on no sign-in page. */
export const SERVICE_ACCOUNTS: readonly SandboxPerson[] = [
  {
    key: 'build-bot',
    accountId: '712020:5e4b0001-5eed-4a11-8b01-0000000b0701',
    name: 'Build bot',
    email: 'build-bot@serviceaccount.acme.example',
    sites: [acme],
  },
  {
    key: 'report-bot',
    accountId: '712020:5e4b0002-5eed-4a11-8b01-0000000b0702',
    name: 'Report bot',
    email: 'report-bot@serviceaccount.beta.example',
    sites: [beta],
  },
];
