import { expect, it } from 'vitest';
import { connectionId } from '../../fakes/window-data.ts';
import { addressName } from '../../../main/gateway/address-name.ts';
import { checkRawPath } from '../../../main/gateway/raw-path.ts';

const id = connectionId(1);

it.each([
  ['acme', 'acme'],
  ['Acme & Co', 'Acme%20%26%20Co'],
  ['50 %', '50%20%25'],
  ['東京', '%E6%9D%B1%E4%BA%AC'],
  ['work/acme', id],
  ['work\\acme', id],
  ['..', id],
  ['', id],
])('an address names “%s” in a way that the gateway takes: %s', (name, expected) => {
  const segment = addressName({ id, name });
  expect(segment).toBe(expected);
  expect(checkRawPath(`/${segment}/jira/x`)).toMatchObject({ path: `/${segment}/jira/x` });
});
