import { z } from 'zod';

export const LOOPBACK_NAMES = ['127.0.0.1', '[::1]', 'localhost'] as const;
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(LOOPBACK_NAMES);

/** True for `https:` addresses, and for `http:` ones that stay on this machine. */
export function isSafeEndpoint(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname));
}

export const Endpoint = z.lazy(() =>
  z.string().max(2000).refine(isSafeEndpoint, {
    error: 'must be an https: address (http: only on 127.0.0.1, [::1] or localhost)',
  }),
);

/** As in an address, with its port unless it is the usual one. */
export const Host = z.lazy(() =>
  z
    .string()
    .max(300)
    .refine((text) => URL.canParse(`https://${text}`) && new URL(`https://${text}`).host === text, {
      error: 'must be a host in lower case, such as auth.example.com or localhost:8080',
    }),
);

/** What may stand in an address: the base address of an instance, at the start; a site's cloud id. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  '{instance}': 'https://instance.example',
  '{site}': 'https://site.example',
  '{cloudId}': '0',
};
const PLACEHOLDER = /\{[A-Za-z]*\}/g;

/** An address that may start with `{instance}` or `{site}` and may contain `{cloudId}`. */
export const AddressTemplate = z.lazy(() =>
  z
    .string()
    .max(2000)
    .refine(
      (text) =>
        !/.\{(instance|site)\}/.test(text) &&
        [...text.matchAll(PLACEHOLDER)].every(([name]) => name in PLACEHOLDERS) &&
        isSafeEndpoint(text.replace(PLACEHOLDER, (name) => PLACEHOLDERS[name] ?? '')),
      {
        error:
          'must be an https: address (http: only on 127.0.0.1, [::1] or localhost), which may start with {instance} or {site} and contain {cloudId}',
      },
    ),
);

/** RFC 8252 §7.3: a loopback address of this machine. Atlassian matches it exactly. */
export const RedirectUri = z.lazy(() =>
  z
    .string()
    .max(2000)
    .refine(
      (text) => {
        if (!URL.canParse(text)) return false;
        const url = new URL(text);
        return (
          url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname) && url.search === '' && url.hash === ''
        );
      },
      {
        error:
          'must be an http: address on 127.0.0.1, [::1] or localhost, without query, such as http://127.0.0.1:7979/callback',
      },
    ),
);
