import { describe, expect, it } from 'vitest';
import { isBypassed, isLoopback, splitBypass } from '../../../main/network/bypass.ts';

describe('isLoopback', () => {
  it.each([
    ['localhost', true],
    ['LOCALHOST.', true],
    ['api.localhost', true],
    ['127.0.0.1', true],
    ['127.255.1.2', true],
    ['[::1]', true],
    ['[::ffff:127.0.0.1]', true],
    ['[::ffff:7f00:1]', true],
    ['localhost.example', false],
    ['127.0.0.1.example', false],
    ['127.acme.example', false],
    ['128.0.0.1', false],
    ['10.0.0.1', false],
    ['[::2]', false],
  ])('%s: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});

describe('isBypassed', () => {
  it.each([
    ['https://acme.example/', 'acme.example', true],
    ['https://api.acme.example/', 'acme.example', true],
    ['https://api.acme.example/', '.acme.example', true],
    ['https://acme.example/', '.acme.example', true],
    ['https://api.acme.example/', '*.acme.example', true],
    ['https://notacme.example/', 'acme.example', false],
    ['https://notacme.example/', '.acme.example', false],
    ['https://API.Acme.Example./', 'acme.example', true],
    ['https://api.acme.example/', 'ACME.EXAMPLE', true],
    ['https://acme.example/', 'acme.example:443', true],
    ['https://acme.example:8443/', 'acme.example:443', false],
    ['https://acme.example:8443/', 'acme.example:8443', true],
    ['http://acme.example/', 'acme.example:80', true],
    ['https://x.example/', '*', true],
    ['https://intranet/', '<local>', true],
    ['https://intranet.example/', '<local>', false],
    ['https://10.1.2.3/', '<local>', false],
    ['https://10.1.2.3/', '10.0.0.0/8', true],
    ['https://11.1.2.3/', '10.0.0.0/8', false],
    ['https://10.1.2.3/', '10.1.2.3', true],
    ['https://10.1.2.30/', '10.1.2.3', false],
    ['https://10.1.2.3:8443/', '10.1.2.3:443', false],
    ['https://[fd00::1]/', 'fd00::/8', true],
    ['https://[fd00::1]/', '[fd00::1]', true],
    ['https://[fd00::1]:8443/', '[fd00::1]:443', false],
    ['https://[fe80::1]/', 'fd00::/8', false],
    ['https://10.1.2.3/', '10.0.0.0/99', false],
    ['https://acme.example/', '10.0.0.0/8', false],
    ['https://10.1.2.3/', '10.*', true],
    ['https://wiki.eu.acme.example/', 'wiki.*.example', true],
    ['https://acme.example/', 'https://acme.example/', true],
    ['https://acme.example/', ' , ;', false],
    ['https://acme.example/', '', false],
    ['https://acme.example/', 'other.example, acme.example', true],
    ['https://acme.example/', 'other.example acme.example', true],
  ])('%s by “%s”: %s', (url, list, expected) => {
    expect(isBypassed(new URL(url), splitBypass(list))).toBe(expected);
  });
});
