import { expect, it } from 'vitest';
import { hostNames, parseAbsolute, parseAuthority } from '../../../../main/gateway/proxy/authority-form.ts';
import { isOwnAddress, isOwnName } from '../../../../main/gateway/proxy/destinations.ts';

it.each([
  ['api.atlassian.com:443', { host: 'api.atlassian.com', port: 443 }],
  ['API.Atlassian.com.:443', { host: 'api.atlassian.com', port: 443 }],
  ['10.0.0.7:8443', { host: '10.0.0.7', port: 8443 }],
  ['[2001:DB8::1]:443', { host: '2001:db8::1', port: 443 }],
  ['api.atlassian.com', null],
  ['api.atlassian.com:0', null],
  ['api.atlassian.com:65536', null],
  ['api.atlassian.com:443/x', null],
  ['user@api.atlassian.com:443', null],
  ['127.1:443', null],
  ['0x7f000001:443', null],
  ['2130706433:443', null],
  ['[::1%lo]:443', null],
  ['[api.atlassian.com]:443', null],
  ['a b:443', null],
  ['ä.example:443', null],
  ['', null],
])('CONNECT %s', (target, destination) => {
  expect(parseAuthority(target)).toEqual(destination);
});

it.each([
  ['http://example.com/a?b', { host: 'example.com', port: 80, target: '/a?b' }],
  ['http://example.com:8080', { host: 'example.com', port: 8080, target: '/' }],
  ['http://example.com?x', { host: 'example.com', port: 80, target: '/?x' }],
  ['HTTP://EXAMPLE.com/', { host: 'example.com', port: 80, target: '/' }],
  ['http://a@example.com/', null],
  ['http://example.com\\@evil/', null],
  ['https://example.com/', null],
  ['/path', null],
  ['ftp://example.com/', null],
])('absolute %s', (url, meant) => {
  expect(parseAbsolute(url)).toEqual(meant);
});

it('takes a usual port with or without its number', () => {
  expect([...hostNames({ host: 'a.b', port: 443 }, 443)]).toEqual(['a.b', 'a.b:443']);
  expect([...hostNames({ host: '::1', port: 8443 }, 443)]).toEqual(['[::1]:8443']);
});

it.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['0.0.0.0', true],
  ['169.254.169.254', true],
  ['::1', true],
  ['::', true],
  ['::ffff:127.0.0.1', true],
  ['::ffff:7f00:1', true],
  ['fe80::1', true],
  ['fd00:ec2::254', true],
  ['no address', true],
  ['10.1.2.3', false],
  ['93.184.216.34', false],
  ['2001:db8::1', false],
])('%s is of this computer: %s', (address, own) => {
  expect(isOwnAddress(address)).toBe(own);
});

it.each([
  ['localhost', true],
  ['a.localhost', true],
  ['localhost.example', false],
])('the name %s: %s', (host, own) => {
  expect(isOwnName({ host })).toBe(own);
});
