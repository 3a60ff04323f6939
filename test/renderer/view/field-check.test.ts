import { describe, expect, test } from 'vitest';
import {
  addressFault,
  emailFault,
  fullPathWithoutHome,
  lengthFault,
  numberFault,
  pathFault,
  proxyFault,
  scriptFault,
} from '../../../renderer/view/field-check.ts';

const ADDRESS = 'Enter an address, such as https://example.com.';
const EMAIL = 'Enter an e-mail address, such as ana@example.com.';
const NUMBER = 'Enter a whole number from 1 to 60.';

describe('what is wrong with a field', () => {
  test.each([
    ['https://jira.example/context', null],
    ['jira.example', null],
    ['http://127.0.0.1:8080', null],
    [' jira.example ', null],
    ['ftp://jira.example', ADDRESS],
    ['jira example', ADDRESS],
    ['https://', ADDRESS],
    ['https://[', ADDRESS],
  ])('address %j: %j', (text, fault) => {
    expect(addressFault(text)).toBe(fault);
  });

  test.each([
    ['ana@example.com', null],
    [' ana@localhost ', null],
    ['ana', EMAIL],
    ['ana@', EMAIL],
    ['@example.com', EMAIL],
    ['ana maria@example.com', EMAIL],
  ])('e-mail address %j: %j', (text, fault) => {
    expect(emailFault(text)).toBe(fault);
  });

  test.each([
    ['1', null],
    [' 60 ', null],
    ['0', NUMBER],
    ['61', NUMBER],
    ['-1', NUMBER],
    ['1.5', NUMBER],
    ['1e1', NUMBER],
    ['x', NUMBER],
    ['9'.repeat(400), NUMBER],
  ])('number %j: %j', (text, fault) => {
    expect(numberFault(1, 60)(text)).toBe(fault);
  });

  test.each([
    [proxyFault, 'http://proxy.example:8080', null],
    [proxyFault, 'proxy.example:8080', null],
    [proxyFault, 'socks5h://ana@proxy:1080', null],
    [proxyFault, 'socks5h://ana:secret@proxy:1080', 'field of its own'],
    [proxyFault, 'ftp://proxy', 'Enter it as http://host:port'],
    [proxyFault, 'http://proxy/path', 'Nothing follows the port'],
    [proxyFault, 'a b', 'Enter it as'],
    [scriptFault, 'http://wpad/wpad.dat', null],
    [scriptFault, '/etc/proxy.pac', null],
    [scriptFault, 'proxy.pac', 'Enter an address'],
    [fullPathWithoutHome, '/etc/ssl/acme.pem', null],
    [fullPathWithoutHome, 'C:\\acme.pem', null],
    [fullPathWithoutHome, '~/acme.pem', 'Enter the full path'],
    [pathFault, ' ~/acme.age ', null],
    [pathFault, 'acme.age', 'is not a full path. Give the full path'],
    [lengthFault(12), 'short', 'at least 12 characters'],
    [lengthFault(5), 'short', null],
  ])('%o of %j: %j', (check, text, fault) => {
    if (fault === null) expect(check(text)).toBeNull();
    else expect(check(text)).toContain(fault);
  });
});
